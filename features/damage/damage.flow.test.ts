import { damageSheet, figuresOf, report, sheetId, type DamageSheet } from '@noroshi/features/damage';
import { openRoom, room, say, type Room } from '@noroshi/features/talk';
import { hotline, type Hotline } from '@noroshi/e2e/box';
import { freshId, until } from '@noroshi/foundations/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

let box: Hotline;
beforeEach(async () => { box = await hotline(); });
afterEach(() => box?.close());

type On = ReturnType<Hotline['device']>;
const held = async (d: On, id: string): Promise<DamageSheet | undefined> => (await d.end.replica.get<DamageSheet>(damageSheet.noun, id)) ?? undefined;

it('D1 a report written without a network goes out by itself, is numbered, and everyone inside has it; a guest hears nothing', async () => {
  await box.plans();
  const flood = await box.flood();
  const [taro, hanako, mika] = [box.device('taro'), box.device('hanako'), box.device('mika')];
  await until(() => [taro, hanako, mika].every((d) => d.state() === 'open'), 'all to be on the line');
  await until(async () => (await taro.end.replica.all('incident')).length === 1, 'the flood to be known');
  const sheet = sheetId(flood, box.orgs.seiyo);
  const asOf = box.clock.now();
  const says = (n: number | null, sees: number) => ({ incident: flood, town: box.orgs.seiyo, kind: 'short' as const, form: 1, sees, asOf, told: [{ key: 'dead', n, confirmed: false, asOf, source: '消防' }] });
  taro.wire.cut({ stay: true });
  expect(await taro.end.send(report, says(null, 0))).toMatchObject({ ok: true });
  expect(await held(hanako, sheet)).toBeUndefined();
  taro.wire.mend();
  await until(async () => (await held(hanako, sheet))?.reports.length === 1, 'Hanako to have the first report');
  expect(figuresOf((await held(hanako, sheet))!.reports).get('dead')).toMatchObject({ n: null, source: '消防', rev: 1 });
  // The prefecture adds what it heard; both stand, in one order for all.
  await box.does('hanako', report, says(1, 1));
  await until(async () => (await held(taro, sheet))?.reports.length === 2, 'Taro to have the second');
  expect((await held(taro, sheet))!.reports.map(({ org }) => org)).toEqual([box.orgs.seiyo, box.orgs.ehime]);
  expect(await mika.end.replica.all(damageSheet.noun)).toEqual([]);
  await box.everyoneAgrees();
});

it('D10 no figure is taken from a talk that one may not read, nor from a message that is not there, nor out of a drill into what is real', async () => {
  await box.plans();
  const [flood, drill] = [await box.flood(), await box.flood(undefined, { drill: true, name: '防災訓練' })];
  const asOf = box.clock.now();
  const secret = await box.does('hanako', openRoom, { id: freshId(), kind: 'purpose', name: '県の会議', short: '会議', orgs: [box.orgs.ehime], people: [] }).then(() => roomNamed('県の会議'));
  const [heard, hidden] = [await box.does('taro', say, { room: box.groupC, text: '野村で2人' }), await box.does('hanako', say, { room: secret, text: '公表前：死者9人' })];
  const code = async (who: 'taro' | 'hanako', incident: string, room: string, message: string): Promise<string> => {
    const sees = ((box.stair.memory.get(damageSheet.noun, sheetId(incident, box.orgs.seiyo))?.value as DamageSheet | undefined)?.reports.length ?? 0);
    const answer = await box.stair.submit(box.cast[who], { id: freshId(), name: report.deed, input: { incident, town: box.orgs.seiyo, kind: 'short', form: 1, sees, asOf, told: [{ key: 'missing', n: 2, confirmed: false, asOf: asOf + sees, message: { room, message } }] } });
    return answer.ok ? 'ok' : answer.code;
  };
  // What Taro may not see answers as what is not there.
  expect(await code('taro', flood, secret, hidden)).toBe(await code('taro', flood, freshId(), freshId()));
  // Nor does naming a room where he sits let him reach into another.
  expect(await code('taro', flood, box.groupC, hidden)).toBe('damage.sourceNotFound');
  expect(await code('taro', flood, box.groupC, freshId())).toBe('damage.sourceNotFound');
  expect(await code('hanako', flood, secret, hidden)).toBe('ok');
  expect(await code('taro', flood, box.groupC, heard)).toBe('ok');
  const twin = roomNamed('グループC', drill);
  const inDrill = await box.does('taro', say, { room: twin, text: '（想定）2人' });
  expect([await code('taro', flood, twin, inDrill), await code('taro', drill, box.groupC, heard), await code('taro', drill, twin, inDrill)]).toEqual(['damage.otherDrill', 'damage.otherDrill', 'ok']);
});

const roomNamed = (name: string, drill?: string): string => [...box.stair.memory.streams.keys()].flatMap((key) => box.stair.memory.of(key, room.noun).map(({ value }) => value as Room)).find((one) => one.name === name && one.drill === drill)!.id;

it('D7 what is told in a drill lies in a sheet of its own', async () => {
  await box.plans();
  const [flood, drill] = [await box.flood(), await box.flood(undefined, { drill: true, name: '防災訓練' })];
  const asOf = box.clock.now();
  for (const [incident, n] of [[flood, 1], [drill, 90]] as const) {
    await box.does('taro', report, { incident, town: box.orgs.seiyo, kind: 'short', form: 1, sees: 0, asOf, told: [{ key: 'dead', n, confirmed: true, asOf }] });
  }
  const sheet = (incident: string) => box.stair.memory.get(damageSheet.noun, sheetId(incident, box.orgs.seiyo))!.value as DamageSheet;
  expect([sheet(flood).drill, figuresOf(sheet(flood).reports).get('dead')!.n, sheet(drill).drill, figuresOf(sheet(drill).reports).get('dead')!.n]).toEqual([false, 1, true, 90]);
});
