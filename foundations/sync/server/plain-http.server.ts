import { idShape, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { largestMessage } from '@noroshi/foundations/sync';
import type { FastifyInstance } from 'fastify';
import type { WhoAsks } from './on-the-line.server.ts';
import { asRefusal, refuse } from './refusing.server.ts';
import { ComeBackLater, type Stair } from './stair.server.ts';

/** Single commands and questions, for programs of others and for what needs no line. */
export function mountHttp(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks): void {
  app.post<{ Params: { name: string }; Body: unknown }>('/api/:name', { bodyLimit: largestMessage }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { name } = request.params;
    const { questions, deeds } = stair.house;
    // What does not exist is said to everyone: the names are on the API page, and nothing else is told by it.
    if (!questions.has(name) && deeds.get(name)?.system !== false) return refuse(reply, { ok: false, code: 'command.unknown' });
    const who = await whoAsks(request);
    const actor = who?.actor();
    if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    try {
      if (questions.has(name)) {
        const answer = await stair.ask(actor, name, request.body ?? {});
        return answer.ok ? reply.send(answer.value) : refuse(reply, answer);
      }
      const body = request.body as { id?: unknown; input?: unknown; deviceAt?: unknown } | null;
      if (!body || typeof body !== 'object' || !idShape.safeParse(body.id).success) return refuse(reply, { ok: false, code: 'command.malformed' });
      const answer = await stair.submit(actor, { id: body.id as Id, name, input: body.input }, typeof body.deviceAt === 'number' ? body.deviceAt : null);
      return answer.ok ? reply.send({ ok: true, seq: answer.seq, at: answer.at }) : refuse(reply, answer as Refusal);
    } catch (error) {
      if (!(error instanceof ComeBackLater)) throw error;
      request.log.warn(error, 'come back later');
      return refuse(reply, asRefusal(error));
    }
  });
}
