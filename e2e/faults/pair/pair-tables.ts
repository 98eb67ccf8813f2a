import { sharing as sharingNoun, type Sharing } from '@noroshi/features/federation';
import { message as messageNoun, type Content, type Message } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream, type Doc, type Event } from '@noroshi/foundations/sync';
import { eventsAfter } from '@noroshi/foundations/sync/server';
import { house as whole } from '@noroshi/server/features';
import { look } from '../tables.ts';
import type { PairHouse } from './pair-house.ts';

/** Something that was said in the room that is on both, as the record of one house has it. */
export interface Stood {
  readonly id: Id;
  readonly by: Id;
  /** Whether it came from the other house. */
  readonly isTheirs: boolean;
  readonly words: string;
  /** As which sharing of the room it was said here, or came from there. */
  readonly share: Id | undefined;
  /** What the talk shows of it. */
  readonly now: Message | undefined;
  /** How its speaker is called there. */
  readonly name: string | undefined;
  readonly org: string | undefined;
}

/** How far the parcels of one sharing are, as the house keeps it. */
export interface Share {
  readonly id: Id;
  readonly state: 'offered' | 'open' | 'ended';
  readonly out: { readonly no: number; readonly hash: string };
  readonly in: { readonly no: number; readonly hash: string };
  readonly have?: number;
}

/** What the tables of one house say of the room that is on both. */
export interface Told {
  /** In the order in which it stands. */
  readonly stood: readonly Stood[];
  readonly shares: readonly Share[];
  readonly sharing: Sharing | undefined;
  readonly files: ReadonlyMap<Id, StoredFile>;
  /** How often the hotline asks here to have something blacked out. */
  readonly wishes: number;
  /** All that stands in the events of the house, as one text. */
  readonly everything: string;
}

/** Reads the tables of a house. */
export const read = (house: PairHouse): Promise<Told> => look(house.postgres, async ({ pool, memory }) => {
  const key = roomStream(house.base.room);
  const ours = new Set(house.base.people.map(({ person }) => person));
  const events = await eventsAfter(pool, whole, memory.streams.get(key)!, 0, 1_000_000) as readonly Event<any>[];
  const parcels = memory.streams.get(`f:${house.base.room}`);
  const shareOf = new Map<Id, Id>();
  for (const { kind, body } of parcels ? await eventsAfter(pool, whole, parcels, 0, 1_000_000) as readonly Event<any>[] : []) {
    // What was told first of a message is that it was said.
    if (kind === 'federation.taken' && body.kind === 'say' && !shareOf.has(body.message)) shareOf.set(body.message, body.share);
  }
  const { rows } = await pool.query<Doc<Message>>('select n.id, n.value from noun n join stream s on s.no = n.stream and s.workspace = n.workspace where s.key = $1 and n.noun = $2', [key, messageNoun.noun]);
  const docs = new Map(rows.map(({ id, value }) => [id, value]));
  const stood: Stood[] = [];
  let open: Id | undefined;
  for (const { kind, id, by, body } of events) {
    if (kind === 'federation.shared') open = body.share;
    if (kind === 'federation.unshared') open = undefined;
    if (kind !== 'talk.said') continue;
    const { text, place } = body as Content;
    const card = memory.member(key, by)?.card;
    const isTheirs = !ours.has(by);
    stood.push({ id, by, isTheirs, words: text ?? place?.name ?? '', share: isTheirs ? shareOf.get(id) : open, now: docs.get(id), name: card?.name, org: card?.orgName });
  }
  const { rows: bodies } = await pool.query<{ text: string }>('select json::text as text from event_body');
  return {
    stood,
    shares: parcels ? memory.of(parcels.key, 'share').map(({ value }) => value as Share) : [],
    sharing: memory.get(sharingNoun.noun, house.base.room)?.value as Sharing | undefined,
    files: new Map(memory.of(key, storedFile.noun).map(({ id, value }) => [id, value as StoredFile])),
    wishes: events.filter(({ kind, body }) => kind === 'talk.noted' && body.line === 'federation.redactWish').length,
    everything: bodies.map(({ text }) => text).join('\n'),
  };
});
