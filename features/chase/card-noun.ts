/** The name of the noun `phoneCard`: Home asks whether there is one before it fetches what knows more of it. */
export const cardNoun = 'phoneCard';
