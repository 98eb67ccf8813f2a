import { idShape, systemPerson, type Id } from '@noroshi/foundations/kernel';
import { eventKind, happens, noun, ref, type Effect, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** The stream of the partners and of what they ask for. Nobody is in it, so it comes down to no device: administrators ask. */
export const partnersStream: StreamKey = 'f';
/** The stream of the parcels of one room. Nobody is in it either; it has its place in the record like all else. */
export const parcelsStream = (room: string): StreamKey => `f:${room}`;

// Numbers 390 to 419 are this room's.
const begun = eventKind('federation.begun', 400, z.object({}));

/** In which history of ours the partners stand from here on: another one than before is a backup that was brought back. */
export const lives = eventKind('federation.lives', 390, z.object({ history: idShape }));

/** `history`: the one that the partners were last known to stand in. */
export interface PartnerBook { readonly since: number; readonly history?: Id }
export const book = noun<PartnerBook>('partnerBook')
  .begins(begun, () => systemPerson, (e) => ({ since: e.at }))
  .on(lives, () => systemPerson, (now, { body: { history } }) => now && { ...now, history });
/** That the stream of the partners is there. */
export const theBook: Ref<PartnerBook> = ref(book, systemPerson);

/** What begins the stream of the partners, in the first deed that writes to it. */
export const begins = (there: PartnerBook | undefined): readonly Effect[] => (there ? [] : [{ begins: partnersStream }, happens(begun, {}, { on: partnersStream })]);

export const bookFacts = { events: [begun, lives], nouns: [book] };
