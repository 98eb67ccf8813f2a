import { asRefusal, Buckets, ComeBackLater, refuse, type Stair, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { Id } from '@noroshi/foundations/kernel';
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { weighPath, weight } from '../weigh.ts';

/** Where a line is measured before a call: for whoever is signed in, a few times a minute. Random bytes, which no proxy makes smaller. */
export function mountWeighing(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks): void {
  const takes = new Buckets<Id>({ burst: 40, perSecond: 0.5 }, stair.now);
  const bytes = randomBytes(weight);
  const weigh = async (request: FastifyRequest<{ Querystring: { n?: string } }>, reply: FastifyReply): Promise<FastifyReply> => {
    const actor = (await whoAsks(request))?.actor();
    if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    const wait = takes.take(actor.person);
    if (wait > 0) return refuse(reply, asRefusal(new ComeBackLater('busy', wait)));
    const n = Math.max(1, Math.min(weight, Math.floor(Number(request.query.n)) || 1));
    return reply.header('cache-control', 'no-store').type('application/octet-stream').send(bytes.subarray(0, n));
  };
  void app.register(async (here) => {
    // What comes is counted and not kept.
    here.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: weight }, (_request, _body, done) => done(null, undefined));
    here.get(weighPath, { schema: { hide: true } as never }, weigh);
    here.post(weighPath, { schema: { hide: true } as never }, weigh);
  });
}
