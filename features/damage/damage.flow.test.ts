import { checkForm, damageForm, damageSheet, figuresOf, formAsFile, formsWith, report, setForm, sheetId, type DamageSheet, type FormFile, type FormSet } from '@noroshi/features/damage';
import { organization, type Organization } from '@noroshi/features/directory';
import { incident, type Incident } from '@noroshi/features/incident';
import { openRoom, room, say, type Message, type Room } from '@noroshi/features/talk';
import { roomStream } from '@noroshi/foundations/sync';
import { hotline, type Hotline } from '@noroshi/e2e/box';
import { freshId, until } from '@noroshi/foundations/testing';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { damageChronicled } from './chronicled.ts';
import { damageSheets } from './workbook.ts';
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

it('D12 a report leaves one quiet line in the talk where its town has its part, a drill’s in its twin, and none anywhere else', async () => {
  await box.plans();
  const [flood, drill] = [await box.flood(), await box.flood(undefined, { drill: true, name: '防災訓練' })];
  const asOf = box.clock.now();
  const twin = roomNamed('グループC', drill);
  const tells = (who: 'taro' | 'hanako', of: string, where: string, town: string, n: number) => box.does(who, report, { incident: of, town, kind: 'short', form: 1, sees: 0, asOf, room: where, told: [{ key: 'dead', n, confirmed: true, asOf }] });
  const unread = () => box.stair.memory.streams.get(roomStream(box.groupC))!.messages;
  const before = unread();
  await tells('taro', flood, box.groupC, box.orgs.seiyo, 2);
  await tells('taro', drill, twin, box.orgs.seiyo, 9);
  // It is not hit, so it has no part and no talk; and a drill's talk is not where the real one is told.
  await tells('hanako', flood, box.groupC, box.orgs.saijo, 1);
  await tells('hanako', drill, box.groupC, box.orgs.saijo, 1);
  const { rows } = await box.stair.pool.query<{ stream: string; value: Message }>(`select s.key as stream, n.value from noun n join stream s on s.no = n.stream and s.workspace = n.workspace where n.noun = 'message' and n.value -> 'note' ->> 'line' = 'damage.reported' order by n.value ->> 'at', s.key`);
  const sheet = (of: string) => ({ noun: 'damageSheet', id: sheetId(of, box.orgs.seiyo) });
  expect(rows.map(({ stream, value: { note, quiet, drill: isDrill, incident: of, urgency } }) => [stream, note?.params, note?.ref, quiet, isDrill ?? false, of, urgency])).toEqual(expect.arrayContaining([
    [roomStream(box.groupC), { town: '西予市', rev: 1 }, sheet(flood), 1, false, flood, undefined],
    [roomStream(twin), { town: '西予市', rev: 1 }, sheet(drill), 1, true, drill, undefined],
  ]));
  expect(rows).toHaveLength(2);
  // Nobody has anything more to read because of it.
  expect(unread()).toBe(before);
  await box.everyoneAgrees();
});

