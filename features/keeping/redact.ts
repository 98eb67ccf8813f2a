import { theMessage, theRoom, type Message, type Room } from '@noroshi/features/talk';
import { storedFile, theFile, withdrawsFiles, type StoredFile } from '@noroshi/foundations/files';
import { allowed, idShape, refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream, workspaceStream, type Member } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { begins, keptStream, theBook } from './book.ts';
import { allHolds, isHeld, type Hold } from './hold.ts';
import { approved, declined, fieldsOfPart, proposed, reasonShape, theRedaction, whatShape, type Part, type Redaction } from './redaction.ts';
import { redacted } from './redacted.ts';

const needsOf = ({ room, message }: { room: Id; message: Id }, actor: Actor) => ({
  book: theBook, holds: allHolds, room: theRoom(room), me: membership(roomStream(room), actor.person), message: { ...theMessage(message), stream: roomStream(room) },
  files: { many: storedFile.noun, stream: roomStream(room) } as { many: string; stream: string; _type?: StoredFile },
});

/** What a message still says of these parts; of one that was taken back the record still has all. */
const standsIn = (message: Message, part: Part): boolean => !message.redacted?.some((one) => one.parts.includes(part));

/** Why this person has no redaction here: before anything else, who is no administrator learns nothing of what there is. */
function outOfReach(actor: Actor, { room, me, message, holds }: { room: Room | undefined; me: Member | undefined; message: Message | undefined; holds: readonly Hold[] }): Refusal | undefined {
  if (actor.role !== 'administrator') return refused('keeping.notAllowed');
  if (!room || !currentStay(me) || !message) return refused('keeping.notFound');
  if (message.note) return refused('keeping.noteStays');
  return isHeld(holds, { room: room.id, incident: message.incident }) ? refused('keeping.held') : undefined;
}

/** 黒塗りの申請: the first of two. */
export const proposeRedaction = command('keeping.proposeRedaction', {
  about: 'Asks for words of a message to be taken out of the record for good. For administrators who see the room; another administrator must agree.',
  input: z.strictObject(whatShape),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: needsOf,
  may(actor, facts, { parts }) {
    const gone = outOfReach(actor, facts);
    if (gone) return gone;
    return parts.every((part) => standsIn(facts.message!, part)) ? allowed : refused('keeping.goneAlready');
  },
  then: (what, { book, message }) => [...begins(book), happens(proposed, { ...what, parts: [...new Set(what.parts)] }, { on: keptStream, incident: message!.incident, drill: message!.drill ?? false })],
});

const decision = { redaction: idShape, room: idShape, message: idShape };
/** Whether it is about this message, and still open. What was said in the asking counts, not what is said again here. */
function isOpen(of: Redaction | undefined, { room, message }: { room: Id; message: Id }): Refusal | undefined {
  if (!of || of.room !== room || of.message !== message) return refused('keeping.notFound');
  return of.state === 'proposed' ? undefined : refused('keeping.decided');
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
    const gone = outOfReach(actor, facts) ?? isOpen(facts.redaction, input);
    if (gone) return gone;
    if (facts.redaction!.by === actor.person) return refused('keeping.ownProposal');
    return facts.redaction!.parts.every((part) => standsIn(facts.message!, part)) ? allowed : refused('keeping.goneAlready');
  },
  then({ room, message: id, redaction: of }, { redaction, message, files }) {
    const { parts, reason, by: first } = redaction!;
    const on = roomStream(room);
    const more = { on, incident: message!.incident, drill: message!.drill ?? false };
    const carried = parts.includes('files') ? (files as readonly StoredFile[]).filter((file) => file.of === id) : [];
    return [
      happens(approved, { redaction: of }, { ...more, on: keptStream }),
      happens(redacted, { message: id, parts: [...parts], reason, first }, more),
      ...withdrawsFiles(id, carried.filter(({ state }) => state !== 'withdrawn').map(({ id: file }) => ({ file })), more),
      { empties: parts.flatMap((part) => fieldsOfPart[part]), of: [theMessage(id)] },
      // Under which hash the bytes lie stays until they are gone from the disk.
      ...(carried.length > 0 ? [{ empties: ['name', 'size', 'type', 'width', 'height'], of: carried.map((file) => theFile(file.id)) }] : []),
    ];
  },
});

/** It is not to be: another administrator says so, or whoever asked takes it back. */
export const declineRedaction = command('keeping.declineRedaction', {
  about: 'Declines a redaction that was asked for, or takes one’s own asking back. For administrators who see the room.',
  input: z.strictObject({ ...decision, why: z.optional(reasonShape) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input, actor) => ({ ...needsOf(input, actor), redaction: theRedaction(input.redaction) }),
  may: (actor, facts, input) => outOfReach(actor, { ...facts, holds: [] }) ?? isOpen(facts.redaction, input) ?? allowed,
  then: ({ redaction: of, why }, { redaction }) => [happens(declined, { redaction: of, ...(why ? { why } : {}) }, { on: keptStream, drill: redaction!.drill })],
});
