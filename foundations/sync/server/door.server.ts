import type { Actor, Refusal } from '@noroshi/foundations/kernel';
import { readInput, type Door, type House } from '@noroshi/foundations/sync';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from './refusing.server.ts';
import { isRefusal } from './stair.server.ts';

/** How one door is answered, for a visitor of whom the roof says what they bring. */
export type AtDoor<Visit, I = any, O = any> = (visit: Visit, input: I) => Promise<O | Refusal>;

/** Most doors take no long words; the largest is a name and a password. */
const largestVisit = 16 * 1024;

/**
 * Mounts the doors as `POST /api/<name>`; the body is the input itself.
 * @param visitOf who stands at the door
 * @throws when a door has nobody to answer it, or somebody answers a door that does not exist
 */
export function mountDoors<Visit extends { readonly actor: Actor | undefined }>(
  app: FastifyInstance,
  house: House,
  keepers: ReadonlyMap<string, AtDoor<Visit>>,
  visitOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Visit>,
): void {
  for (const name of keepers.keys()) if (!house.doors.has(name)) throw new Error(`${name} is answered and is no door`);
  for (const door of house.doors.values()) {
    const keeper = keepers.get(door.door);
    if (!keeper) throw new Error(`nobody answers the door ${door.door}`);
    mountDoor(app, door, keeper, visitOf);
  }
}

function mountDoor<Visit extends { readonly actor: Actor | undefined }>(
  app: FastifyInstance, door: Door, keeper: AtDoor<Visit>, visitOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Visit>,
): void {
  app.post(`/api/${door.door}`, { bodyLimit: door.largest ?? largestVisit, ...(door.unlogged ? { logLevel: 'silent' as const } : {}) }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const visit = await visitOf(request, reply);
    if (door.signedIn && !visit.actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    const read = readInput(door.input, request.body ?? {});
    if (!read.ok) return refuse(reply, read);
    const value = await keeper(visit, read.value);
    return isRefusal(value) ? refuse(reply, value) : reply.send(value);
  });
}
