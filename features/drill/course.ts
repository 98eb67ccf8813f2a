import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Measured } from '@noroshi/foundations/measured';
import { fold, type Doc, type Event } from '@noroshi/foundations/sync';
import type { Course } from './questions.ts';

/**
 * How each request of a talk went: when it was first decided on, first promised to, full; and how many people were short for
 * how many hours, as the area under 不足. Worked out by folding the events of the talk once more, so that nothing is kept for it.
 * @param asks which things ask for people, and how one stands
 * @param events of one stream, in their order; those of other incidents are passed over
 * @param isDecision whether an event is somebody’s yes or no
 * @param ran milliseconds less those in which the drill stood: nobody is short over a night in which nothing was played
 */
export function coursesOf({ noun, stands }: NonNullable<Measured['asks']>, events: readonly Event[], incident: Id, until: Moment, isDecision: (event: Event) => boolean, ran: (at: Moment) => number = (at) => at): Course[] {
  const since = (from: Moment, to: Moment): number => Math.max(0, ran(to) - ran(from));
  /** The people who were short until now, times how long. Nobody is short in a request that was taken back. */
  const aged = <T extends { at: Moment; open: boolean; short: number; shortHours: number }>(one: T, now: Moment): T => ({
    ...one, at: now, shortHours: one.shortHours + (one.open ? one.short * (since(one.at, now) / 3_600_000) : 0),
  });
  const docs = new Map<string, Doc>();
  const courses = new Map<Id, Course & { at: Moment; open: boolean }>();
  for (const event of events) {
    if (event.at > until) break;
    for (const doc of fold([noun], event, (_noun, id) => docs.get(id))) {
      docs.set(doc.id, doc);
      const { no, org, incident: of, committed, short, over } = stands(doc.value);
      if (of !== incident) continue;
      const before = courses.get(doc.id) ?? { request: doc.id, no, org, sentAt: event.at, shortHours: 0, short: 0, at: event.at, open: true };
      const after = since(before.sentAt, event.at);
      courses.set(doc.id, {
        ...aged(before, event.at), short, open: !over,
        ...(before.decided === undefined && isDecision(event) ? { decided: after } : {}),
        ...(before.pledged === undefined && committed > 0 ? { pledged: after } : {}),
        ...(before.filled === undefined && short === 0 && committed > 0 ? { filled: after } : {}),
      });
    }
  }
  return [...courses.values()].map((one) => {
    const { at: _at, open: _open, ...course } = aged(one, until);
    return course;
  });
}
