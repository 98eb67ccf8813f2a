import { systemPerson } from '@noroshi/foundations/kernel';
import { eventKind, happens, noun, ref, type Effect, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/**
 * The stream in which it stands what administrators decide on keeping. Nobody is in it, so it comes down to no device: who
 * may read it asks. Its events have their place in the record like all others.
 */
export const keptStream: StreamKey = 'k';

// Numbers 300 to 319 are this room's.
const begun = eventKind('keeping.begun', 300, z.object({}));

/** That the stream is there. */
const book = noun<{ readonly since: number }>('keepingBook').begins(begun, () => systemPerson, (e) => ({ since: e.at }));
export const theBook: Ref<{ readonly since: number }> = ref(book, systemPerson);

/** What begins the stream, in the first deed that writes to it. */
export const begins = (there: { readonly since: number } | undefined): readonly Effect[] => (there ? [] : [{ begins: keptStream }, happens(begun, {}, { on: keptStream })]);

export const bookFacts = { events: [begun], nouns: [book] };
