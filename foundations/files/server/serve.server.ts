import send from '@fastify/send';
import { idShape } from '@noroshi/foundations/kernel';
import { refuse, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { harmlessName } from '../harmless-name.ts';
import type { StoredFile } from '../stored-file.ts';
import type { FileServer } from './file-server.server.ts';

/**
 * Mounts the way down for files: `GET /files/<id>` and `GET /files/<id>/thumb`. Whoever may not see the stream gets what
 * someone gets who asks for a file that never was.
 */
export function mountFetching(app: FastifyInstance, server: FileServer, whoAsks: WhoAsks): void {
  const found = async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply): Promise<StoredFile | undefined> => {
    reply.header('cache-control', 'no-store');
    const actor = (await whoAsks(request))?.actor();
    if (!actor) {
      refuse(reply, { ok: false, code: 'account.signedOut' });
      return undefined;
    }
    const file = idShape.safeParse(request.params.id).success ? server.seenBy(actor, request.params.id)?.file : undefined;
    if (!file) refuse(reply, { ok: false, code: 'files.notFound' });
    return file;
  };

  app.get<{ Params: { id: string } }>('/files/:id', async (request, reply) => {
    const file = await found(request, reply);
    if (!file) return reply;
    if (file.state !== 'arrived') return refuse(reply, { ok: false, code: 'files.notFound' });
    // Only what was checked and cleaned as a picture is ever drawn by a browser.
    return hand(request, reply, { sha256: file.sha256!, type: file.type, inline: file.kind === 'photo', name: file.name });
  });

  app.get<{ Params: { id: string } }>('/files/:id/thumb', async (request, reply) => {
    const file = await found(request, reply);
    if (!file) return reply;
    if (!file.thumb || file.state === 'refused') return refuse(reply, { ok: false, code: 'files.notFound' });
    return hand(request, reply, { ...file.thumb, inline: true, name: file.name });
  });

  async function hand(request: FastifyRequest, reply: FastifyReply, it: { sha256: string; type: string; inline: boolean; name: string }): Promise<FastifyReply> {
    reply.headers({
      'content-type': it.type,
      'content-disposition': `${it.inline ? 'inline' : 'attachment'}; ${dispositionName(it.name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      // It never changes, and it is kept for this person alone: another's session does not find it.
      'cache-control': 'private, max-age=31536000, immutable',
      vary: 'Cookie',
      etag: `"${it.sha256}"`,
    });
    if (request.headers['if-none-match']?.includes(`"${it.sha256}"`)) return reply.code(304).send();
    // What lies under a hash is always the same: a part of it can be asked for at any time.
    delete request.raw.headers['if-range'];
    const { statusCode, headers, stream } = await send(request.raw, server.disk.pathOf(it.sha256), {
      root: server.disk.root, index: false, cacheControl: false, contentType: false, etag: false, lastModified: false,
    });
    if (statusCode === 404) {
      // The tables know it and the disk does not: a restore without its files.
      request.log.error(`the file ${it.sha256} is missing`);
      reply.header('cache-control', 'no-store').removeHeader('etag');
      return refuse(reply, { ok: false, code: 'files.notFound' });
    }
    if (statusCode >= 400) return reply.code(statusCode).header('content-range', headers['Content-Range']).header('cache-control', 'no-store').send();
    return reply.code(statusCode).headers(headers).send(stream);
  }
}

/** The name twice: for everyone, and whole for those who read RFC 8187. */
function dispositionName(name: string): string {
  const harmless = harmlessName(name);
  const plain = harmless.replace(/[^\x20-\x7e]/g, '_').replace(/["%]/g, '_');
  const whole = encodeURIComponent(harmless).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}
