import type { Refusal } from '@noroshi/foundations/kernel';
import type { Door } from '@noroshi/foundations/sync';
import type { AtDoor } from '@noroshi/foundations/sync/server';
import type { Visit } from './visit.server.ts';

/** Answers a door. The compiler sees to it that what goes in and out is what the door says. */
export function at<I, O>(door: Door<I, O>, keeper: (visit: Visit, input: I) => Promise<O | Refusal>): [string, AtDoor<Visit>] {
  return [door.door, keeper];
}
