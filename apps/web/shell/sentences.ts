import { words, type Dictionary, type Language, type Words } from '@noroshi/foundations/i18n';
import { unfold, type Folded } from '../fold.ts';
import firstJa from 'virtual:sentences/ja/first';

/** Sentences, and the pieces that belong to them where they come in several. */
export type Piece = typeof import('virtual:sentences/*');

const parts: Readonly<Record<Language, { first: () => Promise<{ default: Folded }>; rest: () => Promise<Piece> }>> = {
  ja: { first: async () => ({ default: firstJa }), rest: () => import('virtual:sentences/ja/rest') },
  en: { first: () => import('virtual:sentences/en/first'), rest: () => import('virtual:sentences/en/rest') },
};

/** All pieces as one. They come one after the other: what someone writes meanwhile would wait on a thin line behind all that are on their way. */
export async function gather({ default: first, more = [] }: Piece): Promise<Partial<Dictionary>> {
  const all = unfold(first);
  for (const load of more) Object.assign(all, unfold((await load()).default));
  return all;
}

/** The sentences of Home and Talk in Japanese, at once: they came with the application. */
export const firstWords = (): Words => words('ja', unfold(firstJa) as Dictionary);

const someSentences = async (language: Language): Promise<Partial<Dictionary>> => unfold((await parts[language].first()).default);

/** The sentences of Home and Talk. */
export async function someWords(language: Language): Promise<Words> {
  return words(language, (await someSentences(language)) as Dictionary);
}

/** All sentences of the screens in a language. */
export async function allSentences(language: Language): Promise<Dictionary> {
  return Object.assign({}, ...await Promise.all([someSentences(language), parts[language].rest().then(gather)])) as Dictionary;
}

/**
 * All sentences of a language, and what forms are dressed in: when the first screen stands, or when a page or sheet asks for
 * them. None of these is drawn before.
 */
export async function allWords(language: Language): Promise<Words> {
  const [all] = await Promise.all([allSentences(language), import('@noroshi/foundations/ui/form.css')]);
  return words(language, all);
}
