import { theIncident } from '@noroshi/features/incident';
import { message, theMessage, theRoom, type Message } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { allowed, idShape, refused, systemPerson, type Actor, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { command, currentStay, eventKind, happens, membership, noun, ref, roomStream, workspaceStream, type Effect, type Many, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { begins, keptStream, theBook } from './book.ts';
import { allHolds, isHeld } from './hold.ts';
import { bearingOf, takesOut, thingGoes, thingNeeds, type ThingFacts } from './redact.ts';
import { redactables, thingShape } from './redaction.ts';
import { dueFrom, theTerm, yearsFor, type Term } from './term.ts';

/**
 * What is disposed of together: what was said in a room, of one disaster or of none; or, without a room, what was said of a
 * disaster where all inside see it.
 */
const whatShape = { room: z.optional(idShape), incident: z.optional(idShape) };
interface What { readonly room?: Id | undefined; readonly incident?: Id | undefined }

const disposalAsked = eventKind('keeping.disposalAsked', 310, z.object(whatShape));
const disposalAgreed = eventKind('keeping.disposalAgreed', 311, z.object({ disposal: idShape }));
const disposalDeclined = eventKind('keeping.disposalDeclined', 312, z.object({ disposal: idShape }));
const disposed = eventKind('keeping.disposed', 313, z.object({ disposal: idShape }));

/** 廃棄: of what was due when it was asked for. */
export interface Disposal {
  readonly id: Id;
  readonly room?: Id | undefined;
  readonly incident?: Id | undefined;
  readonly by: Id;
  readonly at: Moment;
  readonly drill: boolean;
  readonly state: 'asked' | 'agreed' | 'declined' | 'done';
  readonly decided?: { readonly by: Id; readonly at: Moment };
}
export const disposal = noun<Disposal>('disposal')
  .begins(disposalAsked, (e) => e.id, ({ id, by, at, drill, body }) => ({ ...body, id, by, at, drill: !!drill, state: 'asked' }))
  .on(disposalAgreed, (e) => e.body.disposal, (now, { by, at }) => now && { ...now, state: 'agreed', decided: { by, at } })
  .on(disposalDeclined, (e) => e.body.disposal, (now, { by, at }) => now && { ...now, state: 'declined', decided: { by, at } })
  .on(disposed, (e) => e.body.disposal, (now) => now && { ...now, state: 'done' });
const theDisposal = (id: Id): Ref<Disposal> => ref(disposal, id);

/** So many messages and things go in one deed of the clock: in between whoever talks comes. */
export const mostAtOnce = 20;

const streamOf = ({ room }: What): StreamKey => (room === undefined ? workspaceStream : roomStream(room));
const needsOf = ({ room, incident }: What, actor: Actor) => ({
  book: theBook, holds: allHolds, room: theRoom(room ?? systemPerson), me: membership(streamOf({ room }), actor.person),
  incident: theIncident(incident ?? systemPerson), term: theTerm(incident === undefined ? { room } : { incident }),
});
function outOfReach(actor: Actor, { me, incident, holds }: { me: Parameters<typeof currentStay>[0]; incident: object | undefined; holds: readonly Parameters<typeof isHeld>[0][number][] }, what: What): Refusal | undefined {
  if (actor.role !== 'administrator') return refused('keeping.notAllowed');
  if (!currentStay(me) || (what.incident === undefined ? what.room === undefined : !incident)) return refused('keeping.noTarget');
  return isHeld(holds, what) ? refused('keeping.held') : undefined;
}

/** 廃棄の申請. */
export const askDisposal = command('keeping.askDisposal', {
  about: 'Asks that what was said in a room, of a disaster or of none, or of a disaster where all inside see it, and whose term is over, be taken out of the record. Another administrator must agree.',
  input: z.strictObject(whatShape),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: needsOf,
  may(actor, facts, what, { now }) {
    const gone = outOfReach(actor, facts, what);
    if (gone) return gone;
    // The first day on which anything of it can be due; each message is looked at for itself when it goes.
    const from = dueFrom(0, facts.term as Term | undefined, facts.incident && { closedAt: facts.incident.closedAt });
    return from <= now ? allowed : refused('keeping.notDue');
  },
  then: (what, { book, incident }) => [...begins(book), happens(disposalAsked, what, { on: keptStream, incident: what.incident, drill: incident?.drill ?? false })],
});

const decision = { disposal: idShape, ...whatShape };
const isAsked = (of: Disposal | undefined, { room, incident }: What): Refusal | undefined =>
  (!of || of.room !== room || of.incident !== incident ? refused('keeping.noTarget') : of.state === 'asked' ? undefined : refused('keeping.decided'));

/** 廃棄の承認, by another; or not. */
export const decideDisposal = command('keeping.decideDisposal', {
  about: 'Agrees to a disposal that another administrator has asked for, or declines it (also one’s own).',
  input: z.strictObject({ ...decision, agree: z.boolean() }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({ ...needsOf(input, actor), disposal: theDisposal(input.disposal) }),
  may(actor, facts, input) {
    const gone = outOfReach(actor, input.agree ? facts : { ...facts, holds: [] }, input) ?? isAsked(facts.disposal, input);
    if (gone) return gone;
    return input.agree && facts.disposal!.by === actor.person ? refused('keeping.ownProposal') : allowed;
  },
  then: ({ disposal: of, agree }, { disposal: asked }) => [happens(agree ? disposalAgreed : disposalDeclined, { disposal: of }, { on: keptStream, incident: asked!.incident, drill: asked!.drill })],
});

const place = ({ room }: What): { room?: Id } => (room === undefined ? {} : { room });
const indices = Array.from({ length: mostAtOnce }, (_, i) => i);

/** The clock takes out what two have agreed on, some at a time; of each only what was due when it was asked for. */
export const dispose = command('keeping.dispose', {
  about: 'Takes what people wrote and whose term is over out of the record, after two administrators have agreed.',
  input: z.strictObject({ ...decision, messages: z.array(idShape).check(z.maxLength(mostAtOnce)), last: z.boolean(), things: z.optional(z.array(thingShape).check(z.maxLength(mostAtOnce))) }),
  streams: () => [workspaceStream],
  alone: true,
  system: true,
  offline: false,
  needs: (input, actor) => ({
    ...needsOf(input, actor), disposal: theDisposal(input.disposal), files: { many: storedFile.noun, stream: streamOf(input) } as Many<StoredFile>,
    ...Object.fromEntries(indices.map((i) => [`m${i}`, { ...theMessage(input.messages[i] ?? systemPerson), stream: streamOf(input) }])) as Record<`m${number}`, Ref<Message>>,
    ...Object.fromEntries((input.things ?? []).flatMap((thing, i) => Object.entries(thingNeeds({ ...place(input), thing })).map(([name, need]) => [`${name}/${i}`, need]))) as {},
  }),
  may: (_actor, { disposal: of, holds }, input) => (of?.state !== 'agreed' || of.room !== input.room || of.incident !== input.incident ? refused('keeping.noTarget') : isHeld(holds, input) ? refused('keeping.held') : allowed),
  then({ disposal: id, room, incident: about, last, things }, facts): Effect[] {
    const { disposal: of, incident, term, files } = facts;
    const on = streamOf({ room });
    const effects: Effect[] = indices.flatMap((i): Effect[] => {
      const one = (facts as unknown as Record<string, Message | undefined>)[`m${i}`];
      if (!one || one.note || one.incident !== about || dueFrom(one.at, term, incident && { closedAt: incident.closedAt }) > of!.at) return [];
      const what = redactables.get(message.noun)!;
      const gone = (['text', 'place', 'files'] as const).filter((part) => !one.redacted?.some((before) => before.parts.includes(part)));
      if (gone.length === 0) return [];
      return takesOut({ what, id: one.id, said: undefined, value: one }, gone, { reason: String(yearsFor(term, one.at)), first: of!.by, second: of!.decided!.by, disposal: id }, files, { on, incident: one.incident, drill: one.drill ?? false }, { message: one.id });
    });
    const others = (things ?? []).flatMap((thing, i): Effect[] => {
      const one = Object.fromEntries(['thing', 'under', 'twin', 'twinFiles', 'carriers'].map((name) => [name, (facts as unknown as Record<string, unknown>)[`${name}/${i}`]])) as unknown as ThingFacts;
      const target = { ...place({ room }), thing };
      const bearing = bearingOf(target, one);
      if (!bearing || bearing.incident !== about || dueFrom(bearing.at, term, incident && { closedAt: incident.closedAt }) > of!.at) return [];
      return thingGoes(target, one, files, { reason: String(yearsFor(term, bearing.at)), first: of!.by, second: of!.decided!.by, disposal: id }, bearing);
    });
    return [...effects, ...others, ...(last ? [happens(disposed, { disposal: id }, { on: keptStream, incident: about, drill: of!.drill })] : [])];
  },
});

export const disposalFacts = { events: [disposalAsked, disposalAgreed, disposalDeclined, disposed], nouns: [disposal] };
