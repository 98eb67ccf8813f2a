import { derivedId, type Actor, type Id, type Role } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import { describe, expect, it } from 'vitest';
import { awayNow, person, setAway, type Person } from './directory.ts';

const idOf = (name: string): Id => derivedId('directory', name);
const one = (name: string, org: string, role: Exclude<Role, 'system'> = 'member'): Person => ({ id: idOf(name), org: idOf(org), role, name, kana: '', phones: [] });
const as = ({ id, org, role }: Person): Actor => ({ person: id, org, role });
const [taro, jun, aoi, hanako, manager, mika] = [one('taro', 'seiyo'), one('jun', 'seiyo'), one('aoi', 'saijo'), one('hanako', 'ehime', 'administrator'), one('nozomi', 'seiyo', 'manager'), one('mika', 'hiroshima', 'guest')];
const now = 1_000_000;

const may = (by: Person, who: Person | undefined, said: { until?: number; from?: number; standIn?: Person } = { until: now + 1 }): string => {
  const { standIn, ...times } = said;
  const verdict = setAway.may(as(by), { who, other: standIn }, { person: who?.id ?? idOf('nobody'), ...times, ...(standIn ? { standIn: standIn.id } : {}) }, { now, id: idOf('deed'), newId: idOf });
  return verdict.ok ? 'ok' : verdict.code;
};

describe('away', () => {
  it('C7 is said by oneself, by administrators, and by managers in their own organization', () => {
    expect(may(taro, taro)).toBe('ok');
    expect(may(hanako, taro)).toBe('ok');
    expect(may(manager, taro)).toBe('ok');
    expect(may(hanako, hanako)).toBe('ok');
    expect(may(manager, aoi)).toBe('directory.notAllowed');
    expect(may(manager, one('chief', 'seiyo', 'administrator'))).toBe('directory.notAllowed');
    expect(may(jun, taro)).toBe('directory.notAllowed');
    expect(may(taro, undefined)).toBe('directory.notAllowed');
    expect(may(hanako, undefined)).toBe('directory.notFound');
    expect(may(mika, mika)).toBe('directory.notFound');
  });

  it('C7 needs a time to come, in its order, and another who is inside to stand in', () => {
    expect(may(taro, taro, { until: now })).toBe('directory.awayOver');
    expect(may(taro, taro, { from: now + 5, until: now + 5 })).toBe('directory.awayBackwards');
    expect(may(taro, taro, { until: now + 5, standIn: taro })).toBe('directory.standInIsSelf');
    expect(may(taro, taro, { until: now + 5, standIn: mika })).toBe('directory.personNotFound');
    expect(may(taro, taro, { until: now + 5, standIn: { ...jun, disabled: true } })).toBe('directory.personNotFound');
    expect(may(taro, taro, { until: now + 5, standIn: jun })).toBe('ok');
    expect(may(taro, taro, {})).toBe('ok');
  });

  it('C7 begins and ends by the clock, and is over when they say so; a new name does not end it', () => {
    const after = (who: Person, kind: string, body: object): Person => person.folds.get(kind)!.evolve(who, { stream: workspaceStream, seq: 9, id: 'e', n: 0, kind, at: now, by: who.id, org: who.org, body })!;
    const gone = after(taro, 'directory.awaySet', { person: taro.id, from: 10, until: 20, standIn: jun.id });
    expect([9, 10, 19, 20].map((at) => awayNow(gone, at)?.standIn)).toEqual([undefined, jun.id, jun.id, undefined]);
    expect(awayNow(after(gone, 'directory.personAmended', { id: taro.id, name: '太郎', kana: '', phones: [] }), 15)?.until).toBe(20);
    expect(awayNow(after(gone, 'directory.awaySet', { person: taro.id }), 15)).toBeUndefined();
    expect(awayNow(taro, 15)).toBeUndefined();
  });
});
