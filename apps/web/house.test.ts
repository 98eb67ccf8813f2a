import { assembleForDevice, editionOf } from '@noroshi/foundations/sync';
import { expect, it } from 'vitest';
import { house as whole } from '../house.ts';
import { house as held, late } from './house.ts';

const names = (of: { kinds: ReadonlyMap<string, unknown>; nounByName: ReadonlyMap<string, unknown> }): string[][] => [[...of.kinds.keys()].toSorted(), [...of.nounByName.keys()].toSorted()];

it('S123 what comes late says its numbers and its edition, and holds nothing that counts as unread', async () => {
  const messages = held.messageNouns;
  const here = new Set(held.kindByNo.keys());
  for (const { name, kinds: [from, to], edition, load } of late) {
    const facts = await load();
    expect(facts.name).toBe(name);
    expect(`${name} ${edition}`).toBe(`${name} ${editionOf(facts)}`);
    for (const { no } of facts.events) expect(no >= from && no <= to, `${name}: ${no}`).toBe(true);
    // Nothing of another room has a number that would be waited for.
    for (let no = from; no <= to; no++) expect(here.has(no), `${no}`).toBe(false);
  }
  expect(messages).toEqual(whole.messageNouns);
});

it('K15 what takes words out of the things of all rooms has these here before it, so that none of them keeps its words', async () => {
  const fresh = assembleForDevice([], late);
  expect(late.some(({ name }) => fresh.late!.isHere(name))).toBe(false);
  await fresh.late!.meet('keeping');
  expect(late.filter(({ name }) => !fresh.late!.isHere(name))).toEqual([]);
});

it('a device holds every kind of event and thing that there is, once what comes late has come', async () => {
  for (const { name, kinds: [from] } of late) {
    expect([held.late!.roomOf(from), held.late!.isHere(name)]).toEqual([name, false]);
    await held.late!.meet(name);
    expect(held.late!.isHere(name)).toBe(true);
  }
  expect(names(held)).toEqual(names(whole));
});
