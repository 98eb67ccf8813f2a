import { idShape, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { ComeBackLater, refuse, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { largestFile } from '../stored-file.ts';
import { NoRoom, TooMany } from './disk.server.ts';
import { largestThumb, type FileServer, type Seen } from './file-server.server.ts';

/** The version of the protocol by which files are sent: tus, the core and `creation` (tus.io/protocols/resumable-upload). */
const tus = '1.0.0';
const pieceType = 'application/offset+octet-stream';

/**
 * Mounts the way up for files: `POST /files` begins an upload, `HEAD /files/<id>/upload` tells how far it has come,
 * `PATCH` goes on from there; `PUT /files/<id>/thumb` sends a small picture ahead. The id is the one in the message.
 */
export function mountUploads(app: FastifyInstance, server: FileServer, whoAsks: WhoAsks): void {
  const turns = new Turns();
  app.addContentTypeParser(pieceType, (_request, _payload, done) => done(null));
  app.addContentTypeParser(/^image\/(jpeg|png|webp)$/, { parseAs: 'buffer', bodyLimit: largestThumb }, (_request, body, done) => done(null, body));

  /** Answers tus by its own headers, and says a refusal as everywhere else. */
  const answering = (work: (actor: Actor, id: Id, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>, { speaksTus = true } = {}) =>
    async (request: FastifyRequest<{ Params: { id?: string } }>, reply: FastifyReply): Promise<FastifyReply> => {
      reply.header('tus-resumable', tus).header('cache-control', 'no-store');
      if (speaksTus && request.headers['tus-resumable'] !== tus) return say(reply.header('tus-version', tus), 412, 'files.otherVersion');
      const actor = (await whoAsks(request))?.actor();
      if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
      const id = request.params.id ?? fileNamed(request.headers['upload-metadata']);
      if (!idShape.safeParse(id).success) return refuse(reply, { ok: false, code: 'files.notFound' });
      try {
        return await work(actor, id!, request, reply);
      } catch (error) {
        if (error instanceof NoRoom) return say(reply, 507, 'files.noRoom');
        if (error instanceof TooMany) return say(reply, 413, 'files.tooLarge');
        // Nobody is there any more to hear an answer.
        if (request.raw.destroyed && !request.raw.complete) return reply;
        if (!(error instanceof ComeBackLater)) throw error;
        request.log.warn(error, 'come back later');
        return refuse(reply, { ok: false, code: 'line.comeBackLater', params: { seconds: 2 } });
      }
    };

  app.options('/files', async (_request, reply) =>
    reply.code(204).headers({ 'tus-resumable': tus, 'tus-version': tus, 'tus-extension': 'creation', 'tus-max-size': String(largestFile) }).send());

  app.post('/files', { bodyLimit: 1 }, answering(async (actor, id, request, reply) => {
    const length = whole(request.headers['upload-length']);
    if (length === undefined) return say(reply, 400, 'files.lengthMissing');
    if (length > largestFile) return say(reply, 413, 'files.tooLarge');
    const seen = server.awaitedFrom(actor, id);
    if (isRefusal(seen)) return refuse(reply, seen);
    if (seen.file.state !== 'awaited') return refuse(reply, { ok: false, code: 'files.notAwaited' });
    if (length !== seen.file.size) return say(reply, 409, 'files.otherSize');
    const refusal = await server.begin(seen);
    if (refusal) return refuse(reply, refusal);
    return reply.code(201).header('location', `/files/${id}/upload`).send();
  }));

  app.head('/files/:id/upload', answering(async (actor, id, request, reply) => {
    const seen = server.awaitedFrom(actor, id);
    if (isRefusal(seen)) return refuse(reply, seen);
    // Whoever asks how far it has come has lost the line on which more was coming.
    const offset = await turns.take(id, () => offsetOf(server, seen));
    if (offset === undefined) return refuse(reply, { ok: false, code: 'files.notFound' });
    return reply.code(200).headers({ 'upload-offset': String(offset), 'upload-length': String(seen.file.size) }).send();
  }));

  app.patch('/files/:id/upload', { bodyLimit: largestFile + 1 }, answering(async (actor, id, request, reply) => {
    if (request.headers['content-type'] !== pieceType) return say(reply, 415, 'files.notAPiece');
    const from = whole(request.headers['upload-offset']);
    if (from === undefined) return say(reply, 400, 'files.lengthMissing');
    return turns.take(id, async (ended) => {
      const seen = server.awaitedFrom(actor, id);
      if (isRefusal(seen)) return refuse(reply, seen);
      const offset = await offsetOf(server, seen);
      if (offset === undefined) return refuse(reply, { ok: false, code: 'files.notFound' });
      if (offset !== from) return say(reply.header('upload-offset', String(offset)), 409, 'files.otherOffset');
      if (seen.file.state === 'awaited') {
        ended.addEventListener('abort', () => request.raw.complete || request.raw.destroy());
        const size = seen.file.size;
        if (from + (whole(request.headers['content-length']) ?? 0) > size) throw new TooMany();
        const now = from === size ? size : await server.disk.append(id, from, size, request.raw);
        const refusal = now === size ? await server.finish(id) : undefined;
        if (refusal) return refuse(reply, refusal);
        reply.header('upload-offset', String(now));
      } else reply.header('upload-offset', String(offset));
      return reply.code(204).send();
    });
  }));

  app.put('/files/:id/thumb', { bodyLimit: largestThumb }, answering(async (actor, id, request, reply) => {
    const seen = server.awaitedFrom(actor, id);
    if (isRefusal(seen)) return refuse(reply, seen);
    const refusal = await server.takeThumb(seen, request.body as Buffer);
    return refusal ? refuse(reply, refusal) : reply.code(204).send();
  }, { speaksTus: false }));
}

/** How far it has come; what has arrived has come whole. */
async function offsetOf(server: FileServer, { file }: Seen): Promise<number | undefined> {
  return file.state === 'arrived' ? file.size : server.disk.offset(file.id);
}

const isRefusal = (found: Seen | Refusal): found is Refusal => 'ok' in found;

function say(reply: FastifyReply, status: number, code: string): FastifyReply {
  return reply.code(status).send({ ok: false, code });
}

function whole(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,12}$/.test(header) ? Number(header) : undefined;
}

/** `Upload-Metadata: file <base64>` */
function fileNamed(header: string | string[] | undefined): string {
  const pair = String(header ?? '').split(',').map((part) => part.trim().split(' ')).find(([key]) => key === 'file');
  return Buffer.from(pair?.[1] ?? '', 'base64').toString('utf8');
}

/**
 * One line at a time writes to an upload, and it is the newest: a phone that comes back on another network must not wait
 * for its old, silent line to time out.
 */
class Turns {
  readonly #last = new Map<Id, { end: AbortController; done: Promise<unknown> }>();

  async take<T>(id: Id, work: (ended: AbortSignal) => Promise<T>): Promise<T> {
    const before = this.#last.get(id);
    before?.end.abort();
    const end = new AbortController();
    const doing = (before?.done ?? Promise.resolve()).then(() => work(end.signal));
    const mine = { end, done: doing.catch(() => undefined) };
    this.#last.set(id, mine);
    try {
      return await doing;
    } finally {
      if (this.#last.get(id) === mine) this.#last.delete(id);
    }
  }
}
