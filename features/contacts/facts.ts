import { facts } from '@noroshi/foundations/sync';
import { contact, contactAmended, contactConfirmed, contactCount, contactPut, contactRemoved } from './contact.ts';
import { favoured, favourites } from './favourites.ts';
import { regions, regionsSet } from './regions.ts';

/** What this room makes true: all that a device must know to hold it. */
export const contactsFacts = facts('contacts', { events: [contactPut, contactAmended, contactRemoved, contactConfirmed, favoured, regionsSet], nouns: [contact, contactCount, favourites, regions] });
