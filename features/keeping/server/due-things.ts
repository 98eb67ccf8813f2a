import { message } from '@noroshi/features/talk';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Bearing } from '@noroshi/foundations/redacts';
import { workspaceStream, type StreamKey } from '@noroshi/foundations/sync';
import type { Memory } from '@noroshi/foundations/sync/server';
import { redactables, saysAbove, standing, type Target } from '../redaction.ts';

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
        const above = what.under && own.under ? memory.get(what.under, own.under)?.value : undefined;
        const { incident }: Pick<Bearing, 'incident'> = above === undefined ? own : saysAbove(what, above);
        yield { noun, thing: { noun, id, ...(said === undefined ? {} : { said }), ...(own.under === undefined ? {} : { under: own.under }) }, at: own.at, incident };
      }
    }
  }
}
