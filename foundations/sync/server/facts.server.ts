import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, workspaceStream, type Doc, type Many, type Member, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import { needsOf, RuleFailed, type Asked } from './asked.server.ts';
import type { Memory } from './memory.server.ts';

/** Where facts are taken from. */
export interface FactsFrom {
  readonly memory: Memory;
  /** One thing as it is now, in the batch at work. */
  readonly read: (noun: string, id: string) => Doc | undefined;
  /** What this batch has made or changed. */
  readonly made: ReadonlyMap<string, Doc>;
}

/** What a rule is handed, by the names it has for it. @param streams those the deed writes to */
export function factsOf(one: Asked, streams: readonly StreamKey[], from: FactsFrom): Record<string, unknown> {
  return Object.fromEntries(Object.entries(needsOf(one)).map(([name, need]) => [name, 'noun' in need ? fact(one, need, streams, from) : many(one, need, from)]));
}

/** A rule is handed only what stands in the deed's own streams or in the workspace: what lies elsewhere does not exist for it. */
function fact({ deed, actor }: Asked, need: Ref, streams: readonly StreamKey[], { memory, read }: FactsFrom): unknown {
  const doc = read(need.noun, need.id);
  if (!doc || (need.stream !== undefined && need.stream !== doc.stream)) return undefined;
  if ((deed.alone && need.stream === undefined) || actor.role === 'system') return doc.value;
  if (doc.stream !== workspaceStream && need.stream === undefined && !streams.includes(doc.stream)) return undefined;
  const stay = currentStay(memberIn(doc.stream, actor.person, read));
  return doc.stream === workspaceStream || (stay && memory.isVisible(doc, stay)) ? doc.value : undefined;
}

function many({ deed }: Asked, need: Many, { memory, made }: FactsFrom): unknown[] {
  if (!deed.alone) throw new RuleFailed(`${deed.deed} asks for many things without the workspace's lock`);
  const everywhere = need.stream === '*';
  const keys = everywhere ? [...memory.streams.keys()] : need.person !== undefined ? [...memory.sight(need.person).keys()] : [need.stream ?? workspaceStream];
  const docs = new Map<string, Doc>();
  for (const key of keys) for (const doc of memory.each(key, need.many)) docs.set(doc.id, doc);
  for (const doc of made.values()) if (doc.noun === need.many && (everywhere || keys.includes(doc.stream))) docs.set(doc.id, doc);
  const mine = [...docs.values()].filter((doc) => need.person === undefined || (doc.value as { person?: Id }).person === need.person);
  return mine.map((doc) => (everywhere || need.person !== undefined ? { ...(doc.value as object), stream: doc.stream } : doc.value));
}

/** Someone's place in a stream, as the batch at work has it. */
export function memberIn(stream: StreamKey, person: Id, read: FactsFrom['read']): Member | undefined {
  return read('member', `${stream}/${person}`)?.value as Member | undefined;
}
