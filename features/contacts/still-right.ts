import type { Moment } from '@noroshi/foundations/kernel';
import type { Contact } from './contact.ts';

/** For so long nobody asks whether a contact is still right: a year, in milliseconds. (AB6) */
export const goodFor = 365 * 24 * 3_600_000;

/** When a contact is to be looked at again. */
export const dueAt = ({ checked }: Pick<Contact, 'checked'>): Moment => checked.at + goodFor;

/** Those that nobody has looked at for a year, the longest first. */
export const dueOf = (contacts: readonly Contact[], now: Moment): readonly Contact[] => contacts.filter((one) => !one.removed && dueAt(one) <= now).toSorted((a, b) => a.checked.at - b.checked.at);
