import { theIncident } from '@noroshi/features/incident';
import { theRoom } from '@noroshi/features/talk';
import { allowed, idShape, refused, systemPerson, type Id, type Moment } from '@noroshi/foundations/kernel';
import { command, currentStay, eventKind, happens, membership, noun, ref, roomStream, workspaceStream, type Many, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { begins, keptStream, theBook } from './book.ts';
import { reasonShape } from './redaction.ts';

/** What is kept together: the words of a room, or of a disaster. */
export const targetShape = { room: z.optional(idShape), incident: z.optional(idShape) };
export interface Target { readonly room?: Id | undefined; readonly incident?: Id | undefined }

const held = eventKind('keeping.held', 305, z.object({ ...targetShape, reason: reasonShape }));
const releaseAsked = eventKind('keeping.releaseAsked', 306, z.object({ hold: idShape }));
const released = eventKind('keeping.released', 307, z.object({ hold: idShape }));

/** 保全: while it lies, no word of it goes. */
export interface Hold extends Target {
  readonly id: Id;
  readonly reason: string;
  readonly by: Id;
  readonly at: Moment;
  /** Who wants it lifted, since when. */
  readonly asked?: { readonly by: Id; readonly at: Moment };
  readonly released?: { readonly by: Id; readonly at: Moment };
}

export const hold = noun<Hold>('keepingHold')
  .begins(held, (e) => e.id, ({ id, by, at, body }) => ({ ...body, id, by, at }))
  .on(releaseAsked, (e) => e.body.hold, (now, { by, at }) => now && { ...now, asked: { by, at } })
  .on(released, (e) => e.body.hold, (now, { by, at }) => now && { ...now, released: { by, at } });
const theHold = (id: Id): Ref<Hold> => ref(hold, id);
export const allHolds = { many: hold.noun, stream: keptStream } as Many<Hold>;

/** Whether a word of this room, or said of this disaster, is held. */
export const isHeld = (holds: readonly Hold[], { room, incident }: Target): boolean => holds.some((one) => !one.released && ((one.room !== undefined && one.room === room) || (one.incident !== undefined && one.incident === incident)));

/** What names a room or a disaster, and nothing beside it. */
export const oneTarget = ({ room, incident }: Target): boolean => (room === undefined) !== (incident === undefined);
export const targetNeeds = ({ room, incident }: Target, person: Id) => ({
  book: theBook, room: theRoom(room ?? systemPerson), incident: theIncident(incident ?? systemPerson), me: membership(room === undefined ? workspaceStream : roomStream(room), person),
});

/** 保全する: one administrator is enough, since nothing is lost by it. */
export const putHold = command('keeping.putHold', {
  about: 'Puts a hold on a room or a disaster: nothing of it is redacted or disposed of until two administrators lift it.',
  input: z.strictObject({ ...targetShape, reason: reasonShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (target, actor) => targetNeeds(target, actor.person),
  may(actor, { room, incident, me }, target) {
    if (actor.role !== 'administrator') return refused('keeping.notAllowed');
    if (!oneTarget(target) || !currentStay(me) || (target.room === undefined ? !incident : !room)) return refused('keeping.noTarget');
    return allowed;
  },
  then: (what, { book, incident }) => [...begins(book), happens(held, what, { on: keptStream, incident: what.incident, drill: incident?.drill ?? false })],
});

/** 解除の申請, and 解除: the first who gives it asks, the second lifts it. */
export const liftHold = command('keeping.liftHold', {
  about: 'Lifts a hold: the first administrator asks for it, another one does it.',
  input: z.strictObject({ hold: idShape }),
  // No device holds this stream, and so none says that there is no such hold: the server judges.
  streams: () => [keptStream],
  alone: true,
  offline: false,
  needs: (input) => ({ hold: theHold(input.hold) }),
  may(actor, { hold: on }) {
    if (actor.role !== 'administrator') return refused('keeping.notAllowed');
    if (!on) return refused('keeping.noTarget');
    if (on.released) return refused('keeping.decided');
    return on.asked?.by === actor.person ? refused('keeping.ownProposal') : allowed;
  },
  then: ({ hold: id }, { hold: on }) => [happens(on!.asked ? released : releaseAsked, { hold: id }, { on: keptStream, incident: on!.incident })],
});

export const holdFacts = { events: [held, releaseAsked, released], nouns: [hold] };
