import { escapeText, foldLine } from '@noroshi/foundations/documents/content-lines';
import type { Appointment } from '../appointment.ts';
import { inTheMorning, ringsAt } from '../content.ts';
import { isDay, momentOf, zone, type Local } from '../local-time.ts';
import { uidOf } from '../import-appointments.ts';
import { readRule, writeRule } from '../recurrence.ts';

/** What a file of appointments says of itself. */
export interface IcsOf {
  readonly name: string;
  readonly appointments: readonly Appointment[];
  /** What a private one is called whose words its reader may not see. */
  readonly busy: string;
  /** The page of an appointment, where the address of the house is known. */
  readonly href?: ((of: Appointment) => string) | undefined;
  /** With its reminders: for a file that is taken along. Who subscribes is reminded by the house. */
  readonly alarms?: boolean;
}

const compact = (local: Local): string => (isDay(local) ? local.replaceAll('-', '') : `${local.replaceAll(/[-:]/g, '')}00`);
const when = (name: string, local: Local): string => (isDay(local) ? `${name};VALUE=DATE:${compact(local)}` : `${name};TZID=${zone}:${compact(local)}`);
/** What lasts no time has no DTEND: one must be later than its beginning (3.8.2.2). */
const span = ({ start, end }: { readonly start: Local; readonly end: Local }): string[] => [when('DTSTART', start), ...(end > start ? [when('DTEND', end)] : [])];
const stamp = (moment: number): string => `${new Date(moment).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;

/** A calendar as RFC 5545 has it, as Outlook, Google and Apple read it. The zone is told in full: Japan has had one offset since 1952. */
export function writeIcs({ name, appointments, busy, href, alarms = false }: IcsOf): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Noroshi//Calendar 1//JA', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`, `X-WR-TIMEZONE:${zone}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H',
    'BEGIN:VTIMEZONE', `TZID:${zone}`, 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0900', 'TZOFFSETTO:+0900', 'TZNAME:JST', 'END:STANDARD', 'END:VTIMEZONE',
    ...appointments.filter(({ takenOut }) => !takenOut).flatMap((of) => event(of, busy, href?.(of), alarms)),
    'END:VCALENDAR',
  ];
  return lines.map(foldLine).join('');
}

/** The rule as RFC 5545 asks for it: of an appointment with an hour its end is told in UTC, however it was written here. */
function ruleOf({ repeat, start }: Appointment): string[] {
  const rule = repeat === undefined ? undefined : readRule(repeat);
  return rule && typeof rule !== 'string' ? [`RRULE:${writeRule(rule, start)}`] : [];
}

function event(of: Appointment, busy: string, href: string | undefined, alarms: boolean): string[] {
  const uid = `UID:${escapeText(uidOf(of))}`;
  const changed = stamp(of.amended?.at ?? of.at);
  const says = ({ title, place, note }: { readonly title: string; readonly place?: string | undefined; readonly note?: string | undefined }): string[] => [
    `SUMMARY:${escapeText(title || (of.private ? busy : ''))}`, ...(place ? [`LOCATION:${escapeText(place)}`] : []), ...(note ? [`DESCRIPTION:${escapeText(note)}`] : []),
  ];
  const head = [uid, `DTSTAMP:${changed}`, `CREATED:${stamp(of.at)}`, `LAST-MODIFIED:${changed}`, `SEQUENCE:${of.rev - 1}`, `CLASS:${of.private ? 'PRIVATE' : 'PUBLIC'}`, 'STATUS:CONFIRMED', 'TRANSP:OPAQUE'];
  return [
    'BEGIN:VEVENT', ...head, ...span(of), ...says(of), ...(href ? [`URL:${href}`] : []),
    ...ruleOf(of), ...(of.except ?? []).map((one) => when('EXDATE', one)),
    ...(alarms ? (of.reminders ?? []).flatMap((minutes) => alarm(of.start, minutes)) : []), 'END:VEVENT',
    ...(of.otherwise ?? []).flatMap((one) => ['BEGIN:VEVENT', ...head, when('RECURRENCE-ID', one.on), ...span(one), ...says(one), 'END:VEVENT']),
  ];
}

function alarm(start: Local, minutes: number): string[] {
  const before = minutes === inTheMorning ? (momentOf(start) - ringsAt(start, minutes)) / 60_000 : minutes;
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Reminder', `TRIGGER:${before > 0 ? '-' : ''}PT${Math.abs(before)}M`, 'END:VALARM'];
}
