import { person, type Person } from '@noroshi/features/directory';
import { theRoom, type Room } from '@noroshi/features/talk';
import { storedFile, theFile, withdrawsFiles, type StoredFile } from '@noroshi/foundations/files';
import { allowed, idShape, refused, systemPerson, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import type { Bearing, Part, Redacts } from '@noroshi/foundations/redacts';
import { command, currentStay, happens, member, membership, roomStream, workspaceStream, type Effect, type Many, type Member, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { begins, keptStream, theBook } from './book.ts';
import { allHolds, isHeld, type Hold } from './hold.ts';
import { approved, declined, isWhole, meant, proposed, reasonShape, redactables, redacted, standing, targetOf, targetShape, theRedaction, whatShape, type Redaction, type Target } from './redaction.ts';

// Nothing has this name: what is not named is looked for where nothing can be.
const nothing = theRoom(systemPerson) as Ref<unknown>;
const filesOf = (stream: StreamKey): Many<StoredFile> => ({ many: storedFile.noun, stream });

/** What has to be known of a thing that goes. */
export const thingNeeds = (target: Target) => {
  const of = meant(target);
  const { room, thing } = target;
  const twin = of?.what.twin && room !== undefined ? { ...of.what.twin, stream: of.what.twin.stream(room) } : undefined;
  return {
    thing: of ? ({ noun: of.what.noun.noun, id: of.id, stream: of.stream } as Ref<unknown>) : nothing,
    under: of?.what.under && thing?.under ? ({ noun: of.what.under.noun, id: thing.under, stream: of.stream } as Ref<unknown>) : nothing,
    twin: twin && of ? ({ noun: twin.noun, id: of.id } as Ref<unknown>) : nothing,
    twinFiles: filesOf(twin?.stream ?? keptStream),
    carriers: { many: of?.what.filesOf?.noun ?? storedFile.noun, stream: of?.what.filesOf ? of.stream : keptStream } as Many,
  };
};
/** The same, of who asks, and of the room in which it lies. */
const needsOf = (target: Target, actor: Actor) => {
  const stream = target.room === undefined ? workspaceStream : roomStream(target.room);
  return { ...thingNeeds(target), book: theBook, holds: allHolds, room: theRoom(target.room ?? systemPerson), me: membership(stream, actor.person), files: filesOf(meant(target)?.stream ?? keptStream) };
};
/** For who decides: also as it is for someone who does not see it, and whether two administrators do. */
const decisionNeeds = (input: Target & { redaction: Id }, actor: Actor) => {
  const { thing, under, ...rest } = needsOf(input, actor);
  const anywhere = ({ noun, id }: Ref<unknown>): Ref<unknown> => ({ noun, id });
  return {
    ...rest, thing, under, hidden: anywhere(thing), hiddenUnder: anywhere(under), redaction: theRedaction(input.redaction),
    members: { many: member.noun, stream: input.room === undefined ? workspaceStream : roomStream(input.room) } as Many<Member>, people: { many: person.noun } as Many<Person>,
  };
};

interface Known { readonly me: Member | undefined; readonly thing: unknown; readonly under: unknown; readonly holds: readonly Hold[] }
/** Of which incident it is: below a notice, that of the notice. */
export function bearingOf(target: Target, { thing, under }: Pick<Known, 'thing' | 'under'>): Bearing | undefined {
  const of = meant(target);
  if (!of || thing === undefined) return undefined;
  const own = of.what.bearing(thing, of.said);
  if (!of.what.under) return own;
  if (own.under !== target.thing?.under || under === undefined) return undefined;
  const { incident, drill } = of.what.under.says(under);
  return { ...own, incident, drill };
}

/** Why nobody takes anything out here. */
function stays(target: Target, facts: Known): Refusal | undefined {
  const bearing = bearingOf(target, facts);
  if (!bearing) return refused('keeping.notFound');
  if (bearing.note) return refused('keeping.noteStays');
  return isHeld(facts.holds, { room: target.room, incident: bearing.incident }) ? refused('keeping.held') : undefined;
}

/** Why this person does not ask: of what they do not see they learn nothing. In a direct talk it is asked by whoever is in it. */
function mayNotAsk(actor: Actor, target: Target, facts: Known & { readonly room: Room | undefined }): Refusal | undefined {
  const sees = currentStay(facts.me) !== undefined;
  if (isWhole(target)) return refused('keeping.notFound');
  if (actor.role !== 'administrator' && !(sees && facts.room?.kind === 'direct')) return refused('keeping.notAllowed');
  return sees ? stays(target, facts) : refused('keeping.notFound');
}

/** How many administrators are in a room: two of them decide by themselves. */
export const administratorsIn = (members: readonly Member[], people: readonly Person[]): number => {
  const all = new Set(people.filter((one) => one.role === 'administrator' && !one.disabled).map(({ id }) => id));
  return members.filter((one) => currentStay(one) && all.has(one.person)).length;
};

type Deciding = Known & { readonly hidden: unknown; readonly hiddenUnder: unknown; readonly redaction: Redaction | undefined; readonly members: readonly Member[]; readonly people: readonly Person[] };
/**
 * The thing as whoever decides has it: as they see it; or, where fewer than two administrators do, unseen, since someone who
 * sees it has asked. Of anything else, and of what nobody has asked for, they have nothing.
 */
function known(facts: Deciding, target: Target): Known {
  if (currentStay(facts.me)) return facts;
  const asked = facts.redaction !== undefined && sameThing(facts.redaction, target);
  return asked && target.room !== undefined && administratorsIn(facts.members, facts.people) < 2 ? { ...facts, thing: facts.hidden, under: facts.hiddenUnder } : { ...facts, thing: undefined, under: undefined };
}
const sameThing = (one: Target, other: Target): boolean => JSON.stringify(targetOf(one)) === JSON.stringify(targetOf(other));
const stands = (target: Target, thing: unknown, wanted: readonly Part[]): boolean => {
  const { what, said } = meant(target)!;
  const left = standing(what, thing, said);
  return wanted.every((part) => left.includes(part));
};

/** 黒塗りの申請: the first of two. */
export const proposeRedaction = command('keeping.proposeRedaction', {
  about: 'Asks for words of a message, or of another thing that people wrote, to be taken out of the record for good. For administrators who see it, and in a direct talk for whoever is in it; another administrator must agree.',
  input: z.strictObject(whatShape),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: needsOf,
  may(actor, facts, input) {
    const gone = mayNotAsk(actor, input, facts);
    if (gone) return gone;
    return stands(input, facts.thing, input.parts) ? allowed : refused('keeping.goneAlready');
  },
  then(what, facts) {
    const { incident, drill } = bearingOf(what, facts)!;
    return [...begins(facts.book), happens(proposed, { ...what, parts: [...new Set(what.parts)] }, { on: keptStream, incident, drill: drill ?? false })];
  },
});

const decision = { redaction: idShape, ...targetShape };
/** Whether it is about this thing, and still open. What was said in the asking counts, not what is said again here. */
function isOpen(of: Redaction | undefined, target: Target): Refusal | undefined {
  if (!of || !sameThing(of, target)) return refused('keeping.notFound');
  return of.state === 'proposed' ? undefined : refused('keeping.decided');
}

/** Words go: what says so in the thing's stream, and what empties the events. */
export function takesOut(of: { readonly what: Redacts; readonly id: string; readonly said: Id | undefined; readonly value: unknown; readonly carriers?: readonly unknown[] }, wanted: readonly Part[], body: { readonly reason: string; readonly first: Id; readonly second?: Id; readonly disposal?: Id }, files: readonly StoredFile[], more: { on: StreamKey; incident?: Id | undefined; drill: boolean }, target: Target): Effect[] {
  const { what, id, said, value } = of;
  const all: Part[] = [...new Set([...wanted, ...(what.filesWith && wanted.includes(what.filesWith) ? ['files' as const] : [])])];
  const carriers = new Set(what.filesOf?.among(of.carriers ?? [], value, said));
  const carried = all.includes('files') ? files.filter((file) => file.of === id || file.of === said || carriers.has(file.of)) : [];
  const bit = said === undefined ? undefined : what.bitField?.(value, said);
  const fields = bit === undefined ? [...new Set(all.flatMap((part) => what.fields[part] ?? []))] : [bit];
  return [
    happens(redacted, { ...(target.message === undefined ? { thing: target.thing } : { message: target.message }), parts: all, ...body }, more),
    ...carried.filter(({ state }) => state !== 'withdrawn').flatMap((file) => withdrawsFiles(file.of, [{ file: file.id }], more)),
    ...(what.also?.(value, said) ?? []).map((one) => ({ ...one, ...more })),
    { empties: fields, of: [{ noun: what.noun.noun, id }], said: bit === undefined ? said : undefined },
    // Under which hash the bytes lie stays until they are gone from the disk.
    ...(carried.length > 0 ? [{ empties: ['name', 'size', 'type', 'width', 'height'], of: carried.map((file) => theFile(file.id)) }] : []),
  ];
}

/** What is known of a thing that goes. */
export interface ThingFacts { readonly thing: unknown; readonly under: unknown; readonly twin: unknown; readonly twinFiles: readonly unknown[]; readonly carriers: readonly unknown[] }
/** All that still stands of a thing goes, or of it these parts; what says the same goes with it. */
export function thingGoes(target: Target, { thing, twin: other, twinFiles, carriers }: ThingFacts, files: readonly StoredFile[], body: { readonly reason: string; readonly first: Id; readonly second?: Id; readonly disposal?: Id }, { incident, drill }: Bearing, wanted?: readonly Part[]): Effect[] {
  const of = meant(target)!;
  const parts = wanted ?? standing(of.what, thing, of.said);
  const more = { on: of.stream, incident, drill: drill ?? false };
  const twin = of.what.twin && target.room !== undefined && other !== undefined ? { what: redactables.get(of.what.twin.noun)!, on: of.what.twin.stream(target.room) } : undefined;
  const twinParts = twin ? parts.filter((part) => twin.what.fields[part]?.length) : [];
  return [
    ...(parts.length > 0 ? takesOut({ ...of, value: thing, carriers }, parts, body, files, more, target) : []),
    ...(twin && twinParts.length > 0 ? takesOut({ ...of, what: twin.what, value: other }, twinParts, body, twinFiles as readonly StoredFile[], { ...more, on: twin.on }, { thing: { noun: twin.what.noun.noun, id: of.id } }) : []),
  ];
}

/** 黒塗りの承認: the second of two. Then the words are no more. */
export const approveRedaction = command('keeping.approveRedaction', {
  about: 'Agrees to a redaction that another administrator has asked for. The words and their salts are taken out of the record, the files, the search and every device; the place, who asked, who agreed and why stay.',
  input: z.strictObject(decision),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: decisionNeeds,
  may(actor, facts, input) {
    if (actor.role !== 'administrator') return refused('keeping.notAllowed');
    const here = known(facts, input);
    const gone = stays(input, here) ?? isOpen(facts.redaction, input);
    if (gone) return gone;
    if (facts.redaction!.by === actor.person) return refused('keeping.ownProposal');
    return stands(input, here.thing, facts.redaction!.parts) ? allowed : refused('keeping.goneAlready');
  },
  then(target, facts) {
    const { parts, reason, by: first } = facts.redaction!;
    const here = known(facts, target);
    const bearing = bearingOf(target, here)!;
    return [
      happens(approved, { redaction: target.redaction }, { on: keptStream, incident: bearing.incident, drill: bearing.drill ?? false }),
      ...thingGoes(target, { ...facts, ...here }, facts.files as readonly StoredFile[], { reason, first }, bearing, parts),
    ];
  },
});

/** It is not to be: another administrator says so, or whoever asked takes it back. */
export const declineRedaction = command('keeping.declineRedaction', {
  about: 'Declines a redaction that was asked for, or takes one’s own asking back. For administrators who see the thing, or where fewer than two of them do.',
  input: z.strictObject({ ...decision, why: z.optional(reasonShape) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: decisionNeeds,
  may(actor, facts, input) {
    // Whoever asked may think better of it.
    if (actor.role !== 'administrator' && facts.redaction?.by !== actor.person) return refused('keeping.notAllowed');
    return stays(input, { ...known(facts, input), holds: [] }) ?? isOpen(facts.redaction, input) ?? allowed;
  },
  then: ({ redaction: of, why }, { redaction }) => [happens(declined, { redaction: of, ...(why ? { why } : {}) }, { on: keptStream, drill: redaction!.drill })],
});
