import { organization, type Organization } from '@noroshi/features/directory';
import { closeIncident, theIncident, type Incident } from '@noroshi/features/incident';
import { noted, room, type Room } from '@noroshi/features/talk';
import { allowed, idShape, refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream, workspaceStream, type Effect, type Many, type Member, type When } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { clockAt, deskStream, given, hinted, isToCome, minuteOf, nextOf, paced, rated, ratings, skipped, speedShape, theDrillRun, type DrillRun, type Given } from './drill-run.ts';
import type { Inject } from './scenario.ts';
import { askedWith, roomsOf, withNames } from './whom.ts';

const seen = { incident: idShape, /** The state that was seen: of two controllers at once the second looks again. */ rev: z.int().check(z.minimum(1)) };
const one = z.string().check(z.minLength(1), z.maxLength(12));

const here = ({ incident }: { incident: Id }, actor: Actor) => ({ incident: theIncident(incident), run: theDrillRun(incident), me: membership(deskStream(incident), actor.person) });
const talks = { rooms: { many: room.noun, stream: '*' } as Many<Room>, organizations: { many: organization.noun } as Many<Organization> };

interface Here { readonly incident: Incident | undefined; readonly run: DrillRun | undefined; readonly me: Member | undefined }

/** Why nobody can do this at the desk, if so. Who has no place there is told of no run. */
function noDesk(actor: Actor, { incident, run, me }: Here): Refusal | undefined {
  if (!incident || !run || (actor.role !== 'system' && !currentStay(me))) return refused('drill.notFound');
  return incident.closedAt === undefined ? undefined : refused('incident.alreadyClosed', { name: incident.name });
}

const changed = (run: DrillRun, rev: number): Refusal | undefined => (run.rev === rev ? undefined : refused('drill.changedSince'));

/** The envelope of what is told at the desk. */
const atDesk = (incident: Id) => ({ on: deskStream(incident), incident, drill: true });

/** What comes next is put to the house's clock; whatever was planned before it finds another state and does nothing. */
function planned(run: DrillRun, now: number): Effect[] {
  const next = nextOf(run);
  return next ? [{ later: Math.max(next.at, now), step: `give/${run.rev}`, command: 'drill.give', input: { incident: run.incident, no: next.inject.no, rev: run.rev } }] : [];
}

