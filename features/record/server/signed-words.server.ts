import { canonical, type Id } from '@noroshi/foundations/kernel';
import type { CardMet, HouseHere, SignaturesOf, SignedHere, SignedParcel } from '@noroshi/foundations/parcel';
import type { StreamKey } from '@noroshi/foundations/sync';
import { isShown, type CardLine, type EventLine, type PassedLine, type SignedLine } from '../proof/form.ts';

/** So many events are asked for at once. */
const page = 2_000;

export interface SignedNeeds {
  readonly signatures: SignaturesOf;
  /** Events in the order of the log. */
  readonly lines: AsyncIterable<{ readonly line: EventLine }>;
  /** Whether events of this kind, by its number, come with a parcel. */
  readonly isSigned: (kind: number) => boolean;
  /** The shared rooms that are shown, and whether all of each is: then what came in it is told without a hole. */
  readonly shared: ReadonlyMap<StreamKey, { readonly isWhole: boolean }>;
  /** The event by which a card was read in, with its place in the log. */
  readonly met: (at: CardMet) => EventLine | undefined;
  /** Up to where the record goes that is taken out. */
  readonly record: Parameters<SignaturesOf['here']>[0];
}

/**
 * The lines of partners.jsonl: the cards; then what partners signed of events that are shown, in the order of the log; then, of a room that is shown whole,
 * what else of theirs has a number before the last of these. Where words are hidden, no salt goes out by which they could be guessed: only that it was signed.
 */
export async function* signedLines({ signatures, lines, isSigned, shared, met, record }: SignedNeeds): AsyncGenerator<string> {
  const cards = new Map<Id, CardLine & { readonly rooms: SignedParcel[] }>();
  let here: HouseHere | undefined;
  for (const room of shared.keys()) {
    for (const { card, met: at } of signatures.partners(room)) {
      const line = cards.get(card.id)?.met ?? met(at);
      if (!line) continue;
      here ??= await signatures.here(record);
      const one = cards.get(card.id) ?? { ...card, met: line, here, rooms: [] };
      one.rooms.push(...(await signatures.named(room, card.id)));
      cards.set(card.id, one);
    }
  }
  for (const one of cards.values()) yield `${canonical(one satisfies CardLine)}\n`;
  const numbers = new Map<Id, Set<number>>();
  let batch: EventLine[] = [];
  const flush = async function* (): AsyncGenerator<string> {
    const found = new Map<Id, SignedHere>();
    for (const [key, of] of Map.groupBy(batch, ({ stream }) => stream)) for (const [id, one] of await signatures.of(key, of.map(({ id }) => id))) found.set(id, one);
    for (const line of batch) {
      const { i, id, org } = line;
      const one = found.get(id);
      if (one?.partner.org !== org) continue;
      if (shared.get(line.stream)!.isWhole) numbers.set(one.share, (numbers.get(one.share) ?? new Set()).add(one.no));
      const { head, sig, ...words } = one.parcel;
      yield `${canonical({ i, org, head, sig, ...(isShown(line) ? words : {}) } satisfies SignedLine)}\n`;
    }
    batch = [];
  };
  for await (const { line } of lines) {
    if (shared.has(line.stream) && isSigned(line.kind)) batch.push(line);
    if (batch.length >= page) yield* flush();
  }
  yield* flush();
  for (const [share, shown] of numbers) {
    const last = [...shown].reduce((most, no) => Math.max(most, no), 0);
    for await (const { no, org, head, sig } of signatures.upTo(share, last)) if (!shown.has(no)) yield `${canonical({ org, head, sig } satisfies PassedLine)}\n`;
  }
}
