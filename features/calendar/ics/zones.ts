import { dayNo, dayText, isDay, minuteNo, minuteText, type Local } from '../local-time.ts';
import { readRule, ruleDays, type Rule } from '../recurrence.ts';
import { allOf, of, valueOf, type Part } from './parts.ts';

/** A zone: when its clocks are put forward or back, in minutes since 1970, in order, and the offsets between them in minutes, one more than those. */
export interface Zone { readonly changes: readonly number[]; readonly offsets: readonly number[] }

const fixedZone = (offset: number): Zone => ({ changes: [], offsets: [offset] });
export const utcZone = fixedZone(0);
/** The zone of the prefecture: it has had one offset since 1951. */
export const hereZone = fixedZone(540);

/** The offset that holds at a minute. */
function offsetAt({ changes, offsets }: Zone, minute: number): number {
  let [from, to] = [0, changes.length];
  while (from < to) {
    const mid = (from + to) >> 1;
    if (changes[mid]! <= minute) from = mid + 1;
    else to = mid;
  }
  return offsets[from]!;
}

/**
 * The minute at which the wall there shows this: of an hour that comes twice the first; of one that is left out, as if it were not (RFC 5545, 3.3.5).
 * @param wall what the wall shows, as minutes since 1970
 */
export function minuteIn(zone: Zone, wall: number): number {
  const before = offsetAt(zone, wall - 1440);
  for (const offset of [before, offsetAt(zone, wall + 1440)]) if (offsetAt(zone, wall - offset) === offset) return wall - offset;
  return wall - before;
}
/** What the wall there shows at a minute. */
export const localIn = (zone: Zone, minute: number): Local => minuteText(minute + offsetAt(zone, minute));
/** What the wall here shows when the wall there shows this, as minutes since 1970. */
export const wallHere = (zone: Zone, wall: number): number => minuteIn(zone, wall) + hereZone.offsets[0]!;
/** Whether its clocks are put forward or back after a minute. */
export const shiftsAfter = ({ changes }: Zone, minute: number): boolean => changes.length > 0 && changes.at(-1)! > minute;

/** A zone of changes in any order. @param first the offset before all of them */
function zoneOf(changes: (readonly [minute: number, offset: number])[], first: number): Zone {
  const zone: { changes: number[]; offsets: number[] } = { changes: [], offsets: [first] };
  for (const [minute, offset] of changes.toSorted(([a], [b]) => a - b)) {
    if (offset === zone.offsets.at(-1)) continue;
    zone.changes.push(minute);
    zone.offsets.push(offset);
  }
  return zone;
}

/** Years in which appointments can lie, and so changes of a zone. */
const [firstYear, lastYear] = [1979, 2100];
/** A zone that names more changes than these is none that people made; and so many rules of zones, of one zone, and zones by name, are worked out for one file. */
const [mostChanges, mostRules, mostOfZone, mostNamed] = [1_000, 100, 10, 30];

const minutesOf = (offset: string | undefined): number | undefined => {
  const found = /^([+-])(\d\d)(\d\d)/.exec(offset?.trim() ?? '');
  return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : undefined;
};
const wallOf = (value: string | undefined): Local | undefined => value?.trim().replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\dZ?$/, '$1-$2-$3T$4:$5').match(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)?.[0];

/** The zones of one file: as it describes them, or by the names that programs give them. */
export class Zones {
  readonly #parts: ReadonlyMap<string, Part>;
  readonly #known = new Map<string, Zone | undefined>();
  #rules = mostRules;
  #names = mostNamed;

  /** @param parts its VTIMEZONEs */
  constructor(parts: readonly Part[]) {
    this.#parts = new Map(parts.map((part) => [valueOf(part, 'TZID'), part]));
  }

