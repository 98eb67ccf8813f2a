import { wallAhead, type Id } from '@noroshi/foundations/kernel';
import { ask, useLine, useLive, useStair } from '@noroshi/foundations/web';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { useEffect, useState } from 'preact/hooks';
import { toldLate, type LateNote } from '../questions.ts';

/**
 * What this device has to tell the audit: whose card was opened, which table was made of what lies here. It is kept beside
 * the drafts, on the disk before anything else is done, and goes when the outbox is empty: what people write is never held
 * up by it.
 */

/** Where a note stands among the drafts. */
const drawer = 'audit/';
/** More of them are not kept one by one: what comes then is only counted. */
const most = 300;
/** As many go at once; a door takes no long words. */
const atOnce = 40;
/** Nothing waits for it: after the words have gone, in milliseconds. */
const pause = 2_000;
/** After this it is tried again, in milliseconds. */
const again = 60_000;

type Kept = LateNote & { /** It is on its way: another of the same is a note of its own. */ readonly going?: boolean };
const dayOf = (at: number): number => Math.floor((at + wallAhead) / 86_400_000);

async function readAll({ replica }: LowerEnd): Promise<Kept[]> {
  return (await replica.outbox.draft.where('place').startsWith(drawer).toArray()).map(({ text }) => JSON.parse(text) as Kept);
}
const put = ({ replica }: LowerEnd, kept: Kept): Promise<unknown> => replica.outbox.draft.put({ place: `${drawer}${kept.id}`, text: JSON.stringify(kept), at: kept.at });
const drop = ({ replica }: LowerEnd, ids: readonly Id[]): Promise<void> => replica.outbox.draft.bulkDelete(ids.map((id) => `${drawer}${id}`));

/**
 * Keeps a note until it is told. The same of one day is one note with a number.
 * @param off whether there was no line when it happened
 * @returns its id
 */
export async function keepNote(stair: LowerEnd, what: LateNote['what'], about: { readonly of?: Id; readonly note?: string }, off: boolean): Promise<Id> {
  const { outbox } = stair.replica;
  return await outbox.transaction('rw', outbox.draft, async () => {
    const all = await readAll(stair);
    // By this device's own clock: without a line it does not know how wrong that is, and knows it when it tells.
    const now = stair.now() - stair.skew;
    const same = (one: Kept, of: { readonly of?: Id; readonly note?: string }): boolean => !one.going && one.what === what && dayOf(one.at) === dayOf(now) && one.off === off && one.of === of.of && one.note === of.note;
    // When the drawer is full it is told how many there were, and not of whom.
    const isOne = all.find((one) => same(one, about)) ?? (all.length < most ? undefined : all.find((one) => same(one, {})));
    const kept: Kept = isOne ? { ...isOne, times: isOne.times + 1 } : { id: stair.newId(), what, at: now, times: 1, off, ...(all.length < most ? about : {}) };
    await put(stair, kept);
    return kept.id;
  });
}

/** It was told by another way. */
export const dropNote = (stair: LowerEnd, id: Id): Promise<void> => drop(stair, [id]);

/** Tells what is kept, the oldest first. @returns whether there is nothing more to tell */
export async function tellNotes(stair: LowerEnd): Promise<boolean> {
  const { outbox } = stair.replica;
  for (;;) {
    const some = await outbox.transaction('rw', outbox.draft, async () => {
      const first = (await readAll(stair)).toSorted((a, b) => a.at - b.at).slice(0, atOnce);
      for (const one of first) if (!one.going) await put(stair, { ...one, going: true });
      return first;
    });
    if (some.length === 0) return true;
    const notes = some.map(({ id, what, of, note, at, times, off }) => ({ id, what, ...(of ? { of } : {}), ...(note ? { note } : {}), at: at + stair.skew, times, off }));
    const told = await ask(toldLate, { by: stair.actor.person, notes });
    // What the house cannot read today it will not read tomorrow, and nothing behind it would ever be told.
    if (!told.ok && !told.code.startsWith('input.')) return false;
    await drop(stair, some.map(({ id }) => id));
  }
}

/** Tells what is kept whenever there is a line and nothing that anyone has written waits. */
export function useTelling(): void {
  const stair = useStair();
  const line = useLine();
  const [failed, fail] = useState(0);
  const ready = useLive(async ({ replica: { outbox } }) => (await outbox.draft.where('place').startsWith(drawer).count()) > 0 && (await outbox.item.where('state').equals('waiting').count()) === 0) ?? false;
  const isOpen = line.state === 'open';
  useEffect(() => {
    if (!ready || !isOpen) return;
    const timer = setTimeout(() => void tellNotes(stair).then((all) => { if (!all) fail((times) => times + 1); }, (error: unknown) => console.warn(error)), failed === 0 ? pause : again);
    return () => clearTimeout(timer);
  }, [stair, ready, isOpen, failed]);
  useEffect(() => { if (!isOpen) fail(0); }, [isOpen]);
}
