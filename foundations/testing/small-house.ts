import { allowed, idShape, newId, refused, systemActor, type Actor, type Id } from '@noroshi/foundations/kernel';
import {
  assemble, command, currentStay, eventKind, feature, happens, member, membership, noun, ref, roomStream, workspaceStream,
  type Effect, type House, type Many, type Member,
} from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';

// The smallest house that has everything the stair is for: people, places, what is said in them, and a sum.

export interface Someone { readonly id: Id; readonly name: string; readonly shut?: boolean }
export interface Place { readonly id: Id; readonly name: string; readonly needed: number }
export interface Note { readonly id: Id; readonly by: Id; readonly text: string; readonly times: number; readonly liked: readonly Id[]; readonly gone?: true }
export interface Sum { readonly place: Id; readonly given: Readonly<Record<Id, number>> }

const came = eventKind('small.came', 10, z.object({ id: idShape, name: z.string() }));
const shut = eventKind('small.shut', 11, z.object({ id: idShape, shut: z.boolean() }));
const opened = eventKind('small.opened', 30, z.object({ id: idShape, name: z.string(), needed: z.int() }));
const renamed = eventKind('small.renamed', 31, z.object({ id: idShape, name: z.string() }));
const wrote = eventKind('small.wrote', 40, z.object({ text: z.string() }), { message: true, unsaid: () => ({ text: '' }) });
const rewrote = eventKind('small.rewrote', 41, z.object({ note: idShape, text: z.string() }), { unsaid: ({ note }) => ({ note, text: '' }) });
const liked = eventKind('small.liked', 42, z.object({ note: idShape }));
const pledged = eventKind('small.pledged', 43, z.object({ place: idShape, n: z.int() }));
const tookBack = eventKind('small.tookBack', 45, z.object({ note: idShape }), { takesBack: true });
const blacked = eventKind('small.blacked', 46, z.object({ note: idShape }), { empties: true });
const rang = eventKind('small.rang', 44, z.object({ text: z.string() }), { message: true });

export const someone = noun<Someone>('someone')
  .begins(came, (e) => e.body.id, (e) => e.body)
  .on(shut, (e) => e.body.id, (now, e) => now && { ...now, shut: e.body.shut });
export const place = noun<Place>('place', { always: true })
  .begins(opened, (e) => e.body.id, (e) => e.body)
  .on(renamed, (e) => e.body.id, (now, e) => now && { ...now, name: e.body.name })
  // As a room does, which takes off its pin: most often nothing of it changes.
  .on(tookBack, (e) => e.stream.slice(2), () => undefined);
export const note = noun<Note>('message', { windowed: true })
  .begins(wrote, (e) => e.id, (e) => ({ id: e.id, by: e.by, text: e.body.text, times: 0, liked: [] }))
  .begins(rang, (e) => e.id, (e) => ({ id: e.id, by: e.by, text: e.body.text, times: 0, liked: [] }))
  .on(rewrote, (e) => e.body.note, (now, e) => now && !now.gone ? { ...now, text: e.body.text, times: now.times + 1 } : undefined)
  .on(tookBack, (e) => e.body.note, (now) => now && { id: now.id, by: now.by, text: '', times: 0, liked: [], gone: true })
  .on(blacked, (e) => e.body.note, (now) => now && { ...now, text: '' })
  .on(liked, (e) => e.body.note, (now, e) => now && !now.gone && !now.liked.includes(e.by) ? { ...now, liked: [...now.liked, e.by] } : undefined);
export const sum = noun<Sum>('sum')
  .on(pledged, (e) => `${e.body.place}/sum`, (now, e) => ({ place: e.body.place, given: { ...now?.given, [e.by]: (now?.given[e.by] ?? 0) + e.body.n } }));

const cardOf = (who: Someone, org: Id) => ({ name: who.name, org, orgName: '西予市', mark: '西予', post: '', rank: 10 });
const everyone = { people: { many: someone.noun } as Many<Someone> };

