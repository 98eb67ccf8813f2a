import { words, type Dictionary, type Language, type Words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';

/** All sentences, for what is said outside the application. */
export const dictionaries: Readonly<Record<Language, Dictionary>> = { ja: japanese, en: english };

/** What speaks to people in this language, on the server. */
export const wordsIn = (language: Language): Words => words(language, dictionaries[language]);
