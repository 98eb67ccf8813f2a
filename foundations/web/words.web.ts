import type { Words } from '@noroshi/foundations/i18n';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export const WordsContext = createContext<Words | undefined>(undefined);

/** Asks for all sentences now: the first screen brings only its own, the others follow when it stands. */
export const WholeWordsContext = createContext<() => Promise<void>>(async () => undefined);

/** The words of the reader's language. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('this screen has no language');
  return words;
}
