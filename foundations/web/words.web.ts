import type { Words } from '@noroshi/foundations/i18n';
import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';

export const WordsContext = createContext<Words | undefined>(undefined);

/** Asks for all sentences now: the first screen brings only its own, the others follow when it stands. */
export const WholeWordsContext = createContext<() => Promise<void>>(async () => undefined);

/** What things are called in the reader's language, by id; absent where that is what the record calls them. */
export const NamesContext = createContext<ReadonlyMap<string, string> | undefined>(undefined);

/** The words of the reader's language. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('this screen has no language');
  const named = useContext(NamesContext);
  return useMemo(() => (named ? { ...words, named } : words), [words, named]);
}
