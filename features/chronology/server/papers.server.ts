import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import type { Names, Tells } from '@noroshi/foundations/chronicled';
import { listing } from '@noroshi/foundations/documents';
import { workbook } from '@noroshi/foundations/documents/xlsx';
import type { Words } from '@noroshi/foundations/i18n';
import type { Actor, Id, Moment } from '@noroshi/foundations/kernel';
import type { Stair } from '@noroshi/foundations/sync/server';
import { cellSays, columns, correctionSays, sortable } from '../columns.ts';
import { entry, type Entry } from '../entry.ts';
import { instruction, type Instruction } from '../instruction.ts';
import { chronologyRows, type Row } from '../rows.ts';

/** Whose chronology is wanted, and of what. */
export interface PapersWanted {
  readonly stair: Stair;
  /** Only what they may read stands in it. */
  readonly actor: Actor;
  /** How the rooms of the house tell of themselves. */
  readonly tells: readonly Tells[];
  readonly words: Words;
  /** Of this disaster or drill alone; of all that there are unless it is said. */
  readonly incident?: Id | undefined;
  /** What happened from this moment on, and before that one. */
  readonly from?: Moment | undefined;
  readonly until?: Moment | undefined;
}

/** One file that was made. */
export interface Paper { readonly name: string; readonly data: AsyncIterable<Uint8Array> | Iterable<Uint8Array> }

/** So many lines are one sheet of a workbook at most. */
const mostOfSheet = 50_000;

/** The chronology of each disaster and drill by itself, as paper (PDF, A3) and as a table (XLSX), made as they are read. */
export async function* chronologyPapers(wanted: PapersWanted): AsyncGenerator<Paper> {
  const { stair, words, incident } = wanted;
  const all = seen<Incident>(wanted, incidentNoun.noun).filter(({ id }) => incident === undefined || id === incident).toSorted((a, b) => a.openedAt - b.openedAt);
  const at = stair.now();
  for (const of of all) {
    const rows = rowsOf(wanted, of.id, at);
    if (rows.length === 0) continue;
    const name = `chronology/${sortable(of.openedAt).slice(0, 10)}-${of.id.slice(-6)}`;
    yield { name: `${name}.pdf`, data: onPaper(of, rows, words, at) };
    yield { name: `${name}.xlsx`, data: (function* () { yield asTable(of, rows, words, at); })() };
  }
}

function rowsOf(wanted: PapersWanted, incident: Id, at: Moment): Row[] {
  const { tells, words, from = 0, until = Infinity } = wanted;
  const people = new Map(seen<Person>(wanted, person.noun).map((one) => [one.id, one]));
  const orgs = new Map(seen<Organization>(wanted, organization.noun).map((one) => [one.id, one.name]));
  const names: Names = { org: (id) => orgs.get(id) ?? '', person: (id) => people.get(id)?.name ?? '' };
  const deeds = tells.flatMap(({ noun, told }) => seen(wanted, noun).flatMap((value) => told(value, incident, (id) => people.get(id)?.org)));
  const rows = chronologyRows({ incident, entries: seen<Entry>(wanted, entry.noun), instructions: instructionsOf(wanted), deeds }, words, names, at);
  return rows.filter(({ on }) => on >= from && on < until);
}

/** The things of one noun that the reader may see. */
function seen<T>({ stair: { memory }, actor }: PapersWanted, noun: string): T[] {
  return [...memory.sight(actor.person)].flatMap(([key, stay]) => [...memory.of(key, noun)].filter((doc) => memory.isVisible(doc, stay)).map(({ value }) => value as T));
}

function instructionsOf({ stair: { memory }, actor }: PapersWanted): Map<Id, Instruction> {
  return new Map([...memory.sight(actor.person)].flatMap(([key, stay]) => [...memory.of(key, instruction.noun)].filter((doc) => memory.isVisible(doc, stay)).map(({ id, value }) => [id, value as Instruction] as const)));
}

const titleOf = ({ name, drill }: Incident, { t }: Words): string => `${drill ? t('app.drillMark') : ''}${t('chronology.title')}　${name}`;

/** On A3: each page bears the incident, as of when, its number, and 訓練 where it is one. (K7) */
function onPaper(of: Incident, rows: readonly Row[], words: Words, at: Moment): AsyncGenerator<Uint8Array> {
  const { t } = words;
  const title = titleOf(of, words);
  const time = (moment: number): string => sortable(moment);
  return listing({
    title, language: words.language, madeAt: new Date(at),
    head: [title, words.beside([t('chronology.asOf', { time: time(at) }), t('chronology.count', { n: rows.length })])],
    columns: columns.map(([column, share]) => ({ head: t(`chronology.column.${column}`), share })),
    foot: (page) => t('chronology.foot', { name: of.name, page, time: time(at) }),
    ...(of.drill ? { stamp: t('home.drill') } : {}),
  }, (function* () {
    for (const row of rows) {
      yield columns.map(([column]) => (column === 'content' && row.corrected
        ? [{ text: row.content, gone: true }, { text: ` ${correctionSays(row, words)}`, bold: true }]
        : cellSays(row, column, words, time)));
    }
  })());
}

function asTable(of: Incident, rows: readonly Row[], words: Words, at: Moment): Uint8Array {
  const { t } = words;
  const widths = columns.map(([, share]) => Math.round(share * 2) + 3);
  const head = [[titleOf(of, words)], [words.beside([t('chronology.asOf', { time: sortable(at) }), t('chronology.count', { n: rows.length })])], columns.map(([column]) => t(`chronology.column.${column}`))];
  const parts = Array.from({ length: Math.ceil(rows.length / mostOfSheet) }, (_, i) => rows.slice(i * mostOfSheet, (i + 1) * mostOfSheet));
  return workbook(parts.map((part) => ({
    name: of.drill ? `${t('home.drill')} ${of.name}` : of.name, widths, heads: { rows: head.length, columns: 2 },
    rows: [...head, ...part.map((row) => columns.map(([column]) => (column === 'no' ? row.no ?? null : cellSays(row, column, words, sortable))))],
  })));
}
