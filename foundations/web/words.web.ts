import type { Words } from '@noroshi/foundations/i18n';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export const WordsContext = createContext<Words | undefined>(undefined);

/** The words of the reader's language. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('this screen has no language');
  return words;
}
