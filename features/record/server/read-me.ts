import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';

/** What lies in it and how it is checked, in both languages. */
export const readMe = (): string => [words('ja', japanese), words('en', english)].map(({ t }) => t('record.readMe').replaceAll(' / ', '\n')).join('\n\n');
