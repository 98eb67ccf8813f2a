import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { asRefusal, ComeBackLater, refuse, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { recordExport, type RecordExport } from '../export-noun.ts';
import type { ExportNeeds } from './export.server.ts';

/** What one costs its asker, in questions: it reads the whole log. */
const costs = 20;
/** For how long it can be fetched, in milliseconds: what one may see changes. */
const fetchable = 24 * 60 * 60_000;

/** `GET /documents/record/<id>.zip`: what was asked for by `record.export`, for who asked, within a day. Written as it goes; one that breaks off has no end, and says so where it is checked. */
export function mountRecord(app: FastifyInstance, needs: ExportNeeds, whoAsks: WhoAsks): void {
  const { stair } = needs;
  app.get<{ Params: { file: string } }>('/documents/record/:file', async (asked, reply) => {
    reply.header('cache-control', 'private, no-store');
    const actor = (await whoAsks(asked))?.actor();
    if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    const id = /^([0-9a-f-]{36})\.zip$/.exec(asked.params.file)?.[1];
    const doc = id ? stair.see<RecordExport>(actor, recordExport.noun, id) : undefined;
    if (!doc) return refuse(reply, { ok: false, code: 'record.notFound' });
    if (doc.value.by !== actor.person || stair.now() - doc.value.at > fetchable) return refuse(reply, { ok: false, code: 'record.notYours' });
    // A role may have been taken since.
    if (actor.role !== 'administrator') return refuse(reply, { ok: false, code: 'record.notAllowed' });
    try {
      stair.takesQuestion(actor, costs);
    } catch (error) {
      if (!(error instanceof ComeBackLater)) throw error;
      return refuse(reply, asRefusal(error));
    }
    // Read with the first that is taken out: a start has no use for it.
    const { exportZip } = await import('./export.server.ts');
    return reply
      .header('content-type', 'application/zip')
      .header('content-disposition', `attachment; filename="noroshi-record-${new Date(doc.value.at).toISOString().slice(0, 10)}-${doc.id.slice(-6)}.zip"`)
      .send(Readable.from(await exportZip(needs, actor, doc.value, words('ja', japanese)), { objectMode: false }));
  });
}
