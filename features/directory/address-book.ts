import { escapeText, foldLine } from '@noroshi/foundations/documents/content-lines';
import { headOf, type ImportField } from './import-columns.ts';
import type { Organization } from './organization.ts';
import { phoneKinds, type Person, type Phone } from './person.ts';
import type { Post } from './post.ts';
import { writeCsv } from './csv.ts';

/** What goes into an exported address book: one person with all that is told of them. */
export interface Entry { readonly who: Person; readonly org: Organization; readonly posts: readonly Post[] }

/** Numbers that may leave the house. The ministry tells holders of priority lines not to publish them. */
const shareable = (who: Person): Phone[] => who.phones.filter((phone) => !phone.priority);

/** Words that a table has for roles and duties; read back by the same import, whatever language the screen speaks. */
const roleWords: Readonly<Record<Person['role'], string>> = { administrator: '管理者', manager: '組織管理者', member: '一般', guest: '外部' };
const dutyWords: Readonly<Record<Post['duty'], string>> = { deputyHead: '副市町長', disaster: '防災', personnel: '人事', headquarters: '本部', other: 'その他' };

/** The address book as a table, which the same import reads back. */
export function asTable(entries: readonly Entry[]): string {
  const most = (kind: Phone['kind']): number => Math.max(1, ...entries.map(({ who }) => shareable(who).filter((phone) => phone.kind === kind).length));
  const columns = phoneKinds.flatMap((kind) => Array.from({ length: most(kind) }, (_, n) => ({ kind, n })));
  const fixed: ImportField[] = ['id', 'orgCode', 'org', 'name', 'kana', 'title', 'duty', 'rank', 'role', 'email'];
  return writeCsv([
    [...fixed.map(headOf), ...columns.map(({ kind, n }) => `${headOf(kind)}${n ? n + 1 : ''}`)],
    ...entries.map(({ who, org, posts: [post] }) => [
      who.id, org.code ?? '', org.name, who.name, who.kana, post?.title ?? '', post ? dutyWords[post.duty] : '', post ? String(post.rank) : '', roleWords[who.role], who.email ?? '',
      ...columns.map(({ kind, n }) => shareable(who).filter((phone) => phone.kind === kind)[n]?.number ?? ''),
    ]),
  ]);
}

const telTypes: Readonly<Record<Phone['kind'], string>> = { mobile: 'cell', direct: 'work', office: 'work', home: 'home', satellite: 'voice' };

/** The address book as cards for a phone: vCard 4.0 (RFC 6350), with the reading by which it sorts. */
export function asCards(entries: readonly Entry[]): string {
  return entries.map(({ who, org, posts }) => {
    const [family, ...given] = who.name.split(' ');
    const kana = who.kana.split(' ').map(escapeText).join(',');
    return [
      'BEGIN:VCARD', 'VERSION:4.0', `UID:urn:uuid:${who.id}`,
      `FN:${escapeText(who.name)}`,
      `N${who.kana ? `;SORT-AS="${kana.replaceAll('"', '')}"` : ''}:${escapeText(family!)};${escapeText(given.join(' '))};;;`,
      `ORG:${escapeText(org.name)}`,
      ...posts.map((post) => `TITLE:${escapeText(post.title)}`),
      ...shareable(who).map((phone, i) => `TEL;VALUE=uri;TYPE=${telTypes[phone.kind]};PREF=${i + 1}:tel:${international(phone.number)}`),
      ...(who.email ? [`EMAIL:${escapeText(who.email)}`] : []),
      'END:VCARD',
    ].map(foldLine).join('');
  }).join('');
}

/** A number as anyone in the world can ring it; those that are already so stay. */
export const international = (number: string): string => (number.startsWith('0') && !number.startsWith('00') ? `+81-${number.slice(1)}` : number);
