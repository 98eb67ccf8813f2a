import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { freshId, personOf } from '@noroshi/foundations/testing';
import type { Event } from '@noroshi/foundations/sync';
import { expect, it } from 'vitest';
import { incidentChronicled } from './chronicled.ts';
import { closed, incident, opened, widened, type Incident } from './disaster.ts';

const [id, ehime, seiyo, ozu] = [freshId(), freshId(), freshId(), freshId()];
const [hanako, taro] = [personOf('member', ehime), personOf('member', seiyo)];
const named = new Map([[ehime, '愛媛県'], [seiyo, '西予市'], [ozu, '大洲市']]);
const names = { org: (one: string) => named.get(one) ?? '', person: () => '' };
const ja = words('ja', japanese);

/** The incident after these events, by the folds themselves. */
function after(drill: boolean, ...happened: readonly (readonly [kind: { kind: string }, at: number, by: typeof hanako, body: object])[]): Incident {
  let now: unknown;
  for (const [{ kind }, at, by, body] of happened) {
    const event = { stream: 'w', seq: 1, id, n: 0, kind, at, by: by.person, org: by.org, incident: id, drill, body } as Event<any>;
    now = incident.folds.get(kind)!.evolve(now as Incident | undefined, event);
  }
  return now as Incident;
}

it('K8 that it was opened, that more towns are hit and that it ended stand in the chronology, each with its time and with whose word it was', () => {
  const begun = (drill: boolean) => [opened, 10, taro, { id, name: '豪雨', kind: 'flood', drill, affected: [seiyo], roles: [], headquarters: ehime, planVersion: '', planRevision: 1 }] as const;
  const flood = after(false, begun(false), [widened, 20, hanako, { id, affected: [seiyo, ozu], roles: [] }], [closed, 30, hanako, { id }]);
  const orgOf = (one: string) => [hanako, taro].find(({ person }) => person === one)?.org;
  expect(incidentChronicled(flood, orgOf).map(({ at, org, about, says }) => [at, org, about, says(ja, names)])).toEqual([
    [10, seiyo, [seiyo], '災害「豪雨」を開きました。被災：西予市'],
    [20, ehime, [ozu], '「豪雨」の被災市町に大洲市が加わりました。'],
    [30, ehime, [seiyo, ozu], '「豪雨」への対応を終了しました。'],
  ]);
  expect(incidentChronicled(after(true, begun(true)), orgOf).map(({ says }) => says(ja, names))).toEqual(['訓練「豪雨」を開きました。被災（想定）：西予市　実際の災害ではありません。']);
});
