import { systemPerson } from '@noroshi/foundations/kernel';
import { eventKind, happens, noun, ref, type Effect, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** The stream of the partners and of what they ask for. Nobody is in it, so it comes down to no device: administrators ask. */
export const partnersStream: StreamKey = 'f';
/** The stream of the parcels of one room. Nobody is in it either; it has its place in the record like all else. */
export const parcelsStream = (room: string): StreamKey => `f:${room}`;

// Numbers 400 to 419 are this room's.
const begun = eventKind('federation.begun', 400, z.object({}));

const book = noun<{ readonly since: number }>('partnerBook').begins(begun, () => systemPerson, (e) => ({ since: e.at }));
/** That the stream of the partners is there. */
export const theBook: Ref<{ readonly since: number }> = ref(book, systemPerson);

/** What begins the stream of the partners, in the first deed that writes to it. */
export const begins = (there: { readonly since: number } | undefined): readonly Effect[] => (there ? [] : [{ begins: partnersStream }, happens(begun, {}, { on: partnersStream })]);

export const bookFacts = { events: [begun], nouns: [book] };
