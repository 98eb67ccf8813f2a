import type { Organization, Person } from '@noroshi/features/directory';
import { readCsv, type CsvRow } from '@noroshi/features/directory/tables';
import { incidentKinds, type IncidentKind } from '@noroshi/features/incident';
import type { Room } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { expectedActs, longestDrill, mostInjects, mostTowns, wrongWith, type ExpectedAct, type Inject, type Order, type Part, type Scenario } from './scenario.ts';
import { readPart } from './whom.ts';

/** Who and what a scenario may name. */
export interface Known { readonly organizations: readonly Organization[]; readonly people: readonly Person[]; readonly rooms: readonly Room[] }

/** Something that is wrong, and in which line of the file. Its sentence is `drill.file.<code>`. */
export interface FileProblem { readonly line: number; readonly code: string; readonly params?: Readonly<Record<string, string | number>> }

/** A scenario as it was read; the towns it names as hit, in their order. Where anything is wrong there is none, and all of it is told. */
export interface ScenarioRead { readonly scenario?: Scenario; readonly hit: readonly Id[]; readonly problems: readonly FileProblem[] }

/** What the columns are called, in both languages. */
const columns = {
  no: ['番号', 'no'], after: ['前提', 'after'], minute: ['分', 'minute'], where: ['宛先', 'to'], from: ['発信者', 'from'], urgent: ['区分', 'urgency'], text: ['本文', 'text'],
  act: ['期待', 'expect'], by: ['実施者', 'by'], within: ['期限', 'within'], weight: ['配点', 'weight'], hint: ['助言', 'hint'], asks: ['安否', 'safety'],
} as const;
type Column = keyof typeof columns;
/** How long what stands in a column may be, in characters. */
const longest: readonly (readonly [Column, number])[] = [['no', 12], ['after', 12], ['from', 60], ['text', 2_000], ['hint', 500]];
/** How much all of them may say together, in characters: a command is at most 200 kB, and a Japanese letter is three bytes. */
const mostLetters = 40_000;
/** What has a talk, and who can be asked to do something. 県 has no talk of its own, and 全体 is nobody. */
const places: readonly Part['as'][] = ['hit', 'everyone', 'org', 'room'];
const parties: readonly Part['as'][] = ['hit', 'primary', 'secondary', 'headquarters', 'org', 'person'];
const needed: readonly Column[] = ['no', 'minute', 'where', 'from', 'text'];

const actWords: Readonly<Record<ExpectedAct, readonly string[]>> = {
  read: ['既読', '読む'], answer: ['回答', '受領', '了解'], say: ['発言', '返信'], report: ['被害報告', '報告'], request: ['要請', '職員派遣要請'], decide: ['決定', '派遣決定'], arrive: ['到着'], enter: ['記録', 'クロノロジー'],
};
/** What says in the column 安否 that people are asked. */
const asking = ['聞く', '○', 'はい', 'yes', 'ask'];
const kindWords: Readonly<Partial<Record<IncidentKind, readonly string[]>>> = {
  flood: ['豪雨', '大雨', '水害', '洪水'], typhoon: ['台風'], landslide: ['土砂災害'], earthquake: ['地震'], tsunami: ['津波'], volcano: ['火山', '噴火'], snow: ['大雪'], nuclear: ['原子力'], other: ['その他'],
};
const plain = (cell: string): string => cell.normalize('NFKC').trim();
const named = <T extends string>(cell: string, table: Readonly<Partial<Record<T, readonly string[]>>>, all: readonly T[]): T | undefined => {
  const word = plain(cell).toLowerCase();
  return all.find((one) => one === word || table[one]?.includes(word));
};

/**
 * Reads a scenario from its table (CSV, as offices save it). Lines that begin with `#` tell of the whole: `#名称`, `#災害`,
 * `#被災`; then a row of names, then one row for each thing that is played in. (G2)
 */
