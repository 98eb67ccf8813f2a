import { derivedId, refused } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import type { AnswerTo, Asking } from '@noroshi/foundations/sync/server';
import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import type { Entry } from '../address-book.ts';
import type { Book } from '../check-import.ts';
import { checkImport, exportPeople, organization, person, post, type Organization, type Person, type Post } from '../directory.ts';

/** What reads and writes tables of people is read with the first of them: a start has no use for it. */
const tables = async () => ({ ...(await import('../csv.ts')), ...(await import('../check-import.ts')), ...(await import('../address-book.ts')), ...(await import('./table-text.server.ts')) });

/** The directory as the asker sees it: those outside have none. */
function bookOf({ actor, sight, stair }: Asking): Book | undefined {
  if (!sight.has(workspaceStream) || actor.role === 'guest') return undefined;
  const all = <T>(noun: string): T[] => stair.memory.of(workspaceStream, noun).map((doc) => doc.value as T);
  return { people: all<Person>(person.noun), posts: all<Post>(post.noun), organizations: all<Organization>(organization.noun) };
}

/** A dry run of an import. */
export const answerCheckImport: AnswerTo<z.output<typeof checkImport.input>, z.output<typeof checkImport.output>> = async (asking, input) => {
  const book = bookOf(asking);
  if (!book || (asking.actor.role !== 'administrator' && asking.actor.role !== 'manager')) return refused('directory.notAllowed');
  const bytes = Buffer.from(input.file, 'base64');
  if (bytes.length === 0) return refused('import.empty');
  // A workbook is a zip (PK) or an OLE container; both come from saving without "CSV".
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)) return refused('import.workbook');
  const { checkTable, readCsv, textOf } = await tables();
  const text = textOf(bytes, input.encoding ?? 'auto');
  if (!text) return refused('import.noText');
  const table = readCsv(text.text);
  if (!table.ok) return refused('import.quoteOpen', { line: table.line });
  const run = randomUUID();
  let made = 0;
  const checked = checkTable(table.rows, book, asking.actor, () => derivedId(run, String(++made)), input.leaves);
  if ('code' in checked) return refused(checked.code, checked.params);
  return { encoding: text.encoding, columns: [...checked.columns], rows: [...checked.rows], missing: [...checked.missing], ...(checked.input ? { input: checked.input } : {}) };
};

/** The address book as a file. */
export const answerExport: AnswerTo<z.output<typeof exportPeople.input>, z.output<typeof exportPeople.output>> = async (asking, { kind, encoding = 'utf-8', org }) => {
  const book = bookOf(asking);
  const { actor } = asking;
  const whose = actor.role === 'administrator' ? org : actor.org;
  if (!book || (actor.role !== 'administrator' && actor.role !== 'manager') || (org !== undefined && org !== whose)) return refused('directory.notAllowed');
  const organizations = new Map(book.organizations.map((o) => [o.id, o]));
  const entries = book.people
    .filter((who) => !who.disabled && (whose === undefined || who.org === whose))
    .map((who): Entry => ({ who, org: organizations.get(who.org)!, posts: book.posts.filter((p) => p.holder === who.id).toSorted((a, b) => a.rank - b.rank) }))
    .toSorted((a, b) => order(a) - order(b) || (a.org.code ?? a.org.name).localeCompare(b.org.code ?? b.org.name) || (a.posts[0]?.rank ?? 99) - (b.posts[0]?.rank ?? 99));
  const { asCards, asTable, toShiftJis } = await tables();
  const day = new Date(asking.stair.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  if (kind === 'vcard') return { name: `noroshi-${day}.vcf`, type: 'text/vcard;charset=utf-8', file: Buffer.from(asCards(entries), 'utf8').toString('base64'), count: entries.length, missing: [] };
  const table = asTable(entries);
  const written = encoding === 'shift_jis' ? toShiftJis(table) : { bytes: Buffer.from(`\uFEFF${table}`, 'utf8'), missing: [] };
  return { name: `noroshi-${day}.csv`, type: 'text/csv', file: Buffer.from(written.bytes).toString('base64'), count: entries.length, missing: written.missing };
};

/** The prefecture first, then towns by their code, then those outside. */
const order = ({ org }: Entry): number => (org.kind === 'prefecture' ? 0 : org.kind === 'outside' ? 2 : 1);
