import { amended, message as messageNoun, room as roomNoun, roomClosed, said, withdrawn, type Content, type Message, type Room } from '@noroshi/features/talk';
import { fileArrived, fileRefused, storedFile, type StoredFile } from '@noroshi/foundations/files';
import { derivedId, systemActor, type Id } from '@noroshi/foundations/kernel';
import { bodyBytes, saysOf } from '@noroshi/foundations/parcel';
import { roomStream, type Doc, type Event } from '@noroshi/foundations/sync';
import { docsByRef, eventsAfter, type Stair } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import type { ParcelKind, Who } from '../parcel.ts';
import { endShare } from '../offer.ts';
import { counts, partner as partnerNoun, type Partner } from '../partner.ts';
import { forget, pack } from '../send.ts';
import { messageParcels, share as shareNoun, sharing as sharingNoun, type Share, type Sharing } from '../share.ts';
import type { Kept } from './federation.store.ts';
import { headBytes } from './letter.server.ts';
import { hashOf, roomRef, sha256, type Seal } from './seal.server.ts';

type Fields = Readonly<Record<string, unknown>>;
/**
 * One thing of ours that is to travel. `rest`: what is kept beside its signature; `event`: what says the words, which stand there and nowhere
 * else; `of`: what makes it one of its kind; `seq`: the event of the room.
 */
interface Due { readonly kind: ParcelKind; readonly rest: Fields; readonly event: Fields; readonly of: string; readonly seq: number; readonly at: number; readonly message?: Id; readonly tells?: NonNullable<Share['told']> }

/** Of the keeping of the house, which this room does not know: words of a message were taken out of the record. */
const redacted = 'keeping.redacted';
export const steps: readonly string[] = ['offer', 'accept', 'end'] satisfies ParcelKind[];

/** As what an event of the room travels. */
const travels: ReadonlyMap<string, ParcelKind> = new Map([[said.kind, 'say'], [amended.kind, 'amend'], [withdrawn.kind, 'withdraw'], [redacted, 'redact'], [fileArrived.kind, 'file'], [fileRefused.kind, 'file']]);

export interface WriterNeeds { readonly stair: Stair; readonly seal: Seal; readonly fingerprint: (partner: Id) => Uint8Array }

/** Makes parcels of what is said in shared rooms: in its order, each once, with its number, its signature and what stands before it. */
export class Writer {
  readonly #needs: WriterNeeds;
  /** Up to which event a room was looked through on this node. */
  readonly #read = new Map<Id, number>();

  constructor(needs: WriterNeeds) {
    this.#needs = needs;
  }

  #share = (id: Id): Share | undefined => this.#needs.stair.memory.get(shareNoun.noun, id)?.value as Share | undefined;

