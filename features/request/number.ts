import type { Id } from '@noroshi/foundations/kernel';
import { noun, ref, type Ref } from '@noroshi/foundations/sync';
import { sent } from './dispatch-request.ts';

/** How many requests a town has sent in a room and incident. It lives in the room's stream and is counted under its lock: no number is left out or given twice. */
export interface RequestCounter { readonly last: number }

const counterId = (incident: Id, room: Id, org: Id): string => `${incident}/${room}/${org}`;

/** Seen by all who see the room, however late they joined: a successor does not begin at 1 again. */
export const requestCounter = noun<RequestCounter>('requestCounter', { always: true })
  .on(sent, (e) => counterId(e.body.incident, e.body.room, e.body.org), (_now, e) => ({ last: e.body.n }));

export const theCounter = (incident: Id, room: Id, org: Id): Ref<RequestCounter> => ref(requestCounter, counterId(incident, room, org));

/** `C-西予-001`: the room, the town, the how-manieth. */
export const numbered = (room: string, town: string, n: number): string => `${room}-${town}-${String(n).padStart(3, '0')}`;
