import { theRoom } from '@noroshi/features/talk';
import { storedFile, theFile, withdrawsFiles, type StoredFile } from '@noroshi/foundations/files';
import { allowed, idShape, refused, systemPerson, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import type { Bearing, Part, Redacts } from '@noroshi/foundations/redacts';
import { command, currentStay, happens, membership, roomStream, workspaceStream, type Effect, type Many, type Member, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { begins, keptStream, theBook } from './book.ts';
import { allHolds, isHeld, type Hold } from './hold.ts';
import { approved, declined, meant, proposed, reasonShape, redactables, redacted, standing, targetOf, targetShape, theRedaction, whatShape, type Redaction, type Target } from './redaction.ts';

// Nothing has this name: what is not named is looked for where nothing can be.
const nothing = theRoom(systemPerson) as Ref<unknown>;
const filesOf = (stream: StreamKey): Many<StoredFile> => ({ many: storedFile.noun, stream });

/** What has to be known of a thing, and of whoever asks. */
export const needsOf = (target: Target, actor: Actor) => {
  const of = meant(target);
  const { room, thing } = target;
  const twin = of?.what.twin && room !== undefined ? { ...of.what.twin, stream: of.what.twin.stream(room) } : undefined;
  return {
    book: theBook, holds: allHolds, room: theRoom(room ?? systemPerson), me: membership(room === undefined ? workspaceStream : roomStream(room), actor.person),
    thing: of ? ({ noun: of.what.noun.noun, id: of.id, stream: of.stream } as Ref<unknown>) : nothing,
    under: of?.what.under && thing?.under ? ({ noun: of.what.under, id: thing.under, stream: of.stream } as Ref<unknown>) : nothing,
    twin: twin && of ? ({ noun: twin.noun, id: of.id } as Ref<unknown>) : nothing,
    files: filesOf(of?.stream ?? keptStream), twinFiles: filesOf(twin?.stream ?? keptStream),
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
  const { incident, drill } = redactables.get(of.what.under)!.bearing(under, undefined);
  return { ...own, incident, drill };
}

/** Why this person has no redaction here: before anything else, who is no administrator learns nothing of what there is. */
function outOfReach(actor: Actor, target: Target, facts: Known): Refusal | undefined {
  if (actor.role !== 'administrator') return refused('keeping.notAllowed');
  const bearing = currentStay(facts.me) && bearingOf(target, facts);
  if (!bearing) return refused('keeping.notFound');
  if (bearing.note) return refused('keeping.noteStays');
  return isHeld(facts.holds, { room: target.room, incident: bearing.incident }) ? refused('keeping.held') : undefined;
}
const stands = (target: Target, thing: unknown, wanted: readonly Part[]): boolean => {
  const { what, said } = meant(target)!;
  const left = standing(what, thing, said);
  return wanted.every((part) => left.includes(part));
};

/** 黒塗りの申請: the first of two. */
export const proposeRedaction = command('keeping.proposeRedaction', {
  about: 'Asks for words of a message, or of another thing that people wrote, to be taken out of the record for good. For administrators who see it; another administrator must agree.',
  input: z.strictObject(whatShape),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: needsOf,
  may(actor, facts, input) {
    const gone = outOfReach(actor, input, facts);
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
  if (!of || JSON.stringify(targetOf(of)) !== JSON.stringify(targetOf(target))) return refused('keeping.notFound');
  return of.state === 'proposed' ? undefined : refused('keeping.decided');
}

/** Words go: what says so in the thing's stream, and what empties the events. */
export function takesOut(of: { readonly what: Redacts; readonly id: string; readonly said: Id | undefined }, wanted: readonly Part[], body: { readonly reason: string; readonly first: Id; readonly second?: Id; readonly disposal?: Id }, files: readonly StoredFile[], more: { on: StreamKey; incident?: Id | undefined; drill: boolean }, target: Target): Effect[] {
  const { what, id, said } = of;
  const all: Part[] = [...new Set([...wanted, ...(what.filesWith && wanted.includes(what.filesWith) ? ['files' as const] : [])])];
  const carried = all.includes('files') ? files.filter((file) => file.of === id) : [];
  const fields = [...new Set(all.flatMap((part) => what.fields[part] ?? []))];
  return [
    happens(redacted, { ...(target.message === undefined ? { thing: target.thing } : { message: target.message }), parts: all, ...body }, more),
    ...withdrawsFiles(id, carried.filter(({ state }) => state !== 'withdrawn').map(({ id: file }) => ({ file })), more),
    { empties: fields, of: [{ noun: what.noun.noun, id }], said },
    // Under which hash the bytes lie stays until they are gone from the disk.
    ...(carried.length > 0 ? [{ empties: ['name', 'size', 'type', 'width', 'height'], of: carried.map((file) => theFile(file.id)) }] : []),
  ];
}

/** What is known of a thing that goes. */
export interface ThingFacts { readonly thing: unknown; readonly under: unknown; readonly twin: unknown; readonly twinFiles: readonly unknown[] }
/** All that still stands of a thing goes, or of it these parts; what says the same goes with it. */
export function thingGoes(target: Target, { thing, twin: other, twinFiles }: ThingFacts, files: readonly StoredFile[], body: { readonly reason: string; readonly first: Id; readonly second?: Id; readonly disposal?: Id }, { incident, drill }: Bearing, wanted?: readonly Part[]): Effect[] {
  const of = meant(target)!;
  const parts = wanted ?? standing(of.what, thing, of.said);
  const more = { on: of.stream, incident, drill: drill ?? false };
  const twin = of.what.twin && target.room !== undefined && other !== undefined ? { what: redactables.get(of.what.twin.noun)!, on: of.what.twin.stream(target.room) } : undefined;
  const twinParts = twin ? parts.filter((part) => twin.what.fields[part]?.length) : [];
  return [
    ...(parts.length > 0 ? takesOut(of, parts, body, files, more, target) : []),
    ...(twin && twinParts.length > 0 ? takesOut({ ...of, what: twin.what }, twinParts, body, twinFiles as readonly StoredFile[], { ...more, on: twin.on }, { thing: { noun: twin.what.noun.noun, id: of.id } }) : []),
  ];
}

/** 黒塗りの承認: the second of two. Then the words are no more. */
export const approveRedaction = command('keeping.approveRedaction', {
  about: 'Agrees to a redaction that another administrator has asked for. The words and their salts are taken out of the record, the files, the search and every device; the place, who asked, who agreed and why stay.',
  input: z.strictObject(decision),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({ ...needsOf(input, actor), redaction: theRedaction(input.redaction) }),
  may(actor, facts, input) {
    const gone = outOfReach(actor, input, facts) ?? isOpen(facts.redaction, input);
    if (gone) return gone;
    if (facts.redaction!.by === actor.person) return refused('keeping.ownProposal');
    return stands(input, facts.thing, facts.redaction!.parts) ? allowed : refused('keeping.goneAlready');
  },
  then(target, facts) {
    const { parts, reason, by: first } = facts.redaction!;
    const bearing = bearingOf(target, facts)!;
    return [
      happens(approved, { redaction: target.redaction }, { on: keptStream, incident: bearing.incident, drill: bearing.drill ?? false }),
      ...thingGoes(target, facts, facts.files as readonly StoredFile[], { reason, first }, bearing, parts),
    ];
  },
});

/** It is not to be: another administrator says so, or whoever asked takes it back. */
export const declineRedaction = command('keeping.declineRedaction', {
  about: 'Declines a redaction that was asked for, or takes one’s own asking back. For administrators who see the thing.',
  input: z.strictObject({ ...decision, why: z.optional(reasonShape) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({ ...needsOf(input, actor), redaction: theRedaction(input.redaction) }),
  may: (actor, facts, input) => outOfReach(actor, input, { ...facts, holds: [] }) ?? isOpen(facts.redaction, input) ?? allowed,
  then: ({ redaction: of, why }, { redaction }) => [happens(declined, { redaction: of, ...(why ? { why } : {}) }, { on: keptStream, drill: redaction!.drill })],
});
