import { largestMessage } from '@noroshi/foundations/sync';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Beside, WhoAsks } from './on-the-line.server.ts';
import { mountHttp } from './plain-http.server.ts';
import { besideByPolling, mountPoll } from './polled-line.server.ts';
import { refuse } from './refusing.server.ts';
import { mountSocket } from './socket-line.server.ts';
import type { Stair } from './stair.server.ts';

/** Whether a page of another origin sent this; who has no origin is no browser. */
const isForeign = (request: FastifyRequest, isOurOrigin: (request: IncomingMessage) => boolean): boolean =>
  (request.headers.origin !== undefined && !isOurOrigin(request.raw)) || request.headers['sec-fetch-site'] === 'cross-site';

/**
 * Mounts the ways onto the line: one WebSocket a client, long polling with the same frames where sockets are
 * blocked, and plain HTTP for single commands and questions.
 * @param beside what else is spoken, at a path of its own
 */
export function mountLine(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks, isOurOrigin: (request: IncomingMessage) => boolean, beside?: Beside): void {
  app.addHook('onRequest', async (request, reply) => {
    const asks = request.method !== 'GET' && /^\/(?:line|api)(?:[/?]|$)/.test(request.url);
    if (asks && isForeign(request, isOurOrigin)) return refuse(reply, { ok: false, code: 'line.otherOrigin' });
  });
  // A browser is not told why a socket was not opened. This tells it whether it is its session.
  app.get('/line', async (request, reply) => {
    const who = await whoAsks(request);
    reply.header('cache-control', 'no-store');
    return who?.actor() ? reply.code(204).send() : refuse(reply, { ok: false, code: 'account.signedOut' });
  });
  mountSocket(app, stair, whoAsks, isOurOrigin, beside);
  app.addContentTypeParser('application/x-noroshi', { parseAs: 'buffer', bodyLimit: largestMessage }, (_request, body, done) => done(null, body));
  mountPoll(app, stair, whoAsks, '/line/poll', (who, carrier) => stair.open({ ...who, carrier }));
  if (beside) mountPoll(app, stair, whoAsks, `${beside.path}/poll`, (who, carrier) => besideByPolling(beside, who, carrier));
  mountHttp(app, stair, whoAsks);
}