/** 開始・一時停止・速さ */
export const pace = command('drill.pace', {
  about: 'Starts the clock of a drill, lets it stand, or sets how fast it runs.',
  input: z.strictObject({ ...seen, running: z.boolean(), speed: speedShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: here,
  may: (actor, facts, { rev, running, speed }) => noDesk(actor, facts) ?? changed(facts.run!, rev)
    ?? (facts.run!.running === running && facts.run!.speed === speed ? refused('drill.samePace') : allowed),
  then({ incident, running, speed }, { run }, _actor, { now }): Effect[] {
    const clock = clockAt(run!, now);
    return [happens(paced, { incident, running, speed, clock }, atDesk(incident)), ...planned({ ...run!, running, speed, clock, since: now, rev: run!.rev + 1 }, now)];
  },
});

/** What is played in stands in the talks, and at the desk when; then what follows is planned. */
function giving(run: DrillRun, inject: Inject, incident: Incident, { rooms, organizations }: { rooms: readonly Room[]; organizations: readonly Organization[] }, { now, newId }: When, byHand: boolean): Effect[] {
  const places = roomsOf(inject.where, incident, rooms).filter((id) => rooms.some((place) => place.id === id && place.closedAt === undefined));
  const says = (text: string): string => withNames(text, incident, (org) => organizations.find(({ id }) => id === org)?.name);
  const messages = places.map((id) => ({ room: id, message: newId(`inject/${id}`) }));
  // By hand it may come before its time: what follows it counts from when it came.
  const clock = byHand ? clockAt(run, now) : minuteOf(run, inject) ?? clockAt(run, now);
  const what: Given = { at: now, clock, messages, ...(inject.within === undefined ? {} : { due: Math.round(now + (inject.within / run.speed) * 60_000) }), ...(byHand ? { byHand: 1 as const } : {}) };
  const { at: _at, ...told } = what;
  return [
    ...messages.map(({ room: id, message }) => happens(noted, {
      id: message, line: 'drill.given', params: { no: inject.no, from: says(inject.from), text: says(inject.text) }, ...urgencyOf(inject),
    }, { on: roomStream(id), incident: incident.id, drill: true })),
    happens(given, { incident: incident.id, no: inject.no, ...told, messages: [...messages] }, atDesk(incident.id)),
    // Another room of the house asks, by the name of its deed: this one knows nothing of it.
    ...(inject.asks ? [{ later: now, step: `asks/${inject.no}`, command: 'survey.ask', input: { kind: 'safety', orgs: [...askedWith(inject.where, incident)], title: '', incident: incident.id } }] : []),
    ...planned({ ...run, given: { ...run.given, [inject.no]: what }, rev: run.rev + 1 }, now),
  ];
}

/** What is to be answered asks for it: in calm words there is nothing to press. */
const urgencyOf = ({ urgent, act }: Inject): { urgency?: 'urgent' | 'important' } => (urgent ? { urgency: 'urgent' } : act === 'answer' ? { urgency: 'important' } : {});

const injectOf = (run: DrillRun | undefined, no: string): Inject | undefined => run?.injects.find((each) => each.no === no);

/** The time of something has come. */
export const give = command('drill.give', {
  about: 'Plays in what a drill’s clock has come to.',
  input: z.strictObject({ ...seen, no: one }),
  streams: () => [workspaceStream],
  alone: true,
  system: true,
  offline: false,
  needs: (input, actor) => ({ ...here(input, actor), ...talks }),
  may: (actor, facts, { rev, no }) => noDesk(actor, facts) ?? changed(facts.run!, rev) ?? (facts.run!.running && isToCome(facts.run!, no) ? allowed : refused('drill.givenAlready', { no })),
  then: ({ no }, { run, incident, ...house }, _actor, when) => giving(run!, injectOf(run, no)!, incident!, house, when, false),
});

/** いま付与する: before its time, or while the clock stands. */
export const giveNow = command('drill.giveNow', {
  about: 'Plays something in at once, before its time.',
  input: z.strictObject({ ...seen, no: one }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({ ...here(input, actor), ...talks }),
  may: (actor, facts, { rev, no }) => noDesk(actor, facts) ?? changed(facts.run!, rev)
    ?? (!injectOf(facts.run, no) ? refused('drill.notFound') : isToCome(facts.run!, no) ? allowed : refused('drill.givenAlready', { no })),
  then: ({ no }, { run, incident, ...house }, _actor, when) => giving(run!, injectOf(run, no)!, incident!, house, when, true),
});

/** 飛ばす: it is not played in. What follows it comes all the same, counted from now. */
export const skip = command('drill.skip', {
  about: 'Leaves something out. What comes after it is counted from this moment.',
  input: z.strictObject({ ...seen, no: one }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: here,
  may: (actor, facts, { rev, no }) => noDesk(actor, facts) ?? changed(facts.run!, rev)
    ?? (!injectOf(facts.run, no) ? refused('drill.notFound') : isToCome(facts.run!, no) ? allowed : refused('drill.givenAlready', { no })),
  then({ incident, no }, { run }, _actor, { now }): Effect[] {
    const clock = clockAt(run!, now);
    return [happens(skipped, { incident, no, clock }, atDesk(incident)), ...planned({ ...run!, skipped: { ...run!.skipped, [no]: { at: now, clock } }, rev: run!.rev + 1 }, now)];
  },
});

/** 助言する: the controller helps whoever does not find the way. What is done after it counts as M. */
export const hint = command('drill.hint', {
  about: 'Says a word of help in the talks where something was played in.',
  input: z.strictObject({ incident: idShape, no: one, text: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({ ...here(input, actor), ...talks }),
  may: (actor, facts, { no }) => noDesk(actor, facts) ?? (facts.run!.given[no] ? facts.run!.hinted[no] ? refused('drill.hintedAlready', { no }) : allowed : refused('drill.notGiven', { no })),
  then({ incident: of, no, text }, { run, incident, rooms, organizations }, _actor, { newId }): Effect[] {
    const says = withNames(text, incident!, (org) => organizations.find(({ id }) => id === org)?.name);
    const open = run!.given[no]!.messages.filter(({ room: id }) => rooms.some((place) => place.id === id && place.closedAt === undefined));
    return [
      ...open.map(({ room: id }) => happens(noted, { id: newId(`hint/${id}`), line: 'drill.hint', params: { no, text: says } }, { on: roomStream(id), incident: of, drill: true })),
      happens(hinted, { incident: of, no }, atDesk(of)),
    ];
  },
});

/** 評価: an evaluator saw what no event tells. Also after the end. */
export const rate = command('drill.rate', {
  about: 'An evaluator’s own rating of one act, with the reason; without a rating what was worked out stands again.',
  input: z.strictObject({ incident: idShape, no: one, rating: z.optional(z.enum(ratings)), why: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(500))) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: here,
  may(_actor, { incident, run, me }, { no, rating, why }) {
    if (!incident || !run || !currentStay(me)) return refused('drill.notFound');
    if (!run.given[no]) return refused('drill.notGiven', { no });
    return rating && !why ? refused('drill.whyMissing') : allowed;
  },
  then: ({ incident, no, rating, why }) => [happens(rated, { incident, no, ...(rating ? { rating } : {}), ...(why ? { why } : {}) }, atDesk(incident))],
});

/**
 * これは実災害です: a drill ends in one step because something real has happened, and everyone in its talks is woken with
 * that. The twins close as at any end; the real talk is that of every day. Anyone of the prefecture may. (G8)
 */
export const realNow = command('drill.realNow', {
  about: 'Ends a drill at once because a real disaster has happened, and says so urgently in its talks.',
  input: closeIncident.input,
  streams: closeIncident.streams,
  alone: true,
  offline: false,
  needs: closeIncident.needs,
  may(actor, facts, input, when) {
    // Whatever was changed a moment ago: this does not wait.
    const verdict = closeIncident.may(actor, facts, facts.incident ? { ...input, seen: facts.incident.revision } : input, when);
    return verdict.ok && !facts.incident!.drill ? refused('drill.notADrill', { name: facts.incident!.name }) : verdict;
  },
  then(input, facts, actor, when): Effect[] {
    const { id, name } = facts.incident!;
    const twins = facts.rooms.filter((place) => place.drill === id && place.twinOf !== undefined && place.closedAt === undefined);
    return [
      ...twins.map((place) => happens(noted, { id: when.newId(`real/${place.id}`), line: 'drill.real', params: { name }, urgency: 'urgent' as const }, { on: roomStream(place.id), incident: id, drill: true })),
      ...closeIncident.then(input, facts, actor, when),
    ];
  },
});
