/** How the questions about the past are answered. */
import { refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream, type Stay } from '@noroshi/foundations/sync';
import { docsByRef, windowOf, type Asking, type StreamMemory } from '@noroshi/foundations/sync/server';
import type * as z from 'zod/mini';
import { mayBring } from '../bring.ts';
import { imported, type Imported } from '../imported.ts';
import { lineId, pageId, pastPage, type PastPage } from '../page.ts';
import { lookedAt, type keysHere, type readPage } from '../questions.ts';
import { keyOf } from '../reading/keys.ts';
import { pageAt, pagesOf } from './past.store.ts';

/** A place that its asker sees. Another answers as one that is not there. */
function seen({ sight, stair }: Asking, place: Id): { readonly stream: StreamMemory; readonly stay: Stay } | undefined {
  const [stay, stream] = [sight.get(roomStream(place)), stair.memory.streams.get(roomStream(place))];
  return stay && stream && { stay, stream };
}

/** Answers `past.read`. What was taken back, or came before the asker did, is answered as what is not there. */
export async function answerRead(asking: Asking, { place, past, page, at }: z.output<typeof readPage.input>): Promise<z.output<typeof readPage.output> | Refusal> {
  const { stair, actor } = asking;
  const there = seen(asking, place);
  const of = stair.memory.get(imported.noun, past);
  if (!there || of?.stream !== there.stream.key || !stair.memory.isVisible(of, there.stay) || (of.value as Imported).state === 'takenBack') return refused('past.notFound');
  const { no } = there.stream;
  const pages = await pagesOf(stair.pool, no, past);
  const wanted = page ?? (at === undefined ? 0 : await pageAt(stair.pool, no, past, at));
  const id = pageId(past, wanted);
  const [doc] = wanted < pages ? await docsByRef(stair.pool, [{ noun: pastPage.noun, id }]) : [];
  // The door may have closed while this was read.
  if (!stair.memory.maySee(actor.person, there.stream.key)) return refused('past.notFound');
  const { lines = [], redacted = [] } = (doc?.value ?? {}) as Partial<PastPage>;
  return {
    page: wanted, pages, lines: lines.map(({ words, ...line }, i) => ({ id: lineId(id, i), ...line, ...words })),
    marks: redacted.map(({ said, reason, by: [first, second], at: when, disposal }) => ({ ...(said ? { said } : {}), reason, first, second, at: when, ...(disposal ? { disposal } : {}) })),
  };
}

/** Answers `past.keys`, to whoever may bring something. */
export async function answerKeys(asking: Asking, { place, from, to, but, before }: z.output<typeof keysHere.input>): Promise<z.output<typeof keysHere.output> | Refusal> {
  const { stair, actor } = asking;
  const there = seen(asking, place);
  const not = mayBring(actor, there?.stay);
  if (!there || not) return not ?? refused('stream.notFound');
  const { stream } = there;
  // Also of what came before they did: it lies here, and is not brought twice.
  const docs = await windowOf(stair.pool, pastPage.noun, stream.no, before ?? stream.head + 1, 1, lookedAt);
  const keys = docs.flatMap(({ value }) => {
    const { past, page, lines, back, redacted = [] } = value as PastPage;
    if (past === but) return [];
    // Of what was taken back all can be brought again, but for what two people took out of the record.
    const gone = new Set(redacted.map(({ said }) => said));
    // A mark that names no line stands for all of them: their term was over.
    return lines.filter(({ at }, i) => from <= at && at <= to && (!back || gone.has(undefined) || gone.has(lineId(pageId(past, page), i)))).map(keyOf);
  });
  return { keys, ...(docs.length === lookedAt ? { before: docs[0]!.born } : {}) };
}
