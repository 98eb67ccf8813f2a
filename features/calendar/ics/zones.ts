import { minuteNo, type Local } from '../local-time.ts';

/** How Windows calls zones, where a file of Outlook names one without describing it. */
const windows: Readonly<Record<string, string>> = {
  'Tokyo Standard Time': 'Asia/Tokyo', 'UTC': 'UTC', 'Korea Standard Time': 'Asia/Seoul', 'China Standard Time': 'Asia/Shanghai', 'Taipei Standard Time': 'Asia/Taipei', 'Singapore Standard Time': 'Asia/Singapore',
  'SE Asia Standard Time': 'Asia/Bangkok', 'India Standard Time': 'Asia/Kolkata', 'GMT Standard Time': 'Europe/London', 'W. Europe Standard Time': 'Europe/Berlin', 'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest', 'Eastern Standard Time': 'America/New_York', 'Central Standard Time': 'America/Chicago', 'Mountain Standard Time': 'America/Denver', 'Pacific Standard Time': 'America/Los_Angeles',
  'Hawaiian Standard Time': 'Pacific/Honolulu', 'AUS Eastern Standard Time': 'Australia/Sydney', 'New Zealand Standard Time': 'Pacific/Auckland',
};

/** Offsets at which nobody's clock is put forward in summer. Exchange on the web writes `(UTC+09:00) Osaka, Sapporo, Tokyo`, or 大阪、札幌、東京, and describes no zone. */
const steady: Readonly<Record<string, string>> = { '+09:00': 'Asia/Tokyo', '+08:00': 'Asia/Shanghai', '+07:00': 'Asia/Bangkok', '+05:30': 'Asia/Kolkata' };

/** A zone by the name under which it is known everywhere; as it is written where that is none of Microsoft's. */
function named(zone: string): string {
  const shown = /^\((?:UTC|GMT)([+-]\d\d:\d\d)?\)/.exec(zone);
  return windows[zone] ?? (shown ? (shown[1] === undefined ? 'UTC' : steady[shown[1]]) : undefined) ?? zone;
}

/** The offset of a zone at a moment, in minutes; nothing where nobody knows the zone. */
function offsetAt(zone: string, moment: number): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: named(zone), hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(moment);
    const part = (type: string): string => parts.find((one) => one.type === type)!.value;
    return minuteNo(`${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`) - Math.floor(moment / 60_000);
  } catch {
    return undefined;
  }
}

/** The moment at which a clock of that zone shows this; nothing where nobody knows the zone. In the hour that comes twice, the first. */
export function momentIn(zone: string, local: Local): number | undefined {
  const guess = minuteNo(local) * 60_000;
  const first = offsetAt(zone, guess);
  if (first === undefined) return undefined;
  const second = offsetAt(zone, guess - first * 60_000)!;
  return guess - second * 60_000;
}

/** Whether a zone has one offset all the year, asked of the last years. */
export function isFixed(zone: string): boolean {
  const offsets = new Set([2020, 2023, 2026].flatMap((year) => [0, 6].map((month) => offsetAt(zone, Date.UTC(year, month, 1)))));
  return offsets.size === 1 && !offsets.has(undefined);
}
