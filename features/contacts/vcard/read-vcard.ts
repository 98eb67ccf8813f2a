import { emailAddress } from '@noroshi/features/directory';
import { kanaIn, numberIn, wordsIn } from '@noroshi/features/directory/tables';
import { contentLines, propertyOf, unescapeText, type ContentLine, type Property } from '@noroshi/foundations/documents/content-lines';
import { contactKinds, mostLines, type Content, type Line } from '../contact.ts';
import { kindByName, lineKindOf } from './card-kinds.ts';
import { decoded, type Decode } from './encoded.ts';

/** A file is no larger than this, in bytes; a line of it no longer, in letters; and so many cards are taken from it. */
export const mostBytes = 4_000_000;
export const longestLine = 40_000;
export const mostCards = 1_000;
/** A card may stand in another (AGENT, of 2.1 and 3.0); deeper lies nothing. */
const deepest = 3;

/** Why something of a file is not taken, or not all of it; each has a sentence: `contacts.card.<why>`. */
export type CardTrouble = 'noName' | 'noWay' | 'notEnded' | 'tooManyCards' | 'lineTooLong' | 'charset' | 'number' | 'mail' | 'tooManyNumbers' | 'moreMails' | 'shortened';
/** Of which line, by its number in the file, and of which card. */
export interface CardNote { readonly line: number; readonly title: string; readonly why: CardTrouble }

/** Why a file is none that can be read, and where: `refusal.contacts.<why>`. */
export interface CardsRefused { readonly why: 'cardsTooLarge' | 'cardsNone' | 'cardsTooDeep'; readonly line: number }

export interface ReadCard { readonly line: number; readonly uid: string | undefined; readonly content: Content }
export interface CardsRead { readonly cards: readonly ReadCard[]; /** Not taken. */ readonly left: readonly CardNote[]; /** Taken, but not all that it said. */ readonly partly: readonly CardNote[] }

type Placed = Property & { readonly line: number };
interface Open { readonly line: number; readonly properties: Placed[]; readonly troubles: Set<CardTrouble> }

/**
 * Reads a file of cards: vCard 3.0 and 4.0, and 2.1 as older telephones write it (quoted-printable, CHARSET). It is judged here before
 * anything of it is sent; of what is left out it is said by line and why.
 * @param text the file; what is larger than `mostBytes` is not even read
 * @param decode how bytes in a charset read: the platform's
 */
export function readCards(text: string, decode: Decode): CardsRead | CardsRefused {
  if (text.length > mostBytes) return { why: 'cardsTooLarge', line: 1 };
  const read: { cards: ReadCard[]; left: CardNote[]; partly: CardNote[] } = { cards: [], left: [], partly: [] };
  let open: Open | undefined;
  let within = 0;
  let count = 0;
  const leave = (one: Open, why: CardTrouble): void => void read.left.push({ line: one.line, title: titleOf(one, decode), why });
  for (const { no, text: line, cut } of joinedLines(text)) {
    const property = propertyOf(line, true);
    if (cut) {
      // A picture is longer than anything that is read here, and nobody misses it.
      if (!property || !/^(PHOTO|LOGO|SOUND|KEY)$/.test(property.name)) open?.troubles.add('lineTooLong');
      continue;
    }
    const value = property?.value.trim().toUpperCase();
    if (property?.name === 'BEGIN' && value === 'VCARD') {
      const isAgent = open?.properties.at(-1)?.name === 'AGENT' || within > 0;
      if (open && isAgent) {
        within += 1;
        if (within > deepest) return { why: 'cardsTooDeep', line: no };
        continue;
      }
      if (open) leave(open, 'notEnded');
      open = { line: no, properties: [], troubles: new Set() };
    } else if (property?.name === 'END' && value === 'VCARD' && within > 0) within -= 1;
    else if (property?.name === 'END' && value === 'VCARD' && open) {
      count += 1;
      if (count === mostCards + 1) leave(open, 'tooManyCards');
      if (count <= mostCards) take(open, decode, read);
      open = undefined;
    } else if (property && within === 0) open?.properties.push({ ...property, line: no });
  }
  if (open) leave(open, 'notEnded');
  return read.cards.length + read.left.length === 0 ? { why: 'cardsNone', line: 1 } : read;
}

const isQuoted = (text: string): boolean => /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(text.slice(0, 200));

/** The lines of a file; what quoted-printable has broken off with an equals sign goes on in the next. */
function* joinedLines(text: string): Iterable<ContentLine> {
  let held: { readonly no: number; readonly pieces: string[]; length: number; cut: boolean } | undefined;
  for (const line of contentLines(text, longestLine)) {
    const goesOn = line.text.endsWith('=') && (held !== undefined || isQuoted(line.text));
    if (goesOn || held) {
      held ??= { no: line.no, pieces: [], length: 0, cut: false };
      held.length += line.text.length;
      held.cut ||= line.cut || held.length > longestLine;
      if (!held.cut) held.pieces.push(goesOn ? line.text.slice(0, -1) : line.text);
      if (goesOn) continue;
    }
    const whole: ContentLine = held ? { no: held.no, text: held.pieces.join(''), cut: held.cut } : line;
    held = undefined;
    if (whole.text.trim() !== '') yield whole;
  }
  if (held) yield { no: held.no, text: held.pieces.join(''), cut: held.cut };
}

/** A value of several parts, divided by semicolons that are not escaped. */
const apart = (value: string): string[] => [...`${value};`.matchAll(/((?:\\.|[^;\\])*);/gs)].map(([, part]) => part!);

