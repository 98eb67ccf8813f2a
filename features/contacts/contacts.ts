/** 住所録: whom one rings outside the house, one's favourites, and how the whole is ordered, found and put on paper. */
import { feature } from '@noroshi/foundations/sync';
import { contactsFacts } from './facts.ts';
import { setFavourite } from './favourites.ts';
import { amendContact, confirmContact, putContact, removeContact } from './keep-contact.ts';
import { importContacts } from './import-contacts.ts';
import { setRegions } from './regions.ts';

export { contactsFacts };
export { contact, contactKinds, contactRedacts, lineKinds, type Contact, type Content, type Line } from './contact.ts';
export { favourites, mostFavourites, ownStream, setFavourite, theFavourites, type Favourites } from './favourites.ts';
export { amendContact, confirmContact, mostContacts, putContact, removeContact } from './keep-contact.ts';
export { importContacts } from './import-contacts.ts';
export { mayKeep } from './may-keep.ts';
export { regions, setRegions, type Region, type Regions } from './regions.ts';
export { dueAt, dueOf, goodFor } from './still-right.ts';

export const contacts = feature('contacts', { ...contactsFacts, deeds: [putContact, amendContact, removeContact, confirmContact, importContacts, setFavourite, setRegions] });