  /** A zone; nothing where nobody knows it. What is known everywhere by its place is taken as it is known; any other as the file describes it. */
  named(said: string): Zone | undefined {
    const name = said.trim();
    if (this.#known.has(name)) return this.#known.get(name);
    const part = this.#parts.get(name);
    const zone = (isPlace.test(name) ? this.#everywhere(name) : undefined) ?? (part && this.#described(part)) ?? this.#everywhere(placeOf(name));
    this.#known.set(name, zone);
    return zone;
  }

  /** A zone as a file describes it (RFC 5545, 3.6.5). */
  #described(part: Part): Zone | undefined {
    const times = part.parts.map((one) => ({ one, from: minutesOf(of(one, 'TZOFFSETFROM')?.value), to: minutesOf(of(one, 'TZOFFSETTO')?.value) }));
    const only = times[0]?.to;
    if (only === undefined) return undefined;
    if (times.every(({ to }) => to === only)) return fixedZone(only);
    if (part.parts.reduce((rules, one) => rules + allOf(one, 'RRULE').length, 0) > mostOfZone) return undefined;
    const changes: (readonly [minute: number, offset: number, before: number])[] = [];
    for (const { one, from, to } of times) {
      const begins = wallOf(of(one, 'DTSTART')?.value);
      if (begins === undefined || from === undefined || to === undefined) return undefined;
      const walls = this.#walls(one, begins, from);
      if (!walls || changes.length + walls.length > mostChanges) return undefined;
      for (const wall of walls) changes.push([minuteNo(wall) - from, to, from]);
    }
    return zoneOf(changes.map(([minute, offset]) => [minute, offset]), changes.toSorted(([a], [b]) => a - b)[0]![2]);
  }

  /** When one half of a zone begins, on the wall as it was before. */
  #walls(half: Part, begins: Local, before: number): Local[] | undefined {
    const walls = [begins, ...allOf(half, 'RDATE').flatMap(({ value }) => value.split(',').map((one) => wallOf(one.split('/')[0])).filter((one) => one !== undefined))];
    for (const { value } of allOf(half, 'RRULE')) {
      // Its hour is that of its first day, also where the rule says so again.
      const read = readRule(value.replaceAll(/\s|;BY(?:HOUR|MINUTE|SECOND)=\d+(?=;|$)/gi, ''));
      if (typeof read === 'string' || (read.freq !== 'YEARLY' && read.freq !== 'MONTHLY') || --this.#rules < 0) return undefined;
      const rule = untilThere(read, value, fixedZone(before));
      // One that ended long ago says only what has held since.
      if (rule.until !== undefined && rule.until < `${firstYear}`) walls.push(isDay(rule.until) ? `${rule.until}T00:00` : rule.until);
      else for (const no of ruleDays(rule, begins, dayNo(`${firstYear}-01-01`))) if (walls.push(`${dayText(no)}${begins.slice(10)}`) > mostChanges) return undefined;
    }
    return walls;
  }

  /** A zone that is known everywhere, asked of the device month by month and then to the minute. */
  #everywhere(name: string): Zone | undefined {
    if (name === 'Asia/Tokyo') return hereZone;
    // Also a name that nobody knows costs what it takes to find that out.
    if (--this.#names < 0) return undefined;
    let format: Intl.DateTimeFormat;
    try {
      format = new Intl.DateTimeFormat('en-GB', { timeZone: name, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
    } catch {
      return undefined;
    }
    const offset = (minute: number): number => {
      const said = new Map(format.formatToParts(minute * 60_000).map(({ type, value }) => [type, value]));
      return minuteNo(`${said.get('year')}-${said.get('month')}-${said.get('day')}T${said.get('hour')}:${said.get('minute')}`) - minute;
    };
    const changes: [number, number][] = [];
    const [begins, month] = [minuteNo(`${firstYear}-01-01`), 30 * 1440];
    const first = offset(begins);
    for (let [at, held] = [begins, first]; at < minuteNo(`${lastYear}-01-01`); at += month) {
      const next = offset(at + month);
      if (next === held) continue;
      let [from, to] = [at, at + month];
      while (to - from > 1) {
        const mid = (from + to) >> 1;
        if (offset(mid) === held) from = mid;
        else to = mid;
      }
      changes.push([to, next]);
      held = next;
    }
    return zoneOf(changes, first);
  }
}

/** A rule whose end is told as the wall of a zone shows it: what is told in UTC was read as a time here. */
export const untilThere = (rule: Rule, text: string, zone: Zone): Rule => (rule.until !== undefined && /UNTIL=\d{8}T\d{6}Z/i.test(text) ? { ...rule, until: localIn(zone, minuteIn(hereZone, minuteNo(rule.until))) } : rule);

const isPlace = /^[A-Z][A-Za-z]+\/[A-Z]/;

/** How Windows calls zones, where a file of Outlook names one without describing it. */
const windows: Readonly<Record<string, string>> = {
  'Tokyo Standard Time': 'Asia/Tokyo', 'Korea Standard Time': 'Asia/Seoul', 'China Standard Time': 'Asia/Shanghai', 'Taipei Standard Time': 'Asia/Taipei', 'Singapore Standard Time': 'Asia/Singapore',
  'SE Asia Standard Time': 'Asia/Bangkok', 'India Standard Time': 'Asia/Kolkata', 'GMT Standard Time': 'Europe/London', 'W. Europe Standard Time': 'Europe/Berlin', 'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest', 'Central European Standard Time': 'Europe/Warsaw', 'FLE Standard Time': 'Europe/Kiev', 'Russian Standard Time': 'Europe/Moscow', 'Arabian Standard Time': 'Asia/Dubai',
  'Eastern Standard Time': 'America/New_York', 'Central Standard Time': 'America/Chicago', 'Mountain Standard Time': 'America/Denver', 'Pacific Standard Time': 'America/Los_Angeles', 'E. South America Standard Time': 'America/Sao_Paulo',
  'Hawaiian Standard Time': 'Pacific/Honolulu', 'AUS Eastern Standard Time': 'Australia/Sydney', 'E. Australia Standard Time': 'Australia/Brisbane', 'W. Australia Standard Time': 'Australia/Perth', 'New Zealand Standard Time': 'Pacific/Auckland',
};

/** Words by which lists of zones tell what they mean: `Eastern Time (US & Canada)`, `大阪、札幌、東京`; beside them every city of the zones above. */
const words: readonly (readonly [word: string, place: string])[] = [
  ['東京', 'Asia/Tokyo'], ['Osaka', 'Asia/Tokyo'], ['Eastern Time', 'America/New_York'], ['Central Time', 'America/Chicago'], ['Mountain Time', 'America/Denver'], ['Pacific Time', 'America/Los_Angeles'], ['Beijing', 'Asia/Shanghai'],
  ...Object.values(windows).map((place) => [place.slice(place.indexOf('/') + 1), place] as const),
];

/** Offsets at which nobody's clock is put forward in summer. Exchange on the web writes `(UTC+09:00) Osaka, Sapporo, Tokyo`, or 大阪、札幌、東京, and describes no zone. */
const steady: Readonly<Record<string, string>> = { '+09:00': 'Asia/Tokyo', '+08:00': 'Asia/Shanghai', '+07:00': 'Asia/Bangkok', '+05:30': 'Asia/Kolkata' };

/** The place that a name means, by which a zone is known everywhere; as it is written where it is told by none of these ways. */
function placeOf(name: string): string {
  const shown = /^\((?:UTC|GMT) ?(?:([+-]\d\d)[:.](\d\d))?\)/.exec(name);
  if (windows[name] !== undefined) return windows[name];
  if (shown && shown[1] === undefined) return 'UTC';
  return words.find(([word]) => name.includes(word))?.[1] ?? (shown ? steady[`${shown[1]}:${shown[2]}`] : undefined)
    // `/mozilla.org/20050126_1/America/Chicago`, `/Europe/Stockholm`, `tzone://Microsoft/Utc`
    ?? (/^tzone:.*\/Utc$/i.test(name) ? 'UTC' : /(?:^|\/)([A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?)$/.exec(name)?.[1] ?? name);
}
