import type { Refusal } from '@noroshi/foundations/kernel';
import type { FastifyReply } from 'fastify';
import type { ComeBackLater } from './stair.server.ts';

/** Status of a refusal on plain HTTP. What one may not see and what does not exist are the same 404. */
export function statusOf(refusal: Refusal): number {
  const reason = refusal.code.slice(refusal.code.indexOf('.') + 1);
  if (refusal.code === 'command.unknown' || /notFound$/i.test(reason)) return 404;
  if (refusal.code === 'account.signedOut') return 401;
  if (reason === 'notAllowed' || reason === 'otherOrigin' || reason === 'notSecure') return 403;
  if (reason === 'slowDown') return 429;
  if (reason === 'comeBackLater') return 503;
  if (refusal.code === 'command.tooLarge') return 413;
  if (refusal.code === 'command.notJson') return 415;
  if (refusal.code.startsWith('input.') || refusal.code === 'command.malformed' || refusal.code === 'line.garbage') return 400;
  return 409;
}

/** Sends a refusal. Where it says how many `seconds` to wait, the header says so too. */
export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const wait = refusal.params?.['seconds'];
  if (wait !== undefined) reply.header('retry-after', String(wait));
  return reply.code(statusOf(refusal)).send({ ok: false, code: refusal.code, ...(refusal.params ? { params: refusal.params } : {}) });
}

/** What to say to who is asked to come back. */
export function asRefusal({ why, after }: ComeBackLater): Refusal {
  return { ok: false, code: why === 'busy' ? 'line.slowDown' : 'line.comeBackLater', params: { seconds: Math.ceil(after / 1000) } };
}
