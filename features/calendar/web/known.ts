import { nameIn, organization, type Organization } from '@noroshi/features/directory';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, member as memberNoun, memberId, roomStream, type Doc, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { appointment as appointmentNoun, privateWords, type Appointment, type PrivateWords } from '../appointment.ts';
import { calendar as calendarNoun, deskStream, type Calendar } from '../calendar-place.ts';
import { timesOf, type Time } from '../times.ts';
import type { Local } from '../local-time.ts';

/** One calendar as this device knows it, with what waits in the outbox. */
export interface CalendarNow {
  readonly id: Id;
  readonly name: string;
  readonly mark: number;
  /** Whose own it is. */
  readonly own: Id | undefined;
  readonly isMine: boolean;
  readonly closed: boolean;
  readonly orgs: readonly Id[];
  readonly members: readonly Member[];
  readonly me: Member | undefined;
  readonly mayWrite: boolean;
  /** Of what is private to those who write, with its words where these are here. */
  readonly appointments: readonly Appointment[];
  /** On this device alone: 仮. */
  readonly waits: (id: Id) => boolean;
}

export interface Known { readonly calendars: readonly CalendarNow[]; readonly hidden: ReadonlySet<Id>; readonly org: (id: Id) => string }

/** Where it lies which calendars are not shown on this device. */
export const hiddenPlace = 'calendar/hidden';

/** Reads the calendars that this person sees: their own first, then the shared ones, then those of others. */
export async function readCalendars(stair: LowerEnd, { t, language }: Pick<Words, 't' | 'language'>): Promise<Known> {
  const { replica, actor } = stair;
  const [calendars, rooms, held, organizations, hidden] = await Promise.all([
    replica.all<Calendar>(calendarNoun.noun), replica.all<Room>(roomNoun.noun),
    Promise.all([replica.all<Appointment>(appointmentNoun.noun), replica.all<PrivateWords>(privateWords.noun)]).then((all) => all.flat() as Doc[]),
    replica.all<Organization>(organization.noun), replica.outbox.draft.get(hiddenPlace),
  ]);
  const items = (await replica.outbox.item.toArray()).filter(({ name, state }) => name.startsWith('calendar.') && state !== 'refused');
  const now = items.length > 0 ? await stair.overlay(held, items) : held;
  const before = new Map(held.map((doc) => [`${doc.noun}/${doc.id}`, doc.value]));
  const changed = new Set(now.filter((doc) => before.get(`${doc.noun}/${doc.id}`) !== doc.value).map(({ id }) => id));
  const secret = new Map(now.filter(({ noun }) => noun === privateWords.noun).map((doc) => [doc.id, doc.value as PrivateWords]));
  const orgs = new Map(organizations.map((doc) => [doc.id, doc.value]));
  const byStream = Map.groupBy(now.filter(({ noun }) => noun === appointmentNoun.noun) as Doc<Appointment>[], ({ stream }) => stream);
  const all = await Promise.all(calendars.map(async ({ value }): Promise<CalendarNow | undefined> => {
    const room = rooms.find(({ id }) => id === value.id)?.value;
    if (!room && !value.own) return undefined;
    const stream = roomStream(value.id);
    const [members, desk] = await Promise.all([replica.all<Member>(memberNoun.noun, stream), replica.get<Member>(memberNoun.noun, memberId(deskStream(value.id), actor.person))]);
    const closed = room?.closedAt !== undefined;
    const isMine = value.own === actor.person;
    return {
      id: value.id, mark: value.mark, own: value.own, isMine, closed, orgs: room?.orgs ?? [],
      name: room?.name ?? (isMine ? t('calendar.mine') : t('calendar.of', { name: value.name ?? '' })),
      members: members.map((doc) => doc.value).filter((who) => currentStay(who) && !who.shut), me: members.find((doc) => doc.value.person === actor.person)?.value,
      mayWrite: currentStay(desk) !== undefined && !closed,
      appointments: (byStream.get(stream) ?? []).map((doc) => withWords(doc.value, secret.get(doc.id))),
      waits: (id) => changed.has(id),
    };
  }));
  const rank = ({ isMine, own, closed }: CalendarNow): number => (closed ? 3 : isMine ? 0 : own ? 2 : 1);
  return {
    calendars: all.filter((one) => one !== undefined).toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1)),
    hidden: new Set(hidden ? (JSON.parse(hidden.text) as Id[]) : []),
    org: (id) => (orgs.has(id) ? nameIn(orgs.get(id), language) : ''),
  };
}

const withWords = (value: Appointment, said: PrivateWords | undefined): Appointment => (value.private && said ? { ...value, title: said.title, place: said.place, note: said.note } : value);

/** One time on the screen. */
export interface Shown extends Time { readonly calendar: CalendarNow; readonly of: Appointment }

/** All that touches these days, in the order in which it begins; what is for whole days comes first in a day. */
export function shownOn(calendars: readonly CalendarNow[], first: Local, last: Local): Shown[] {
  return calendars.flatMap((calendar) => calendar.appointments.flatMap((of) => timesOf(of, first, last).map((time): Shown => ({ ...time, calendar, of }))))
    .toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.end > b.end ? -1 : 1));
}

/** What it is called: of a private one of others only that there is one. */
export const titleOf = ({ title, of }: Pick<Shown, 'title' | 'of'>, { t }: Pick<Words, 't'>): string => title || (of.private ? t('calendar.busy') : t('calendar.untitled'));
export const hrefOf = ({ calendar, of, on }: Shown): string => `/calendar/${calendar.id}/${of.id}${of.repeat ? `?on=${on}` : ''}`;
