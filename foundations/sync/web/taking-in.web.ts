import { fold, member as memberNoun, readEvent, touched, type Doc, type DocRow, type Frame, type MarkRow, type Member, type StreamKey } from '@noroshi/foundations/sync';
import type { Id } from '@noroshi/foundations/kernel';
import { markOf } from './marks.web.ts';
import type { Replica } from './replica.web.ts';
import type { HeldStream } from './store.web.ts';

// How what comes down gets into what a device holds: each in one transaction, so that a device that is turned off in
// between holds either all of it or nothing.

/** What taking in events came to. */
export interface Applied { readonly head: number; readonly hole: boolean; readonly done: readonly Id[] }

/**
 * Folds events into what is held. Live, catch-up and what arrived during a page all end here.
 * @returns the stream's head afterwards, whether a hole stopped it, and the commands whose effect is in it now
 */
export async function takeIn(replica: Replica, key: StreamKey, frames: readonly Frame[]): Promise<Applied> {
  const { db, house } = replica;
  await replica.meets(frames);
  return db.transaction('rw', db.stream, db.doc, async () => {
    const held = await db.stream.get(key);
    if (!held) return { head: 0, hole: true, done: [] };
    const members = await membersOf(replica, key);
    let head = held.head;
    const done = new Set<Id>();
    const things = new Map<string, Doc | undefined>();
    for (const frame of frames) {
      const event = readEvent(house, frame, key, (no) => members.get(no));
      if (event.seq <= head) continue;
      if (event.seq !== head + 1) return settle(replica, held, head, done, things, true);
      head = event.seq;
      done.add(event.id);
      // A kind of a later build: that build will take a snapshot (see `prepare`).
      if (!house.kinds.has(event.kind) || replica.passesOver(frame)) continue;
      for (const ref of touched(house.nouns, event)) {
        const name = `${ref.noun}\0${ref.id}`;
        if (!things.has(name)) things.set(name, await db.doc.get([ref.noun, ref.id]));
      }
      for (const doc of fold(house.nouns, event, (noun, id) => things.get(`${noun}\0${id}`))) {
        things.set(`${doc.noun}\0${doc.id}`, doc);
        if (doc.noun === memberNoun.noun) {
          const who = doc.value as Member;
          members.set(who.no, { person: who.person, org: who.card.org });
        }
      }
    }
    return settle(replica, held, head, done, things, false);
  });
}

async function settle(replica: Replica, held: HeldStream, head: number, done: Set<Id>, things: Map<string, Doc | undefined>, hole: boolean): Promise<Applied> {
  const changed = [...things.values()].filter((doc): doc is Doc => doc !== undefined && doc.stream === held.key && doc.seq > held.head);
  if (changed.length > 0) await replica.db.doc.bulkPut(changed);
  if (head !== held.head) await replica.db.stream.update(held.key, { head });
  return { head, hole, done: [...done] };
}

async function membersOf(replica: Replica, key: StreamKey): Promise<Map<number, { person: Id; org: Id }>> {
  const docs = await replica.all<Member>(memberNoun.noun, key);
  return new Map(docs.map((doc) => [doc.value.no, { person: doc.value.person, org: doc.value.card.org }]));
}

/** A new device's start, or another history: what is held of this stream is replaced. The outbox is not touched. */
export async function takeSnapshot(replica: Replica, stream: Omit<HeldStream, 'read' | 'ranges'>, mark: MarkRow | null, rows: readonly DocRow[]): Promise<void> {
  const { db } = replica;
  await db.transaction('rw', db.stream, db.doc, db.mark, async () => {
    await db.doc.where('stream').equals(stream.key).delete();
    await db.mark.where('stream').equals(stream.key).delete();
    await db.stream.put({ ...stream, read: mark?.[2] ?? 0, ranges: mark?.[3] ?? [] });
    await db.doc.bulkPut(rows.map((row) => docOf(stream.key, row)));
    if (mark) await db.mark.put(markOf(stream.key, mark));
  });
}

/** An older page of windowed things. What is held already is as new or newer. */
export async function takeOlder(replica: Replica, key: StreamKey, floor: number, below: number, rows: readonly DocRow[]): Promise<void> {
  const { db } = replica;
  await db.transaction('rw', db.stream, db.doc, async () => {
    const held = await db.stream.get(key);
    if (!held || floor > held.floor) return;
    const docs = rows.map((row) => docOf(key, row));
    const here = await db.doc.bulkGet(docs.map((doc): [string, string] => [doc.noun, doc.id]));
    await db.doc.bulkPut(docs.filter((doc, i) => (here[i]?.seq ?? 0) < doc.seq));
    await db.stream.update(key, { floor, below });
  });
}

/** The door of a stream has closed: nothing of it stays on this device. */
export async function forget(replica: Replica, no: number): Promise<void> {
  const { db } = replica;
  await db.transaction('rw', db.stream, db.doc, db.mark, db.shown, async () => {
    const held = await db.stream.where('no').equals(no).first();
    if (!held) return;
    await db.doc.where('stream').equals(held.key).delete();
    await db.mark.where('stream').equals(held.key).delete();
    await db.shown.where('stream').equals(held.key).delete();
    await db.stream.delete(held.key);
  });
}

const docOf = (stream: StreamKey, [noun, id, born, seq, value]: DocRow): Doc => ({ noun, id, stream, born, seq, value });