it('D11 an administrator sets the form; reports name theirs, old ones keep theirs, and sums go over both', async () => {
  await box.plans();
  const flood = await box.flood();
  const asOf = box.clock.now();
  const file: FormFile = {
    name: '県の様式 2019', blocks: [{ key: 'people', label: { ja: '人', en: 'People' } }], units: [{ key: 'people', label: { ja: '名', en: 'people' } }, { key: 'dogs', label: { ja: '匹', en: 'dogs' } }],
    fields: [{ key: 'dead', block: 'people', label: { ja: '亡くなった方', en: 'Dead' }, unit: 'people', forms: ['short', 'long'], unusual: 100 }, { key: 'pets', block: 'people', label: { ja: 'ペット', en: 'Pets' }, unit: 'dogs', forms: ['short'], unusual: 50 }],
    words: [{ key: 'overview', label: { ja: 'ようす', en: 'Overview' }, forms: ['short'] }],
  };
  const code = async (who: 'taro' | 'hanako', deed: { deed: string }, input: object): Promise<string> => {
    const answer = await box.stair.submit(box.cast[who], { id: freshId(), name: deed.deed, input });
    return answer.ok ? 'ok' : answer.code;
  };
  const tells = (town: string, form: number, told: Record<string, number>, sees = 0) => ({ incident: flood, town, kind: 'short', form, sees, asOf: asOf + sees, told: Object.entries(told).map(([key, n]) => ({ key, n, confirmed: true, asOf: asOf + sees })) });
  const { seiyo, saijo } = box.orgs;
  await box.does('taro', report, tells(seiyo, 1, { dead: 2, missing: 1 }) as never);
  expect(await code('taro', setForm, { sees: 1, form: file })).toBe('directory.notAllowed');
  const asks = async (who: 'taro' | 'hanako', asked: { question: string }, input: object) => (await box.stair.ask(box.cast[who], asked.question, input)) as { ok: boolean; code?: string; value?: { form?: FormFile; problems?: object[] } };
  expect([(await asks('taro', checkForm, { file: JSON.stringify(file) })).code, (await asks('taro', formAsFile, { version: 1 })).code]).toEqual(['directory.notAllowed', 'directory.notAllowed']);
  const written = (await asks('hanako', formAsFile, { version: 1 })).value!.form!;
  // What is handed out is taken again as it is.
  expect((await asks('hanako', checkForm, { file: `\uFEFF${JSON.stringify(written)}` })).value).toEqual({ problems: [], form: written });
  expect((await asks('hanako', formAsFile, { version: 2 })).code).toBe('damage.unknownForm');
  expect(await code('hanako', setForm, { sees: 1, form: { ...file, fields: file.fields.map((one) => ({ ...one, unit: 'dogs' })) } })).toBe('damage.badForm');
  expect(await code('hanako', report, tells(saijo, 2, { pets: 4 }))).toBe('damage.unknownForm');
  expect(await code('hanako', setForm, { sees: 1, form: file })).toBe('ok');
  // Two at once: the second looks again.
  expect(await code('hanako', setForm, { sees: 1, form: file })).toBe('damage.formChangedMeanwhile');
  expect(await code('hanako', report, tells(saijo, 2, { dead: 1, pets: 4 }))).toBe('ok');
  expect(await code('hanako', report, tells(saijo, 2, { missing: 4 }, 1))).toBe('damage.unknownField');
  // What was begun on the old form still goes out.
  expect(await code('taro', report, tells(seiyo, 1, { missing: 3 }, 1))).toBe('ok');
  const sheets = box.stair.memory.of('w', damageSheet.noun).map(({ value }) => value as DamageSheet);
  expect(sheets.map(({ town, reports }) => [town, reports.map(({ form }) => form)])).toEqual(expect.arrayContaining([[seiyo, [1, 1]], [saijo, [2]]]));
  const forms = formsWith(box.stair.memory.of('w', damageForm.noun).map(({ value }) => value as FormSet));
  const out = { incident: box.stair.memory.get(incident.noun, flood)!.value as Incident, towns: box.stair.memory.of('w', organization.noun).map(({ value }) => value as Organization).filter(({ id }) => id === seiyo || id === saijo), sheets: new Map(sheets.map((one) => [one.town, one])), forms };
  const cells = damageSheets(out, words('ja', japanese), asOf)[0]!.rows.slice(3).map((row) => row.slice(1, 5).map((cell) => (typeof cell === 'object' && cell !== null ? cell.value : cell)));
  expect(cells).toEqual([['亡くなった方', '名', 3, '2/2市町が報告'], ['ペット', '匹', 4, '1/2市町が報告'], ['行方不明者', '人', 3, '1/2市町が報告']]);
  // What was told on it is called by its own names also where its form is not at hand: in the chronology, the search, the record.
  const names = { org: () => '西条市', person: () => '' };
  expect(damageChronicled(sheets.find(({ town }) => town === saijo)!).map(({ says }) => says(words('ja', japanese), names))).toEqual(['西条市 被害報告 第1報　亡くなった方 1名、ペット 4匹']);
  const d = box.device('aoi');
  await until(async () => (await d.end.replica.get<FormSet>(damageForm.noun, '2'))?.name === '県の様式 2019', 'a device to have it');
  await box.everyoneAgrees();
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
