import { canonical, type Id } from '@noroshi/foundations/kernel';
import type { SignaturesOf } from '@noroshi/foundations/parcel';
import type { StreamKey } from '@noroshi/foundations/sync';
import { isPartlyShown, isShown, type EventLine, type SignedLine } from '../proof/form.ts';

type SignedHere = Awaited<ReturnType<SignaturesOf['of']>> extends ReadonlyMap<Id, infer One> ? One : never;

/** So many events are asked for at once. */
const page = 2_000;

/** The lines of partners.jsonl (`isSigned`: of events of these kinds, by their numbers): what partners signed of events of which words are shown, in the order of the log. Where some are hidden, no salt goes out by which they could be guessed: only that it was signed. */
export async function* signedLines(lines: AsyncIterable<{ line: EventLine }>, isSigned: (kind: number) => boolean, shared: ReadonlySet<StreamKey>, signatures: SignaturesOf): AsyncGenerator<string> {
  const told = new Set<Id>();
  let batch: EventLine[] = [];
  const flush = async function* (): AsyncGenerator<string> {
    const found = new Map<Id, SignedHere>();
    for (const [key, of] of Map.groupBy(batch, ({ stream }) => stream)) for (const [id, one] of await signatures.of(key, of.map(({ id }) => id))) found.set(id, one);
    for (const line of batch) {
      const { i, id, org } = line;
      const one = found.get(id);
      if (one?.partner.org !== org) continue;
      if (!told.has(org)) yield `${canonical(one.partner)}\n`;
      told.add(org);
      const { head, sig, ...words } = one.parcel;
      yield `${canonical({ i, org, head, sig, ...(isShown(line) ? words : {}) } satisfies SignedLine)}\n`;
    }
    batch = [];
  };
  for await (const { line } of lines) {
    if (shared.has(line.stream) && isSigned(line.kind) && isPartlyShown(line)) batch.push(line);
    if (batch.length >= page) yield* flush();
  }
  yield* flush();
}
