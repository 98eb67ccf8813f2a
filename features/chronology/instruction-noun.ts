/** The name of the noun `instruction`: Home asks whether there is one before it fetches what knows more of it. */
export const instructionNoun = 'instruction';
