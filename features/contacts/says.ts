import type { Words } from '@noroshi/foundations/i18n';
import type { Moment } from '@noroshi/foundations/kernel';
import type { Contact, Line } from './contact.ts';

/** What stands below the name of a contact: the desk and who is asked for there. */
export const belowName = ({ desk, person }: Pick<Contact, 'desk' | 'person'>): string => [desk, person].filter(Boolean).join(' ');

/** The number to try first; a fax is none. */
export const firstLine = ({ phones }: Pick<Contact, 'phones'>): Line | undefined => phones.find(({ kind }) => kind !== 'fax');

/** By which name a contact goes; nothing is left of one whose words were taken out of the record. */
export const nameOf = (one: Pick<Contact, 'name'>, { t }: Pick<Words, 't'>): string => one.name || t('note.keeping.redacted');

/** A day with its year: whether something is still right is asked of years. */
export const dated = (at: Moment, { language }: Pick<Words, 'language'>): string => new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { timeZone: 'Asia/Tokyo', dateStyle: 'long' }).format(at);

/** The department of a post, as its title begins: 防災局 課長 is of 防災局. Nothing where the title is of one word, or begins with none. */
export const departmentOf = (title: string | undefined): string => /^(\S+?[局部課])[\s　]/.exec(title ?? '')?.[1] ?? '';
