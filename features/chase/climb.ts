import { allowed, idShape, momentShape, refused } from '@noroshi/foundations/kernel';
import type { Asked } from '@noroshi/foundations/asked';
import { theIncident } from '@noroshi/features/incident';
import { theRoom } from '@noroshi/features/talk';
import { command, happens, roomStream, type Deed, type Effect, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { isCalledOff } from './called-off.ts';
import { theLadder } from './ladder.ts';
import { askingShape, begun, dueAt, resultsShape, theRun, told, tried } from './run.ts';
import { usualLadder } from './usual-ladder.ts';
import { isWanted } from './wanted.ts';

/** Of whom an answer is owed: their number in the room, and for whom they speak. They travel with the clock, not over the wire. */
const owing = z.array(z.strictObject({ no: z.int(), person: idShape, org: idShape }));
export type Owing = z.output<typeof owing>;

/** What each command of the clock about a thing names. */
const about = { room: idShape, ...askingShape, incident: z.optional(idShape), drill: z.boolean() };
const envelope = ({ incident, drill }: { incident?: string | undefined; drill: boolean }) => ({ incident, drill });

/** Something asks for an answer: the ladder begins, at once or when those who need time have had it. */
export const begin = command('chase.begin', {
  about: 'Something asks for an answer: those who owe it will be reminded, step by step.',
  input: z.strictObject({ ...about, people: owing, at: momentShape, needsTime: z.boolean() }),
  streams: ({ room }) => [roomStream(room)],
  system: true,
  needs: ({ room }) => ({ room: theRoom(room), ladder: theLadder() }),
  may: (_actor, { room }) => (!room || room.closedAt !== undefined ? refused('talk.roomClosed') : allowed),
  then({ people, at, needsTime, ...thing }, { ladder = usualLadder }, _actor, { id }): Effect[] {
    const { steps, again } = ladder;
    const from = at + (needsTime ? again * 60_000 : 0);
    return [
      happens(begun, { id, noun: thing.noun, thing: thing.thing, people: people.map(({ no }) => no), from, steps, again }, envelope(thing)),
      { later: dueAt({ from, steps }, 0, from), step: 'climb', command: 'chase.climb', input: { ...thing, run: id, step: 0, people, ...(needsTime ? { needsTime } : {}) } },
    ];
  },
});

/**
 * A step of the ladder is due: whoever still owes an answer is reminded, and the next step is planned for them. Who has
 * answered meanwhile climbs no further; who needs time has a climb of their own.
 * @param asked what asks in this house
 */
export const climbOf = (asked: readonly Asked[]): Deed => command('chase.climb', {
  about: 'A step of the ladder is due.',
  input: z.strictObject({ ...about, run: idShape, step: z.int().check(z.minimum(0)), people: owing, /** The first step for those who needed time. */ needsTime: z.optional(z.boolean()) }),
  streams: ({ room }) => [roomStream(room)],
  system: true,
  needs: ({ room, noun, thing, run, incident }) => ({
    room: theRoom(room), run: theRun(run), thing: { noun, id: thing } as Ref<unknown>,
    ...(incident ? { incident: theIncident(incident) } : {}) as { incident: ReturnType<typeof theIncident> },
  }),
  may(_actor, { room, run, thing, incident }, { step, noun }) {
    if (!room || room.closedAt !== undefined) return refused('talk.roomClosed');
    if (thing && isCalledOff(asked.find((kind) => kind.noun === noun)?.tells(thing, room.id), incident)) return refused('chase.nothingAsked');
    return thing && run?.steps[step] ? allowed : refused('chase.nothingAsked');
  },
  then(input, { run, thing, incident }, _actor, { now }): Effect[] {
    const { people, step, needsTime, ...rest } = input;
    const kind = asked.find(({ noun }) => noun === input.noun);
    const left = people.filter((who) => {
      const stands = kind?.stands(thing, who) ?? 'free';
      // What they needed time for has become another question meanwhile: that one has a climb of its own.
      return isWanted(stands, now, run!.again) && !(needsTime && stands === 'owes');
    });
    if (left.length === 0) return [];
    const way = run!.steps[step]!.way;
    const outside = way === 'mail' || way === 'sms' || way === 'voice';
    const held = input.drill && outside && !incident?.outside;
    const effects: Effect[] = [happens(tried, { run: run!.id, step, people: left.map(({ no }) => no), ...(held ? { held: 1 as const } : {}) }, envelope(input))];
    if (step + 1 === run!.steps.length) return effects;
    return [...effects, { later: dueAt(run!, step + 1, now), step: 'climb', command: 'chase.climb', input: { ...rest, step: step + 1, people: left } }];
  },
});

/** What became of a step: written down for the record. */
export const report = command('chase.report', {
  about: 'What became of a step of the ladder, for whom.',
  input: z.strictObject({ ...about, run: idShape, step: z.int(), results: resultsShape }),
  streams: ({ room }) => [roomStream(room)],
  system: true,
  needs: ({ run }) => ({ run: theRun(run) }),
  may: (_actor, { run }, { step }) => (run?.tries.some((one) => one.step === step && !one.told) ? allowed : refused('chase.nothingAsked')),
  then: (input) => [happens(told, { run: input.run, step: input.step, results: input.results }, envelope(input))],
});
