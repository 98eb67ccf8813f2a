import type { Words } from '@noroshi/foundations/i18n';
import type { Moment } from '@noroshi/foundations/kernel';
import { comesAt, type Coming, type Respondent } from './tally.ts';

/** Moments within the same of these are told as one, by its end (milliseconds). */
const slot = 30 * 60_000;
const slotOf = (at: Moment): Moment => Math.ceil(at / slot) * slot;

/** Those who come at the same time, as it is told. */
export interface Arrival {
  readonly kind: Coming['kind'];
  /** They are there by then, as they said; nothing for who is there already, or named no time. */
  readonly by?: Moment | undefined;
  readonly people: readonly Respondent[];
  /** All who are there by then, those before them among them; nothing where no time was named. */
  readonly total?: number;
}

/**
 * 到着の見込み: who can come and when, in the order of time: who is there already; then by the half hour in which they said they would be; by the end of the
 * day they named; and last, apart from the running total, who can come and named no time. (V35)
 */
export function arrivalsOf(people: readonly Respondent[]): Arrival[] {
  const coming = people.flatMap((one) => {
    const at = comesAt(one);
    return at ? [{ one, at: { ...at, by: at.kind === 'by' ? slotOf(at.by) : at.kind === 'day' ? at.by : undefined } }] : [];
  });
  const order = ({ kind, by = kind === 'here' ? -Infinity : Infinity }: { kind: Coming['kind']; by?: Moment | undefined }): number => by;
  const groups = [...Map.groupBy(coming, ({ at: { kind, by } }) => `${kind}/${by ?? ''}`).values()].toSorted((a, b) => order(a[0]!.at) - order(b[0]!.at) || (a[0]!.at.kind < b[0]!.at.kind ? -1 : 1));
  let total = 0;
  return groups.map((of): Arrival => {
    const { kind, by } = of[0]!.at;
    total += of.length;
    return { kind, people: of.map(({ one }) => one), ...(by === undefined ? {} : { by }), ...(kind === 'open' ? {} : { total }) };
  });
}

/** When they come, in words. @param now what is of another day bears its day; nothing: all does */
export function arrivalSays({ kind, by }: Pick<Arrival, 'kind' | 'by'>, now: Moment | undefined, words: Words): string {
  const { t, day, moment, dayNumber } = words;
  if (by === undefined) return t(kind === 'here' ? 'survey.safety.come.here' : 'survey.safety.come.yes');
  // What ends with a day is of that day.
  if (kind === 'day') return now !== undefined && dayNumber(by - 1) === dayNumber(now) ? t('survey.safety.come.today') : t('survey.comes.day', { day: day(by - 1) });
  return t('survey.comes.by', { time: now === undefined ? moment(by) : hourSays(by, now, words) });
}

const hour = 3_600_000;
/** The next whole hours, as they are offered to whoever says when they will be there. */
export const hoursAhead = (now: Moment): Moment[] => Array.from({ length: 6 }, (_, n) => (Math.floor(now / hour) + 1 + n) * hour);
/** A time of today as it is, one of another day with its day. */
export const hourSays = (at: Moment, now: Moment, { time, moment, dayNumber }: Words): string => (dayNumber(at) === dayNumber(now) ? time(at) : moment(at));
/** Until these moments it is counted for each organization: in an hour, and in three, to the half hours of the list. */
export const horizons = (now: Moment): readonly [Moment, Moment] => [slotOf(now + hour), slotOf(now + 3 * hour)];
/** Now, as far as these people tell: nobody has answered in the future, also where the clock of this device is behind. */
export const nowOf = (people: readonly Respondent[], clock: Moment): Moment => people.reduce((now, { said }) => Math.max(now, said?.at ?? 0), clock);

/** How many of some people are there, as they said: already, in one hour, in three, at any time that they named; each with those before. And who can come and named no time. */
export interface Expected { readonly here: number; readonly first: number; readonly second: number; readonly timed: number; readonly open: number }
export function expectedOf(people: readonly Respondent[], now: Moment): Expected {
  const all = people.flatMap((one) => comesAt(one) ?? []);
  // Also who said an earlier time, which may be over.
  const until = (moment: Moment): number => all.filter((one) => one.kind === 'here' || ((one.kind === 'by' || one.kind === 'day') && one.by <= moment)).length;
  const [first, second] = horizons(now);
  return { here: until(-Infinity), first: until(first), second: until(second), timed: until(Infinity), open: all.filter(({ kind }) => kind === 'open').length };
}
