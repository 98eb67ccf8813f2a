import { hotline, type Hotline } from '../../e2e/box/hotline.ts';
import { addPerson, disablePerson } from '@noroshi/features/directory';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { until } from '@noroshi/foundations/testing';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSwap, askSwap, monthOf, roster, rosterId, setRoster, type Roster, type Shift } from './rota.ts';

const hour = 3_600_000;
let box: Hotline;
const jun = { person: '', org: '', role: 'member' } as { -readonly [K in keyof Actor]: Actor[K] };
beforeAll(async () => {
  box = await hotline();
  Object.assign(jun, { person: fresh(), org: box.orgs.seiyo });
  await box.does('system', addPerson, { id: jun.person, org: jun.org, role: 'member', name: '三好 順', kana: '', phones: [], post: { id: fresh(), title: '危機管理課', duty: 'disaster', rank: 40 } });
});
afterAll(() => box.close());

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const month = (): string => monthOf(box.clock.now());
const at = (): Roster => box.stair.memory.get(roster.noun, rosterId(box.orgs.seiyo, month()))!.value as Roster;
const does = async (who: Actor, deed: { deed: string }, input: unknown): Promise<string | undefined> => {
  const answer = await box.stair.submit(who, { id: fresh(), name: deed.deed, input });
  return answer.ok ? undefined : answer.code;
};
let turns = 1;
const tonight = (more: Partial<Shift> = {}): Shift => ({ id: turns++, from: box.clock.now() - hour, until: box.clock.now() + 10 * hour, person: box.cast.taro.person, ...more });
const writes = (who: Actor, shifts: readonly Shift[], sees: number, org = box.orgs.seiyo): Promise<string | undefined> => does(who, setRoster, { org, month: month(), sees, shifts });

describe('当番表', () => {
  it('DR1 DR2 its own people keep it, and nobody writes over what they have not seen; whoever is on it is of theirs', async () => {
    const { taro, aoi, hanako, mika } = box.cast;
    const one = tonight({ deputy: jun.person });
    expect(await writes(aoi, [one], 0)).toBe('rota.notYours');
    expect(await writes(mika, [one], 0)).toBe('stream.notFound');
    expect(await writes(taro, [tonight({ person: aoi.person })], 0)).toBe('rota.notOfTheirs');
    expect(await writes(taro, [tonight({ person: fresh() })], 0)).toBe('rota.notOfTheirs');
    expect(await writes(taro, [one, one], 0)).toBe('rota.twice');
    expect(await writes(taro, [{ ...one, until: one.from }], 0)).toBe('rota.endsBefore');
    expect(await writes(taro, [one], 0)).toBeUndefined();
    expect(await writes(jun, [], 0)).toBe('rota.changedMeanwhile');
    // An administrator of the prefecture tends it too.
    expect(await writes(hanako, [one], 1)).toBeUndefined();
    expect(at()).toMatchObject({ rev: 2, shifts: [{ person: taro.person, deputy: jun.person }] });
    // On every device of those who have an address book; a guest holds nothing of it.
    const [ken, guest] = [box.device('ken'), box.device('mika')];
    await until(async () => (await ken.end.replica.all(roster.noun)).length === 1, 'the roster to be on the device');
    expect(await guest.end.replica.all(roster.noun)).toEqual([]);
  });

  it('DR3 a turn is taken over by whom it was asked of, and by nobody else; whose it was is written down', async () => {
    const { taro, aoi } = box.cast;
    const shift = at().shifts[0]!.id;
    const where = { org: box.orgs.seiyo, month: month(), shift };
    expect(await does(aoi, askSwap, { ...where, to: jun.person })).toBe('rota.notYours');
    expect(await does(taro, askSwap, { ...where, to: aoi.person })).toBe('rota.notOfTheirs');
    expect(await does(taro, askSwap, { ...where, to: taro.person })).toBe('rota.theirsAlready');
    expect(await does(taro, askSwap, { ...where, to: jun.person })).toBeUndefined();
    expect(await does(taro, askSwap, { ...where, to: jun.person })).toBe('rota.askedAlready');
    expect(await does(aoi, answerSwap, { ...where, accepts: true })).toBe('rota.notAsked');
    expect(at().shifts[0]).toMatchObject({ person: taro.person, asked: { to: jun.person, by: taro.person } });
    expect(await does(jun, answerSwap, { ...where, accepts: false })).toBeUndefined();
    expect(at().shifts[0]).not.toHaveProperty('asked');
    expect(await does(taro, askSwap, { ...where, to: jun.person })).toBeUndefined();
    expect(await does(jun, answerSwap, { ...where, accepts: true })).toBeUndefined();
    // Who was the deputy holds the line now, and whose it was stands in.
    expect(at().shifts[0]).toMatchObject({ person: jun.person, deputy: taro.person, was: [taro.person] });
    expect(await does(taro, askSwap, { ...where, shift: 99, to: jun.person })).toBe('rota.notFound');
    // Written anew, what became of a turn stays with it.
    expect(await writes(taro, at().shifts.map(({ id, from, until: end, person }) => ({ id, from, until: end, person })), at().rev)).toBeUndefined();
    expect(at().shifts[0]!.was).toEqual([taro.person]);
  });

  it('DR1 DR3 what is over is not asked of anybody, and who left stays where they stood and is put nowhere else', async () => {
    const { taro } = box.cast;
    const [stands] = at().shifts;
    box.clock.pass(11 * hour);
    expect(await does(jun, askSwap, { org: box.orgs.seiyo, month: month(), shift: stands!.id, to: taro.person })).toBe('rota.over');
    await box.does('hanako', disablePerson, { id: jun.person });
    const kept = { id: stands!.id, from: stands!.from, until: stands!.until, person: jun.person };
    expect(await writes(taro, [kept, tonight({ person: jun.person })], at().rev)).toBe('rota.notOfTheirs');
    expect(await writes(taro, [kept], at().rev)).toBeUndefined();
  });
});
