import { international } from '@noroshi/features/directory/tables';
import { escapeText, foldLine } from '@noroshi/foundations/documents/content-lines';
import type { Contact, ContactKind } from '../contact.ts';
import { lineTypes } from './card-kinds.ts';

/** 4.0 is RFC 6350; 3.0 is RFC 2426, which older telephones and programs read. */
export type CardVersion = '3.0' | '4.0';

/** The name that a contact bears in a file: it comes back as itself. */
export const uidOf = ({ id }: Pick<Contact, 'id'>): string => `urn:uuid:${id}`;

const structured = (...parts: readonly (string | undefined)[]): string => parts.map((one) => escapeText(one ?? '')).join(';');
/** Family and given name, as they are written apart. */
const apart = (name: string): readonly [string, string] => { const [family = '', ...given] = name.split(/[\s　]+/); return [family, given.join(' ')]; };
/** Behind a name in quotation marks there is no way to say one. */
const sortAs = (reading: string | undefined): string => (reading ? `;SORT-AS="${reading.replaceAll('"', '')}"` : '');

function lines(one: Contact, version: CardVersion, kindSays: (kind: ContactKind) => string): string[] {
  const [four, person] = [version === '4.0', one.person];
  const [family, given] = person ? apart(person) : [one.name, ''];
  const reading = person ? one.personKana : one.kana;
  const [familyKana, givenKana] = apart(person ? one.personKana ?? '' : '');
  return [
    'BEGIN:VCARD', `VERSION:${version}`, 'PRODID:-//Noroshi//Contacts 1//JA', `UID:${uidOf(one)}`,
    ...(person ? [] : [four ? 'KIND:org' : 'X-ABShowAs:COMPANY']),
    `FN:${escapeText(person ?? one.name)}`,
    `N${four ? sortAs(reading && escapeText(reading)) : ''}:${structured(family, given, '', '', '')}`,
    ...(!four && reading ? [`SORT-STRING:${escapeText(reading)}`] : []),
    ...(familyKana ? [`X-PHONETIC-LAST-NAME:${escapeText(familyKana)}`] : []), ...(givenKana ? [`X-PHONETIC-FIRST-NAME:${escapeText(givenKana)}`] : []),
    `ORG${four ? sortAs(one.kana && escapeText(one.kana)) : ''}:${one.desk ? structured(one.name, one.desk) : escapeText(one.name)}`,
    ...(one.kana ? [`X-PHONETIC-ORG:${escapeText(one.kana)}`] : []),
    ...one.phones.map(({ kind, number }, i) => (four
      ? `TEL;VALUE=uri;TYPE="${lineTypes[kind].join(',')}";PREF=${i + 1}:tel:${international(number)}`
      : `TEL;TYPE=${lineTypes[kind].join(',')}${i === 0 ? ',pref' : ''}:${number}`)),
    ...(one.email ? [`EMAIL${four ? '' : ';TYPE=INTERNET'}:${escapeText(one.email)}`] : []),
    ...(one.place ? [`ADR;TYPE=work:${structured('', '', one.place, '', '', '', '')}`] : []),
    ...(one.note ? [`NOTE:${escapeText(one.note)}`] : []),
    `CATEGORIES:${escapeText(kindSays(one.kind))}`, `X-NOROSHI-KIND:${one.kind}`,
    `REV:${new Date(one.checked.at).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`,
    'END:VCARD',
  ];
}

/** Contacts as cards, as telephones and mail programs read them. */
export const writeCards = (contacts: readonly Contact[], version: CardVersion, kindSays: (kind: ContactKind) => string): string => contacts.flatMap((one) => lines(one, version, kindSays)).map(foldLine).join('');
