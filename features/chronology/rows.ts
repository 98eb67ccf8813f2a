import type { Chronicled, ChronicleKind, Names } from '@noroshi/foundations/chronicled';
import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { blackedSays } from '@noroshi/foundations/redacts';
import type { Entry } from './entry.ts';
import { isOpen, isOverdue, type Instruction, type OrderState } from './instruction.ts';

/** One line of the chronology, in words: what a screen, a page of paper and a table show. */
export interface Row {
  readonly key: string;
  /** Its number; absent of what entered by itself. */
  readonly no?: number;
  /** When it happened. */
  readonly on: Moment;
  /** When it was written down. What entered by itself is there as it happens. */
  readonly at: Moment;
  readonly kind: ChronicleKind;
  readonly content: string;
  readonly from: string;
  readonly to: string;
  readonly channel: string;
  readonly place: string;
  readonly unit: string;
  /** Whose name stands under it. */
  readonly recorder: string;
  readonly order?: { readonly state: OrderState; readonly open: boolean; readonly overdue: boolean; readonly owner: string; readonly due?: Moment };
  readonly corrects?: { readonly entry: Id; readonly no: number };
  readonly corrected?: { readonly entry: Id; readonly no: number };
  readonly source?: Entry['source'];
  /** All organizations and people that it concerns, for whoever looks for them. */
  readonly orgs: readonly Id[];
  readonly people: readonly Id[];
  /** What opens it. */
  readonly href: string;
}

/** What the lines are made of: what people wrote of one incident, and what the rooms of the house tell of it. */
export interface Chronology {
  readonly incident: Id;
  readonly entries: readonly Entry[];
  /** By the id of their entry. */
  readonly instructions: ReadonlyMap<Id, Instruction>;
  readonly deeds: readonly Chronicled[];
}

/**
 * The chronology in its order: by when it happened, or by when it was entered; of equals what was entered first. It reads
 * no screen and no server, so that a screen, a page of paper and a file say the same.
 * @param now for what is overdue
 */
export function chronologyRows({ incident, entries, instructions, deeds }: Chronology, words: Words, names: Names, now: Moment, order?: 'entry'): Row[] {
  const rows = [
    ...entries.filter((one) => one.incident === incident).map((one) => entryRow(one, instructions.get(one.id), words, names, now)),
    ...deeds.map((one) => deedRow(one, words, names)),
  ];
  const when = (row: Row): Moment => (order === 'entry' ? row.at : row.on);
  return rows.toSorted((a, b) => when(a) - when(b) || a.at - b.at || (a.no ?? 0) - (b.no ?? 0) || (a.key < b.key ? -1 : 1));
}

const both = (org: string, person: string): string => [org, person].filter(Boolean).join(' ');

function entryRow(one: Entry, order: Instruction | undefined, words: Words, names: Names, now: Moment): Row {
  const { id, no, on, at, kind, content, from = '', to = '', channel, place = '', unit = '', town, source, corrects, corrected, by, org } = one;
  const ids = (all: readonly (Id | undefined)[]): Id[] => [...new Set(all.filter((each) => each !== undefined))];
  return {
    key: id, no, on, at, kind, content: [content, blackedSays(one.redacted, words, names.person)].filter(Boolean).join(' '), from, to, place, unit,
    channel: words.t(`chronology.channel.${channel}` as Key),
    recorder: both(names.org(org), names.person(by)),
    orgs: ids([org, town, order?.owner]), people: ids([by, order?.person, ...(order?.steps ?? []).map((step) => step.by)]),
    href: `/chronology/${one.incident}/${id}`,
    ...(order ? { order: {
      state: order.state, open: isOpen(order), overdue: isOverdue(order, now), owner: both(names.org(order.owner), order.person ? names.person(order.person) : ''), ...(order.due === undefined ? {} : { due: order.due }),
    } } : {}),
    ...(corrects ? { corrects } : {}), ...(corrected ? { corrected } : {}), ...(source ? { source } : {}),
  };
}

function deedRow({ key, at, by, org, about, kind, says, href }: Chronicled, words: Words, names: Names): Row {
  const recorder = both(names.org(org), names.person(by));
  return { key, on: at, at, kind, content: says(words, names), from: recorder, to: '', channel: words.t('chronology.channel.itself'), place: '', unit: '', recorder, orgs: [...new Set([org, ...about])], people: [by], href };
}