export function readScenario(text: string, known: Known): ScenarioRead {
  const table = readCsv(text);
  if (!table.ok) return { hit: [], problems: [{ line: table.line, code: 'quoteOpen' }] };
  const problems: FileProblem[] = [];
  const told = table.rows.filter(({ cells }) => cells[0]?.trim().startsWith('#'));
  const rows = table.rows.filter((row) => !told.includes(row) && row.cells.some((cell) => cell.trim() !== ''));
  const { name, kind, hit } = readHead(told, known, problems);
  const head = rows[0];
  const at = new Map(head?.cells.map((cell, i) => [(Object.keys(columns) as Column[]).find((one) => (columns[one] as readonly string[]).includes(plain(cell).toLowerCase())), i] as const));
  const missing = needed.filter((one) => !at.has(one));
  if (!head || missing.length > 0) {
    problems.push({ line: head?.line ?? 1, code: 'columns', params: { columns: (head ? missing : needed).map((one) => columns[one][0]).join('、') } });
    return { hit, problems };
  }
  const read = rows.slice(1).map((row) => ({ line: row.line, inject: readInject(row, (one) => row.cells[at.get(one) ?? -1]?.trim() ?? '', known, problems) }));
  if (read.length === 0) problems.push({ line: head.line, code: 'nothing' });
  if (read.length > mostInjects) problems.push({ line: read[mostInjects]!.line, code: 'tooMany', params: { most: mostInjects } });
  let letters = 0;
  const over = read.find(({ inject }) => ('text' in inject) && (letters += inject.text.length + inject.from.length + (inject.hint?.length ?? 0)) > mostLetters);
  if (over) problems.push({ line: over.line, code: 'tooMuch', params: { most: mostLetters } });
  // A row that is wrong in itself keeps its place in the order: what comes after it is not blamed for it.
  // Of more than can be played in the order says nothing, and to look for it would take as long as they are many.
  for (const { at: nth, no, code, params } of read.length > mostInjects ? [] : wrongWith(read.map(({ inject }) => inject))) problems.push({ line: read[nth]!.line, code, params: { no, ...params } });
  problems.sort((a, b) => a.line - b.line);
  return problems.length > 0 ? { hit, problems } : { scenario: { name, kind, injects: read.flatMap(({ inject }) => ('text' in inject ? [inject] : [])) }, hit, problems };
}

function readHead(rows: readonly CsvRow[], { organizations }: Known, problems: FileProblem[]): { name: string; kind: IncidentKind; hit: Id[] } {
  let [name, kind]: [string, IncidentKind | undefined] = ['', undefined];
  const hit: Id[] = [];
  for (const { line, cells } of rows) {
    const word = plain(cells[0]!).slice(1).trim().toLowerCase();
    const rest = cells.slice(1).map((cell) => cell.trim()).filter(Boolean);
    if (word === '名称' || word === 'name') name = rest[0] ?? '';
    else if (word === '災害' || word === 'kind') {
      kind = named(rest[0] ?? '', kindWords, incidentKinds);
      if (!kind) problems.push({ line, code: 'kindUnknown', params: { word: rest[0] ?? '' } });
    } else if (word === '被災' || word === 'hit') {
      for (const town of rest) {
        const found = organizations.find((one) => one.kind !== 'outside' && isCalled(one, town));
        if (!found) problems.push({ line, code: 'townUnknown', params: { town } });
        else if (hit.includes(found.id)) problems.push({ line, code: 'townTwice', params: { town } });
        else hit.push(found.id);
      }
    }
  }
  if (name === '' || name.length > 60) problems.push({ line: rows[0]?.line ?? 1, code: 'nameMissing' });
  return { name, kind: kind ?? 'other', hit };
}

const isCalled = ({ name, romaji, short }: Organization, word: string): boolean => [name, romaji, short].some((one) => one.toLowerCase() === plain(word).toLowerCase());

