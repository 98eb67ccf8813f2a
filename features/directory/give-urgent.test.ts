import { derivedId, type Actor, type Id, type Role } from '@noroshi/foundations/kernel';
import { workspaceStream, type Deed, type Event } from '@noroshi/foundations/sync';
import { describe, expect, it } from 'vitest';
import { amendPerson, giveRole, giveUrgent, person, type Person } from './directory.ts';

const idOf = (name: string): Id => derivedId('directory', name);
const one = (name: string, org: string, role: Exclude<Role, 'system'> = 'member'): Person => ({ id: idOf(name), org: idOf(org), role, name, kana: '', phones: [] });
const as = ({ id, org, role }: Person): Actor => ({ person: id, org, role });
const taro = one('taro', 'seiyo');
const hanako = one('hanako', 'ehime', 'administrator');
const manager = one('nozomi', 'seiyo', 'manager');

const may = (by: Person, who: Person | undefined, given = false): string => {
  const verdict = giveUrgent.may(as(by), { who }, { id: who?.id ?? idOf('nobody'), given }, { now: 0, id: idOf('deed'), newId: idOf });
  return verdict.ok ? 'ok' : verdict.code;
};

describe('the right to send as urgent', () => {
  it('C3b is taken and given back by administrators, and by managers in their own organization', () => {
    for (const given of [false, true]) {
      expect(may(hanako, taro, given)).toBe('ok');
      expect(may(manager, taro, given)).toBe('ok');
      expect(may(one('ken', 'iyo', 'manager'), taro, given)).toBe('directory.notAllowed');
      expect(may(one('ken', 'seiyo'), taro, given)).toBe('directory.notAllowed');
      expect(may(one('mika', 'seiyo', 'guest'), taro, given)).toBe('directory.notAllowed');
      expect(may(taro, taro, given)).toBe('directory.notAllowed');
      // Neither an administrator nor a manager has it from oneself: what another took stays taken.
      expect(may(hanako, hanako, given)).toBe('directory.notYourself');
      expect(may(manager, manager, given)).toBe('directory.notYourself');
      expect(may(manager, one('chief', 'seiyo', 'administrator'), given)).toBe('directory.notAllowed');
      expect(may(hanako, one('chief', 'seiyo', 'administrator'), given)).toBe('ok');
      expect(may(hanako, one('mika', 'hiroshima', 'guest'), given)).toBe('directory.guestNeverUrgent');
      expect(may(hanako, undefined, given)).toBe('directory.notFound');
      expect(may(manager, undefined, given)).toBe('directory.notAllowed');
    }
  });

  it('C3b is there from the start, says who took it first, and outlives a new name and a new role', () => {
    let seq = 1;
    const after = (who: Person, kind: string, body: unknown, by = hanako): Person => {
      seq += 1;
      const event: Event<any> = { stream: workspaceStream, seq, id: idOf('deed'), n: 0, kind, at: seq, by: by.id, org: by.org, body };
      return person.folds.get(kind)!.evolve(who, event)!;
    };
    const does = <I>(who: Person, deed: Deed<I, any>, input: I, by = hanako): Person =>
      deed.then(input, {}, as(by), { now: 0, id: idOf('deed'), newId: idOf }).reduce((now, effect) => ('kind' in effect ? after(now, effect.kind.kind, effect.body, by) : now), who);
    const taken = does(taro, giveUrgent, { id: taro.id, given: false });
    expect(taken).toEqual({ ...taro, noUrgent: { by: hanako.id, at: 2 } });
    expect(does(taken, giveUrgent, { id: taro.id, given: false }, manager)).toEqual(taken);
    const renamed = does(does(taken, amendPerson, { id: taro.id, name: '兵頭', kana: '', phones: [] }), giveRole, { id: taro.id, role: 'manager' });
    expect(renamed).toMatchObject({ name: '兵頭', role: 'manager', noUrgent: taken.noUrgent });
    expect(does(taken, giveUrgent, { id: taro.id, given: true })).toEqual(taro);
  });
});
