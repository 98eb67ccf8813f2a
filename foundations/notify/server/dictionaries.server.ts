import type { Dictionary, Language } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';

/** All sentences, for what is said outside the application. */
export const dictionaries: Readonly<Record<Language, Dictionary>> = { ja: japanese, en: english };