/** Someone comes into the house. */
export const come = command('small.come', {
  about: 'Comes in.', input: z.strictObject({ id: idShape, name: z.string(), org: idShape, inside: z.boolean() }), streams: () => [workspaceStream], alone: true,
  may: (actor) => (actor.role === 'system' ? allowed : refused('small.notAllowed')),
  then: ({ id, name, org, inside }): Effect[] => [happens(came, { id, name }), ...(inside ? [{ joins: id, card: cardOf({ id, name }, org), history: true, on: workspaceStream }] : [])],
});
/** An account is closed or opened. */
export const shutOut = command('small.shutOut', {
  about: 'Closes an account.', input: z.strictObject({ id: idShape, shut: z.boolean() }), streams: () => [workspaceStream], alone: true,
  may: (actor) => (actor.role === 'administrator' || actor.role === 'system' ? allowed : refused('small.notAllowed')),
  then: (input) => [happens(shut, input)],
});
/** A place opens for people. */
export const open = command('small.open', {
  about: 'Opens a place.', input: z.strictObject({ id: idShape, name: z.string(), needed: z.int(), people: z.array(idShape) }), streams: () => [workspaceStream], alone: true,
  needs: () => everyone,
  may: () => allowed,
  then({ people, ...input }, all, actor): Effect[] {
    const on = roomStream(input.id);
    return [{ begins: on }, happens(opened, input, { on }), ...people.map((id) => ({ joins: id, card: cardOf(all.people.find((p) => p.id === id)!, actor.org), history: true, on }) as Effect)];
  },
});
/** A place gets another name; as an administrator, from outside it too. */
export const rename = command('small.rename', {
  about: 'Renames a place.', input: z.strictObject({ id: idShape, name: z.string() }), streams: ({ id }) => [roomStream(id)], alone: true,
  needs: ({ id }) => ({ place: ref(place, id) }),
  may: (_actor, { place }) => (place ? allowed : refused('small.notFound')),
  then: (input) => [happens(renamed, input)],
});
/** Someone joins or leaves a place. */
export const seat = command('small.seat', {
  about: 'Lets someone in or out.', input: z.strictObject({ place: idShape, person: idShape, inside: z.boolean(), history: z.boolean() }), streams: ({ place }) => [roomStream(place)], alone: true,
  needs: () => ({ ...everyone, seats: { many: member.noun, stream: '*' } as Many<Member & { stream: string }> }),
  may: (_actor, { seats }, input) => (Boolean(currentStay(seats.find((s) => s.stream === roomStream(input.place) && s.person === input.person))) === input.inside ? refused('small.asItIs') : allowed),
  then: (input, { people }, actor): Effect[] => input.inside
    ? [{ joins: input.person, card: cardOf(people.find((p) => p.id === input.person)!, actor.org), history: input.history, on: roomStream(input.place) }]
    : [{ leaves: input.person, on: roomStream(input.place) }],
});
/** Says something. */
export const write = command('small.write', {
  about: 'Says something.', input: z.strictObject({ place: idShape, text: z.string().check(z.minLength(1), z.maxLength(10_000)) }), streams: ({ place }) => [roomStream(place)],
  needs: ({ place: id }, actor) => ({ place: ref(place, id), me: membership(roomStream(id), actor.person) }),
  may: (_actor, { me }) => (currentStay(me) ? allowed : refused('small.notFound')),
  then: ({ text }) => [happens(wrote, { text })],
});
/** Says something else instead. The rule does not look at the note. */
export const rewrite = command('small.rewrite', {
  about: 'Says it otherwise.', input: z.strictObject({ place: idShape, note: idShape, text: z.string() }), streams: ({ place }) => [roomStream(place)],
  may: () => allowed,
  then: ({ note: id, text }) => [happens(rewrote, { note: id, text })],
});
/** Takes a note back. */
export const takeBack = command('small.takeBack', {
  about: 'Takes a note back.', input: z.strictObject({ place: idShape, note: idShape }), streams: ({ place }) => [roomStream(place)],
  needs: ({ note: id }) => ({ note: ref(note, id) }),
  may: (_actor, { note: it }) => (it && !it.gone ? allowed : refused('small.notFound')),
  then: ({ note: id }) => [happens(tookBack, { note: id })],
});
/** Takes the words of a note out of the record. The note must lie in this place, and whoever does it must see it there. */
export const blackOut = command('small.blackOut', {
  about: 'Takes words out of the record.', input: z.strictObject({ place: idShape, note: idShape }), streams: () => [workspaceStream], alone: true,
  needs: ({ place: id, note: of }) => ({ note: { ...ref(note, of), stream: roomStream(id) } }),
  may: (_actor, { note: it }) => (it ? allowed : refused('small.notFound')),
  then: ({ place: id, note: of }): Effect[] => [happens(blacked, { note: of }, { on: roomStream(id) }), { empties: ['text'], of: [ref(note, of)] }],
});
/** Likes a note, which must be there. */
export const like = command('small.like', {
  about: 'Likes a note.', input: z.strictObject({ place: idShape, note: idShape }), streams: ({ place }) => [roomStream(place)],
  needs: ({ note: id }) => ({ note: ref(note, id) }),
  may: (_actor, { note: it }) => (it ? allowed : refused('small.notFound')),
  then: ({ note: id }) => [happens(liked, { note: id })],
});
/** Gives to the sum, but never more than is needed. */
export const pledge = command('small.pledge', {
  about: 'Gives to the sum.', input: z.strictObject({ place: idShape, n: z.int().check(z.minimum(1)) }), streams: ({ place }) => [roomStream(place)],
  needs: ({ place: id }) => ({ place: ref(place, id), sum: ref(sum, `${id}/sum`) }),
  may(_actor, { place: where, sum: now }, { n }) {
    const given = Object.values(now?.given ?? {}).reduce((a, b) => a + b, 0);
    return given + n <= where!.needed ? allowed : refused('small.enough', { left: where!.needed - given });
  },
  then: ({ place: id, n }) => [happens(pledged, { place: id, n })],
});
/** Has a bug. */
export const stumble = command('small.stumble', {
  about: 'Has a bug.', input: z.strictObject({ place: idShape }), streams: ({ place }) => [roomStream(place)],
  may: () => allowed,
  then: () => { throw new Error('stumbled'); },
});
/** Says something later. */
export const remind = command('small.remind', {
  about: 'Says something later.', input: z.strictObject({ place: idShape, after: z.int() }), streams: ({ place }) => [roomStream(place)],
  may: () => allowed,
  then: ({ place: id, after }, _facts, _actor, when) => [{ later: when.now + after, step: 'ring', command: 'small.ring', input: { place: id } }],
});
export const ring = command('small.ring', {
  about: 'The clock says it.', input: z.strictObject({ place: idShape }), streams: ({ place }) => [roomStream(place)], system: true,
  may: () => allowed,
  then: () => [happens(rang, { text: '時間です' })],
});

/** The smallest house there can be a stair in. */
export const smallHouse: House = assemble([feature('small', {
  events: [came, shut, opened, renamed, wrote, rewrote, liked, pledged, tookBack, blacked, rang],
  nouns: [someone, place, note, sum],
  deeds: [come, shutOut, open, rename, seat, write, rewrite, takeBack, blackOut, like, pledge, stumble, remind, ring],
})]);

/** A fresh id by the real clock. */
export const freshId = (): Id => newId(Date.now(), randomBytes(10));

/** Someone of the small house, as an actor. */
export const personOf = (role: Actor['role'] = 'member', org: Id = freshId()): Actor => ({ person: freshId(), org, role });
export { systemActor };
