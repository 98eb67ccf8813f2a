import type { Actor } from '@noroshi/foundations/kernel';
import { workspaceStream, type Deed, type Many, type Ref, type Sent, type StreamKey } from '@noroshi/foundations/sync';

/** One command as it is to be judged. */
export interface Asked {
  readonly actor: Actor;
  readonly deed: Deed;
  readonly sent: Sent;
}

/** A rule threw. That is a bug: it is reported, the sender is told `command.failed`, and nothing is stored. */
export class RuleFailed extends Error {}

/** Calls a room's own code. What it throws is a bug there and not the database's fault. */
export function asRule<T>(rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    throw new RuleFailed(`a rule threw: ${(error as Error).message}`, { cause: error });
  }
}

/** The streams that a command will write to, as far as they can be known before it is judged. */
export function streamsOf({ deed, sent }: Asked): readonly StreamKey[] {
  const own = asRule(() => deed.streams(sent.input));
  return deed.alone ? [...own, workspaceStream] : own;
}

/** What its rule needs to know, by the names under which it is handed it. */
export function needsOf({ deed, sent, actor }: Asked): Record<string, Ref | Many> {
  return asRule(() => deed.needs(sent.input, actor) as Record<string, Ref | Many>);
}

/** The single things among these. */
export function refsOf(one: Asked): Ref[] {
  return Object.values(needsOf(one)).filter((need): need is Ref => 'noun' in need);
}
