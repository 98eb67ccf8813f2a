import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Id } from '@noroshi/foundations/kernel';
import { asRefusal, ComeBackLater, refuse, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { recordExport, type RecordExport } from '../export-noun.ts';
import type { Making } from '../making.ts';
import type { ExportNeeds } from './export.server.ts';

/** What one costs its asker, in questions: it reads the whole log. */
const costs = 20;
/** For how long it can be fetched, in milliseconds: what one may see changes. */
const fetchable = 24 * 60 * 60_000;
/** How far so many of the last are is known. */
const mostKnown = 100;

type Asked = FastifyRequest<{ Params: { file: string } }>;
/** One that is or was written here: how far it is, and what ends it. */
interface Known { now: Making; stop: () => void }

/**
 * `GET /documents/record/<id>.zip`: what was asked for by `record.export`, for who asked, within a day. Written as it goes; one
 * that breaks off has no end, and says so where it is checked. `GET …/<id>.json` says how far it is on this node, and `DELETE …/<id>.zip` calls it off.
 */
export function mountRecord(app: FastifyInstance, needs: ExportNeeds, whoAsks: WhoAsks): void {
  const { stair } = needs;
  const known = new Map<Id, Known>();
  /** The export that is meant, where this asker may fetch it; otherwise they are answered here. */
  const meant = async (asked: Asked, reply: FastifyReply, form: RegExp) => {
    reply.header('cache-control', 'private, no-store');
    const actor = (await whoAsks(asked))?.actor();
    if (!actor) return void refuse(reply, { ok: false, code: 'account.signedOut' });
    const id = form.exec(asked.params.file)?.[1];
    const doc = id ? stair.see<RecordExport>(actor, recordExport.noun, id) : undefined;
    if (!doc) return void refuse(reply, { ok: false, code: 'record.notFound' });
    if (doc.value.by !== actor.person || stair.now() - doc.value.at > fetchable) return void refuse(reply, { ok: false, code: 'record.notYours' });
    // A role may have been taken since.
    if (actor.role !== 'administrator') return void refuse(reply, { ok: false, code: 'record.notAllowed' });
    return { actor, doc };
  };

  app.get<{ Params: { file: string } }>('/documents/record/:file', async (asked, reply) => {
    if (asked.params.file.endsWith('.json')) {
      const one = await meant(asked, reply, /^([0-9a-f-]{36})\.json$/);
      return one ? reply.send(known.get(one.doc.id)?.now ?? { state: 'none' } satisfies Making) : reply;
    }
    const one = await meant(asked, reply, /^([0-9a-f-]{36})\.zip$/);
    if (!one) return reply;
    const { actor, doc } = one;
    try {
      stair.takesQuestion(actor, costs);
    } catch (error) {
      if (!(error instanceof ComeBackLater)) throw error;
      return refuse(reply, asRefusal(error));
    }
    // Read with the first that is taken out: a start has no use for it.
    const { exportZip } = await import('./export.server.ts');
    const mine: Known = { now: { state: 'making', part: 'events', done: 0, of: 0, bytes: 0 }, stop: () => undefined };
    known.delete(doc.id);
    known.set(doc.id, mine);
    if (known.size > mostKnown) known.delete(known.keys().next().value!);
    const tell = (part: Extract<Making, { state: 'making' }>['part'], done: number, of: number): void => { if (mine.now.state === 'making') mine.now = { ...mine.now, part, done, of }; };
    const zip = await exportZip({ ...needs, tell }, actor, doc.value, words('ja', japanese));
    const stream = Readable.from(counted(zip, mine), { objectMode: false });
    mine.stop = () => {
      mine.now = { state: 'calledOff' };
      // The line first: what is being written just now ends with its piece, and may take its time.
      reply.raw.destroy();
      stream.destroy();
    };
    return reply
      .header('content-type', 'application/zip')
      .header('content-disposition', `attachment; filename="noroshi-record-${new Date(doc.value.at).toISOString().slice(0, 10)}-${doc.id.slice(-6)}.zip"`)
      .send(stream);
  });

  app.delete<{ Params: { file: string } }>('/documents/record/:file', async (asked, reply) => {
    const one = await meant(asked, reply, /^([0-9a-f-]{36})\.zip$/);
    if (!one) return reply;
    const making = known.get(one.doc.id);
    if (making?.now.state === 'making') making.stop();
    return reply.code(204).send();
  });
}

/** The same bytes, counted as they go; and known to have broken off where nobody takes them any more. */
async function* counted(zip: AsyncIterable<Uint8Array>, mine: Known): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const piece of zip) {
      bytes += piece.length;
      if (mine.now.state === 'making') mine.now = { ...mine.now, bytes };
      yield piece;
    }
    mine.now = { state: 'made', bytes };
  } finally {
    if (mine.now.state === 'making') mine.now = { state: 'brokeOff' };
  }
}
