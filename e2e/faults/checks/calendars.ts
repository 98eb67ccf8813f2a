import { appointment, privateWords, type Appointment, type PrivateWords } from '@noroshi/features/calendar';
import type { Id } from '@noroshi/foundations/kernel';
import type { RoomCheck } from './story.ts';

/** An appointment by the events alone. */
interface Known { readonly calendar: string; readonly isPrivate: boolean; readonly answers: Map<string, string>; versions: number; isOut: boolean }

const changes: ReadonlySet<string> = new Set(['calendar.amended', 'calendar.changedOne', 'calendar.droppedOne', 'calendar.takenOut']);

/** Who comes adds up to what was answered, nothing happens to what was taken out, one's own is on nobody else's device, and what is private has its words at the desk alone. */
export const checkCalendars: RoomCheck = ({ events, views, orgs }, findings) => {
  const owners = new Map<string, Id | undefined>();
  const all = new Map<Id, Known>();
  for (const { kind, stream, seq, by, body } of events) {
    if (kind === 'calendar.set') owners.set(stream, body.own);
    if (kind === 'calendar.put') all.set(body.id, { calendar: stream, isPrivate: body.private === true, answers: new Map(), versions: 1, isOut: false });
    const now = all.get(body.appointment);
    if (!now || (!changes.has(kind) && kind !== 'calendar.answered')) continue;
    if (now.isOut) findings.add('wrongSums', `${stream} ${seq}: ${kind} of an appointment that was taken out`);
    if (kind === 'calendar.answered') now.answers.set(body.on ? `${by}/${body.on}` : by, body.answer);
    else now.versions += 1;
    now.isOut ||= kind === 'calendar.takenOut';
  }
  for (const { where, who, docs } of views) {
    for (const { id, value } of docs<Appointment>(appointment.noun)) {
      const { calendar, answers, versions, isPrivate } = all.get(id)!;
      const is = [value.rev, ...Object.entries(value.answers ?? {}).map(([whose, [one]]) => `${whose} ${one}`).toSorted()].join();
      const due = [versions, ...[...answers].map(([whose, one]) => `${whose} ${one}`).toSorted()].join();
      if (is !== due) findings.add('wrongSums', `appointment ${id} ${where}: ${is}, by hand ${due}`);
      const owner = owners.get(calendar);
      if (who && owner !== undefined && owner !== who.person) findings.add('leaked', `appointment ${id} of ${owner} is ${where}`);
      if (isPrivate && value.title !== '') findings.add('leaked', `the words of the private appointment ${id} lie open ${where}`);
    }
    for (const { id } of docs<PrivateWords>(privateWords.noun)) {
      const owner = owners.get(all.get(id)!.calendar);
      const writes = who && (owner === undefined ? [orgs.ehime, orgs.seiyo].includes(who.org) : owner === who.person);
      if (who && !writes) findings.add('leaked', `the words of the private appointment ${id} are ${where}`);
    }
  }
};
