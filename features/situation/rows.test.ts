import type { Incident } from '@noroshi/features/incident';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import { describe, expect, it } from 'vitest';
import { callsForEyes, rowsOf, states, type Sighting, type State } from './rows.ts';

const idOf = (name: string): Id => derivedId('situation', name);
const [seiyo, ozu, uwajima, saijo, iyo, kamijima] = ['seiyo', 'ozu', 'uwajima', 'saijo', 'iyo', 'kamijima'].map(idOf) as [Id, Id, Id, Id, Id, Id];
const incident: Incident = {
  id: idOf('flood'), name: '平成30年7月豪雨', kind: 'flood', drill: false, openedBy: idOf('hanako'), planVersion: '2018年度', planRevision: 1, revision: 1, headquarters: idOf('ehime'), openedAt: 4, affected: [seiyo, ozu, uwajima],
  roles: [seiyo, ozu, uwajima].map((affected) => ({ affected, primary: saijo, secondaries: [iyo], assumed: false, room: idOf('room') })),
};
const towns = [kamijima, iyo, saijo, uwajima, ozu, seiyo];
const seen = (org: Id, state: State, since: number): Sighting => ({ org, state, since });
const order = (all: readonly Sighting[]): string[] => rowsOf(incident, towns, all).map(({ org, state }) => `${['seiyo', 'ozu', 'uwajima', 'saijo', 'iyo', 'kamijima'].find((name) => idOf(name) === org)} ${state}`);

describe('A1 the rows of the situation', () => {
  it('are in the order in which they need eyes: short, late, out of reach, then who weighs, helps, is served; of equals the oldest first', () => {
    expect(order([seen(iyo, 'considers', 1), seen(saijo, 'late', 2), seen(uwajima, 'short', 9), seen(ozu, 'unreached', 1), seen(seiyo, 'short', 3)]))
      .toEqual(['seiyo short', 'uwajima short', 'saijo late', 'ozu unreached', 'iyo considers', 'kamijima calm']);
  });

  it('name every municipality once, by what is seen of it that needs eyes first, and keep the rest behind it', () => {
    const [row] = rowsOf(incident, [saijo], [seen(saijo, 'helps', 1), seen(saijo, 'late', 7), seen(saijo, 'late', 5)]);
    expect([row!.state, row!.first!.since, row!.others.map(({ since }) => since)]).toEqual(['late', 5, [7, 1]]);
  });

  it('say of whom nothing is seen whether they are hit, since when, and whether the plan has given them a part', () => {
    expect(order([])).toEqual(['uwajima silent', 'ozu silent', 'seiyo silent', 'iyo standsBy', 'saijo standsBy', 'kamijima calm']);
    expect(rowsOf(incident, [ozu], [])[0]).toMatchObject({ since: 4 });
    expect(rowsOf(incident, towns, []).map(({ role }) => role)).toEqual(['affected', 'affected', 'affected', 'secondary', 'primary', 'none']);
  });

  it('call for eyes only where something is short, late, out of reach, without a report of its damage, or hit and silent', () => {
    expect(states.filter(callsForEyes)).toEqual(['short', 'late', 'unreached', 'unreported', 'silent']);
  });
});
