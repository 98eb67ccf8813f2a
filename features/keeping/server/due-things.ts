import { message } from '@noroshi/features/talk';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Bearing } from '@noroshi/foundations/redacts';
import { workspaceStream, type StreamKey } from '@noroshi/foundations/sync';
import type { Memory } from '@noroshi/foundations/sync/server';
import type pg from 'pg';
import type { Said } from './due.store.ts';
import { redactables, standing, type Target } from '../redaction.ts';

/**
 * Things that no node has at hand (`apart`): the room that has them looks for them in its tables. The roof hands it in, since the keeping of the
 * house knows no room by name.
 */
export interface DueApart {
  readonly noun: string;
  /** What still says something of no disaster, by stream and fiscal year. */
  readonly said: (db: pg.Pool, streams: readonly number[]) => Promise<readonly Omit<Said, 'incident'>[]>;
  /** The next of them in a stream that may be due, those that were born first at first. @param before said before this moment */
  readonly next: (db: pg.Pool, stream: number, after: number, before: Moment, limit: number) => Promise<readonly { readonly id: Id; readonly born: number }[]>;
}

/** A thing beside messages that still says something, and of which disaster it is. */
export interface Standing { readonly noun: string; readonly thing: NonNullable<Target['thing']>; readonly at: Moment; readonly incident: Id | undefined }

/** All of them that lie in a stream, noun by noun: they are at hand. What goes with another one is not told by itself. */
export function* standingIn(memory: Memory, stream: StreamKey): Iterable<Standing> {
  const twins = new Set([...redactables.values()].map(({ twin }) => twin?.noun));
  for (const [noun, what] of redactables) {
    if (noun === message.noun || twins.has(noun) || what.inRoom !== (stream !== workspaceStream)) continue;
    for (const { id, value } of memory.of(stream, noun)) {
      for (const said of what.bits?.(value) ?? [undefined]) {
        if (standing(what, value, said).length === 0) continue;
        const own = what.bearing(value, said);
        const above = what.under && own.under ? memory.get(what.under.noun, own.under)?.value : undefined;
        const { incident }: Pick<Bearing, 'incident'> = above === undefined ? own : what.under!.says(above);
        yield { noun, thing: { noun, id, ...(said === undefined ? {} : { said }), ...(own.under === undefined ? {} : { under: own.under }) }, at: own.at, incident };
      }
    }
  }
}