  /** Gives all that is due its number. @returns how the share stands then */
  async write(id: Id): Promise<Share | undefined> {
    for (let one = this.#share(id); one; one = this.#share(id)) {
      const due = this.#step(one) ?? (await this.#said(one));
      if (!due) return one;
      if (!(await this.#pack(one, due))) return this.#share(id);
    }
    return undefined;
  }

  /** The first thing said that has no number yet, as where they could not be asked in a new history. */
  waiting = (one: Share): Promise<Pick<Due, 'seq' | 'at'> | undefined> => this.#said(one);

  /** The first word and the last of a share, and between them, once each way, as what its rooms are known. */
  #step({ id, state, ours, out, closed, endedBy, seen, room, partner, theirs, told }: Share): Due | undefined {
    const step = { seq: seen, at: this.#needs.stair.now(), event: {} };
    if (out.no === 0 && state === 'offered' && ours) return { ...step, kind: 'offer', of: 'offer', rest: { name: (this.#needs.stair.memory.get(roomNoun.noun, room)?.value as Room | undefined)?.name ?? '' } };
    const tells = theirs === undefined ? 'ours' : 'both';
    // What is signed back is what they told first: so whoever checks their record finds of which of their rooms it was. (R11)
    if (state === 'open' && told !== 'both' && told !== tells) return {
      ...step, kind: 'accept', of: out.no === 0 && !ours ? 'accept' : `accept/${tells}`, tells,
      rest: { room: roomRef(this.#needs.seal.fingerprint, id, room), ...(theirs === undefined ? {} : { yours: theirs }) },
    };
    // A partner that was revoked hears no last word either.
    if (out.no > 0 && state === 'ended' && endedBy === 'us' && !closed && counts(this.#needs.stair.memory.get(partnerNoun.noun, partner)?.value as Partner | undefined)) return { ...step, kind: 'end', of: 'end', rest: {} };
    return undefined;
  }

  /** The next thing said in the room that is to travel. */
  async #said(one: Share): Promise<Due | undefined> {
    const { pool, memory, house } = this.#needs.stair;
    const on = memory.get(sharingNoun.noun, one.room)?.value as Sharing | undefined;
    const stream = memory.streams.get(roomStream(one.room));
    if (!stream) return undefined;
    const isOpen = one.state === 'open' && on?.share === one.id;
    for (let read = Math.max(this.#read.get(one.id) ?? 0, one.seen, isOpen ? on.from : 0); read < stream.head;) {
      const events = await eventsAfter(pool, house, stream, read, 200);
      for (const event of events) {
        const due = isOpen && event.org !== on.org ? await this.#due(one, event, on) : undefined;
        await this.#follows(one, event);
        if (due) return due;
        read = event.seq;
        this.#read.set(one.id, read);
      }
      if (events.length === 0) return undefined;
    }
    return undefined;
  }

  /** What becomes of the parcels when something happens in the room: each once, by an id that follows from the event. */
  async #follows({ id, room, partner, state }: Share, event: Event): Promise<void> {
    const { message } = event.body as { message?: Id };
    const does = (name: string, input: object): Promise<unknown> => this.#needs.stair.submit(systemActor, { id: derivedId(id, `${name}/${event.id}/${event.n}`), name, input });
    if (event.kind === redacted && message !== undefined) await does(forget.deed, { room, message });
    if (event.kind === roomClosed.kind && state !== 'ended') await does(endShare.deed, { share: id, partner, room });
  }

  /** What an event of the room is to the partner; nothing where it does not travel. */
  async #due(one: Share, event: Event, { org, from }: Sharing): Promise<Due | undefined> {
    const kind = travels.get(event.kind);
    if (!kind) return undefined;
    const file = kind === 'file' ? this.#needs.stair.memory.get(storedFile.noun, (event.body as { file: Id }).file)?.value as StoredFile | undefined : undefined;
    const id = kind === 'say' ? event.id : kind === 'file' ? file?.of : (event.body as { message?: Id }).message;
    // What is out of date goes by each house's own terms.
    if (id === undefined || (event.body as { disposal?: Id }).disposal !== undefined) return undefined;
    const [doc] = (await docsByRef(this.#needs.stair.pool, [{ noun: messageNoun.noun, id }])) as Doc<Message>[];
    // What is theirs is not ours to tell, what was said before they came they never had, and what was taken back before it went does not go.
    if (!doc || doc.value.org === org || doc.born <= from || doc.value.note || (kind !== 'withdraw' && kind !== 'redact' && doc.value.withdrawn)) return undefined;
    // Of what never went nothing more is told: there it would be a number with nothing behind it.
    if (kind !== 'say' && !(await this.#went(id))) return undefined;
    const veil = (what: 'person' | 'message' | 'file', of: string): string => this.#needs.seal.veiled(this.#needs.fingerprint(one.partner), what, of);
    const due = { of: `${event.id}/${event.n}`, kind, seq: event.seq, at: event.at, event: event.body as Fields, ...(kind === 'redact' ? {} : { message: id }) };
    const ref = veil('message', id);
    // Of a file that went with its words meanwhile nothing is told.
    if (kind === 'file') return file!.state === 'withdrawn' ? undefined : { ...due, rest: { ref, file: veil('file', file!.id), ...(event.kind === fileRefused.kind ? { refused: true } : {}) } };
    const card = this.#needs.stair.memory.member(roomStream(one.room), event.by)?.card;
    const who: Who = { id: veil('person', event.by), name: card?.name ?? '', org: card?.orgName ?? '', post: card?.post ?? '' };
    const to = { ref, who };
    if (kind !== 'say') return { ...due, rest: to };
    const { text, place, urgency, sticker, attachments } = event.body as Content;
    const rest = { ...to, ...(urgency ? { urgency } : {}), ...(sticker ? { sticker } : {}), ...(attachments?.length ? { attachments: attachments.map(({ file: of }) => ({ ref: veil('file', of) })) } : {}) };
    // Its words were taken out of the record before it went.
    return text || place || sticker || attachments?.length ? { ...due, rest } : undefined;
  }

  /** Whether a message has its parcel: one that was taken back before it got a number has none. */
  async #went(message: Id): Promise<boolean> {
    const [parcels] = await docsByRef(this.#needs.stair.pool, [{ noun: messageParcels.noun, id: message }]);
    return parcels !== undefined;
  }

  async #pack(one: Share, { kind, rest, event, of, seq, at, message, tells }: Due): Promise<boolean> {
    const { stair, seal, fingerprint } = this.#needs;
    const to = fingerprint(one.partner);
    // By chance, and kept nowhere but beside the parcel: what is emptied there can be made again from nothing. (FD8)
    const salt = randomBytes(16);
    const head = headBytes({ from: seal.fingerprint, to, share: one.id, no: one.out.no + 1, before: one.out.hash, at, kind, body: sha256(bodyBytes(salt, saysOf(kind, rest, event))) });
    const answer = await stair.submit(systemActor, {
      id: derivedId(one.id, `pack/${of}`), name: pack.deed,
      input: {
        share: one.id, room: one.room, before: one.out.hash, seq, no: one.out.no + 1, hash: hashOf(head), kind,
        head: Buffer.from(head).toString('base64url'), sig: seal.sign('parcel', head).toString('base64url'), salt: salt.toString('base64url'), rest: JSON.stringify(rest), ...(message === undefined ? {} : { message }), ...(tells ? { tells } : {}),
      },
    });
    if (!answer.ok && answer.code !== 'federation.notNext') throw new Error(`a parcel was not kept: ${answer.code}`);
    // Another node was quicker: what it did is known here with the next look.
    if (!answer.ok) await stair.sweep();
    return answer.ok;
  }

  /** A parcel's body as it was signed; nothing where its words are in the record no more. */
  async body(one: Share, { kind, salt, rest, seq, head }: Kept, bodyHash: Uint8Array): Promise<Uint8Array | undefined> {
    const { memory, pool, house } = this.#needs.stair;
    if (salt === undefined || rest === undefined) return undefined;
    const stream = memory.streams.get(roomStream(one.room));
    const [event] = steps.includes(kind) || !stream || seq === undefined ? [] : await eventsAfter(pool, house, stream, seq - 1, 1);
    const bytes = bodyBytes(Buffer.from(salt, 'base64url'), saysOf(kind, JSON.parse(rest) as Fields, (event?.body ?? {}) as Fields));
    return head && sha256(bytes).equals(bodyHash) ? bytes : undefined;
  }
}
