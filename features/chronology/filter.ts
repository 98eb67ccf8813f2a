import { chronicleKinds, type ChronicleKind } from '@noroshi/foundations/chronicled';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Row } from './rows.ts';

/** What of the chronology is shown. It stands in the address, so that what one sees can be sent to a colleague and printed. (K6) */
export interface Filter {
  readonly town?: Id;
  readonly kind?: ChronicleKind;
  readonly person?: Id;
  /** From when, until when it happened; both included. */
  readonly from?: Moment;
  readonly to?: Moment;
  /** Words that stand anywhere in a line. */
  readonly q?: string;
  /** Only what people wrote; only instructions that are not done. */
  readonly only?: 'written' | 'open';
  /** In the order in which it was entered, not in which it happened. */
  readonly order?: 'entry';
}

const momentOf = (text: string | null): Moment | undefined => (text && /^\d{1,13}$/.test(text) ? Number(text) : undefined);

/** Reads it from an address. What is not understood is left out. */
export function filterOf(search: { get(name: string): string | null }): Filter {
  const [kind, only] = [chronicleKinds.find((one) => one === search.get('kind')), (['written', 'open'] as const).find((one) => one === search.get('only'))];
  const [from, to] = [momentOf(search.get('from')), momentOf(search.get('to'))];
  const [town, person, q] = ['town', 'person', 'q'].map((name) => search.get(name) || undefined);
  return {
    ...(town ? { town } : {}), ...(kind ? { kind } : {}), ...(person ? { person } : {}), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }),
    ...(q ? { q } : {}), ...(only ? { only } : {}), ...(search.get('order') === 'entry' ? { order: 'entry' } : {}),
  };
}

/** Writes it into an address: `?town=…`, or nothing. */
export function filterQuery(filter: Filter): string {
  const parts = Object.entries(filter).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** Full-width or half-width, small or capital: whoever looks for a word need not know how it was written. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether a line is shown. A minute that is named is meant to its end. */
export function isShown(row: Row, { town, kind, person, from, to, q, only }: Filter): boolean {
  if (town && !row.orgs.includes(town)) return false;
  if (kind && row.kind !== kind) return false;
  if (person && !row.people.includes(person)) return false;
  if (from !== undefined && row.on < from) return false;
  if (to !== undefined && row.on >= to + 60_000) return false;
  if (only === 'written' && row.no === undefined) return false;
  if (only === 'open' && !row.order?.open) return false;
  return !q || plain(q).split(/\s+/).every((word) => plain([row.no ?? '', row.content, row.from, row.to, row.place, row.unit, row.order?.owner ?? ''].join('\n')).includes(word));
}