/** What one row says; what is wrong with it is told, each cell by its column, and then only its place in the order is known. */
function readInject(row: CsvRow, cell: (column: Column) => string, known: Known, problems: FileProblem[]): Inject | Order {
  const before = problems.length;
  const wrong = (column: Column, code: string, params: Record<string, string | number> = {}): undefined => {
    problems.push({ line: row.line, code, params: { column: columns[column][0], word: cell(column), ...params } });
    return undefined;
  };
  for (const column of needed) if (cell(column) === '') wrong(column, 'missing');
  const number = (column: Column, least: number, most: number): number | undefined => {
    if (cell(column) === '') return undefined;
    const n = /^\d{1,6}$/.test(plain(cell(column))) ? Number(plain(cell(column))) : NaN;
    return n >= least && n <= most ? n : wrong(column, 'notANumber', { least, most });
  };
  const part = (column: Column, may: readonly Part['as'][], find: (word: string) => Part | undefined, code: string): Part | undefined => {
    if (cell(column) === '') return undefined;
    const found = readPart(cell(column)) ?? find(cell(column));
    return found && may.includes(found.as) && (found.n ?? 1) <= mostTowns ? found : wrong(column, code);
  };
  const urgency = plain(cell('urgent')).toLowerCase();
  const isUrgent = ['緊急', 'urgent'].includes(urgency);
  if (urgency !== '' && !isUrgent && !['通常', '普通', 'normal'].includes(urgency)) wrong('urgent', 'urgencyUnknown');
  for (const [column, most] of longest) if ((column === 'no' || column === 'after' ? plain(cell(column)) : cell(column)).length > most) wrong(column, 'tooLong', { most, word: '' });
  const act = cell('act') === '' ? undefined : named(cell('act'), actWords, expectedActs) ?? wrong('act', 'actUnknown');
  const asks = plain(cell('asks')).toLowerCase();
  if (asks !== '' && !asking.includes(asks)) wrong('asks', 'asksUnknown');
  const [minute, within, weight] = [number('minute', 0, longestDrill), number('within', 1, longestDrill), number('weight', 1, 100)];
  const where = part('where', places, (word) => placeCalled(word, known), 'talkUnknown');
  const by = part('by', parties, (word) => whoIsCalled(word, known), 'whoUnknown');
  const order: Order = { no: plain(cell('no')), ...(cell('after') ? { after: plain(cell('after')) } : {}) };
  if (problems.length > before || minute === undefined || !where) return order;
  return {
    ...order, minute, where, from: cell('from'), text: cell('text'),
    ...(isUrgent ? { urgent: 1 as const } : {}), ...(act ? { act } : {}), ...(by ? { by } : {}), ...(within === undefined ? {} : { within }),
    ...(weight === undefined ? {} : { weight }), ...(cell('hint') ? { hint: cell('hint') } : {}), ...(asks === '' ? {} : { asks: 1 as const }),
  };
}

/** A permanent talk, or the town whose talk it is. */
function placeCalled(word: string, { rooms, organizations }: Known): Part | undefined {
  const room = rooms.find((one) => one.twinOf === undefined && one.drill === undefined && one.kind !== 'board' && one.closedAt === undefined && [one.name, one.short].includes(word.trim()));
  if (room) return { as: 'room', id: room.id };
  const org = organizations.find((one) => one.kind !== 'outside' && isCalled(one, word));
  return org && { as: 'org', id: org.id };
}

/** An organization, or a person by their name with or without the space. */
function whoIsCalled(word: string, { organizations, people }: Known): Part | undefined {
  const org = organizations.find((one) => one.kind !== 'outside' && isCalled(one, word));
  if (org) return { as: 'org', id: org.id };
  const bare = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '');
  const found = people.filter((one) => !one.disabled && bare(one.name) === bare(word));
  // Two of one name are nobody in particular.
  return found.length === 1 ? { as: 'person', id: found[0]!.id } : undefined;
}