const titleOf = ({ properties }: Open, decode: Decode): string => {
  const one = properties.find(({ name }) => name === 'FN') ?? properties.find(({ name }) => name === 'ORG') ?? properties.find(({ name }) => name === 'N');
  return one ? wordsIn(unescapeText(decoded(one, decode) ?? '').replaceAll(';', ' ')).slice(0, 80) : '';
};

/** What one card says, as a contact; or why it cannot be one. */
function take(open: Open, decode: Decode, read: { cards: ReadCard[]; left: CardNote[]; partly: CardNote[] }): void {
  const { troubles } = open;
  const raw = (name: string): string => {
    const one = open.properties.find((each) => each.name === name);
    const value = one && decoded(one, decode);
    if (one && value === undefined) troubles.add('charset');
    return value ?? '';
  };
  const parts = (name: string): string[] => apart(raw(name)).map((one) => wordsIn(unescapeText(one)));
  const words = (name: string): string => wordsIn(unescapeText(raw(name)));
  const param = (name: string, which: string): string => open.properties.find((one) => one.name === name)?.params.get(which) ?? '';
  const [family = '', given = ''] = parts('N');
  const full = words('FN') || [family, given].filter(Boolean).join(' ');
  const [body = '', ...units] = parts('ORG');
  const isBody = body === '' || body.replaceAll(' ', '') === full.replaceAll(' ', '') || /^org$/i.test(words('KIND')) || /^company$/i.test(words('X-ABSHOWAS'));
  const readings = {
    person: [words('X-PHONETIC-LAST-NAME'), words('X-PHONETIC-FIRST-NAME')].filter(Boolean).join(' ') || words('SORT-STRING') || unescapeText(param('N', 'SORT-AS')).replaceAll(',', ' ') || (/x-irmc-n/i.test(param('SOUND', 'TYPE')) ? parts('SOUND').filter(Boolean).join(' ') : ''),
    body: words('X-PHONETIC-ORG') || unescapeText(param('ORG', 'SORT-AS')).replaceAll(',', ' '),
  };
  const name = body || full;
  const fits = (text: string, most: number): string => {
    if (text.length > most) troubles.add('shortened');
    return text.slice(0, most).trim();
  };
  const kind = contactKinds.find((one) => one === words('X-NOROSHI-KIND')) ?? kindByName(name);
  const content: Content = { kind, name: fits(name, 80), kana: fits(kanaIn(readings.body || (isBody ? readings.person : '')), 80), phones: phonesOf(open.properties, decode, troubles) };
  const more: Partial<Record<'desk' | 'person' | 'personKana' | 'email' | 'place' | 'note', string>> = {
    desk: fits([...units, words('TITLE') || words('ROLE')].filter(Boolean).join(' '), 80),
    ...(isBody ? {} : { person: fits(full, 60), personKana: fits(kanaIn(readings.person), 80) }),
    email: mailOf(open.properties, decode, troubles), place: fits(placeOf(parts('ADR')), 200), note: fits(unescapeText(raw('NOTE')), 500),
  };
  for (const [field, said] of Object.entries(more)) if (said) Object.assign(content, { [field]: said });
  const why = content.name === '' ? 'noName' : content.phones.length === 0 && content.email === undefined ? 'noWay' : undefined;
  if (why) read.left.push({ line: open.line, title: content.name, why: why === 'noWay' && troubles.has('number') ? 'number' : why });
  else {
    read.cards.push({ line: open.line, uid: words('UID') || undefined, content });
    for (const trouble of troubles) read.partly.push({ line: open.line, title: content.name, why: trouble });
  }
}

function phonesOf(properties: readonly Placed[], decode: Decode, troubles: Set<CardTrouble>): Line[] {
  const phones: Line[] = [];
  for (const one of properties.filter(({ name }) => name === 'TEL')) {
    // A number as an address (RFC 3966) bears its country, and perhaps an extension that nobody can dial.
    const told = unescapeText(decoded(one, decode) ?? '').replace(/^tel:/i, '').replace(/;.*$/, '').replace(/^\+81[-\s]?(?:\(0\))?[-\s]?0?/, '0');
    if (told === '') continue;
    const number = numberIn(told);
    if (!number.ok) troubles.add('number');
    else if (phones.length === mostLines) troubles.add('tooManyNumbers');
    else if (!phones.some((other) => other.number === number.number)) phones.push({ kind: lineKindOf(new Set((one.params.get('TYPE') ?? '').toLowerCase().split(/[,\s]+/))), number: number.number });
  }
  return phones;
}

function mailOf(properties: readonly Placed[], decode: Decode, troubles: Set<CardTrouble>): string {
  const told = properties.filter(({ name }) => name === 'EMAIL').map((one) => unescapeText(decoded(one, decode) ?? '').replace(/^mailto:/i, '')).filter(Boolean);
  const right = told.filter((one) => one.length <= 254 && emailAddress.test(one));
  if (right.length < told.length) troubles.add('mail');
  if (right.length > 1) troubles.add('moreMails');
  return right[0] ?? '';
}

/** An address as it is written here: the code, then from the prefecture down to the house. The country is this one. */
function placeOf([box = '', extended = '', street = '', locality = '', region = '', code = '']: readonly string[]): string {
  return [code && `〒${code}`, [region, locality, street].join(''), extended, box].filter(Boolean).join(' ');
}
