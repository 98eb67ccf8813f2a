import { words, type Dictionary, type Language, type Words } from '@noroshi/foundations/i18n';
import firstJa from 'virtual:sentences/ja/first';

const parts: Readonly<Record<Language, { first: () => Promise<{ default: Partial<Dictionary> }>; rest: () => Promise<{ default: Partial<Dictionary> }> }>> = {
  ja: { first: async () => ({ default: firstJa }), rest: () => import('virtual:sentences/ja/rest') },
  en: { first: () => import('virtual:sentences/en/first'), rest: () => import('virtual:sentences/en/rest') },
};

/** The sentences of Home and Talk in Japanese, at once: they came with the application. */
export const firstWords = (): Words => words('ja', firstJa as Dictionary);

/** The sentences of Home and Talk. */
export async function someWords(language: Language): Promise<Words> {
  return words(language, (await parts[language].first()).default as Dictionary);
}

/**
 * All sentences of a language, and what forms are dressed in: when the first screen stands, or when a page or sheet asks for
 * them. None of these is drawn before.
 */
export async function allWords(language: Language): Promise<Words> {
  const [first, rest] = await Promise.all([parts[language].first(), parts[language].rest(), import('@noroshi/foundations/ui/form.css')]);
  return words(language, { ...first.default, ...rest.default } as Dictionary);
}
