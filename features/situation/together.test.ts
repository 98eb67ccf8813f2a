import type { Incident } from '@noroshi/features/incident';
import { derivedId } from '@noroshi/foundations/kernel';
import { describe, expect, it } from 'vitest';
import { together, type Figures, type Told } from './together.ts';

const told = (name: string, drill: boolean, openedAt: number, sums: Figures | undefined, more: Partial<Incident> = {}): Told => ({
  sums, incident: { id: derivedId('together', name), name, kind: 'flood', drill, openedAt, openedBy: 'hanako', affected: [], roles: [], headquarters: 'ehime', planVersion: '2018年度', planRevision: 1, revision: 1, ...more },
});
const figures = (needed: number, committed: number, arrived: number, short: number, surplus = 0, home = 0): Figures => ({ needed, committed, arrived, short, surplus, home });
const names = (all: readonly Told[]): string[] => all.map(({ incident }) => incident.name);

describe('A3 several incidents at once', () => {
  it('adds up two real ones, figure by figure, and never a drill among them', () => {
    const all = together([told('豪雨', false, 1, figures(14, 10, 0, 4)), told('訓練', true, 3, figures(500, 400, 300, 100, 9, 8)), told('地震', false, 2, figures(6, 8, 5, 0, 2, 1))]);
    expect([names(all.real), names(all.drills)]).toEqual([['地震', '豪雨'], ['訓練']]);
    expect(all.sums).toEqual(figures(20, 18, 5, 4, 2, 1));
  });

  it('says nothing where nobody has asked in a real one, however much is asked in drills, and nothing of what is over', () => {
    expect(together([told('豪雨', false, 1, undefined), told('訓練', true, 2, figures(5, 0, 0, 5))]).sums).toBeUndefined();
    expect(together([told('豪雨', false, 1, figures(5, 0, 0, 5), { closedAt: 9 })])).toEqual({ real: [], drills: [], sums: undefined });
  });
});
