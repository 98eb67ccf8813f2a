// Names and sentences each as one text, which takes a tenth less of a line than pairs do: what names have in common stands once before
// their ends, a line for each, and the sentences follow in that order, a line for each. Written when the application is built.

/** A dictionary as it travels. */
export type Folded = readonly [names: string, said: string];

/**
 * Folds a dictionary.
 * @throws where a sentence is more than one line
 */
export function fold(dictionary: readonly (readonly [string, string])[]): Folded {
  const torn = dictionary.find(([, text]) => text.includes('\n'));
  if (torn) throw new Error(`a sentence is one line: ${torn[0]}`);
  const groups = [...Map.groupBy(dictionary, ([key]) => key.slice(0, key.lastIndexOf('.') + 1))];
  return [
    groups.map(([begin, of]) => [begin, ...of.map(([key]) => key.slice(begin.length))].join(' ')).join('\n'),
    groups.flatMap(([, of]) => of.map(([, text]) => text)).join('\n'),
  ];
}

/** The dictionary again. */
export function unfold([names, said]: Folded): Record<string, string> {
  const sentences = said.split('\n');
  let at = 0;
  return Object.fromEntries(names.split('\n').flatMap((line) => {
    const [begin, ...ends] = line.split(' ');
    return ends.map((end) => [begin + end, sentences[at++]!]);
  }));
}
