import { report } from '@noroshi/features/damage';
import { damagePaper } from '@noroshi/features/damage/server';
import { mountDocuments } from '@noroshi/foundations/documents/shelf';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import type { Id } from '@noroshi/foundations/kernel';
import fastify from 'fastify';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, it } from 'vitest';

let box: Hotline;
let flood: Id;
let drill: Id;
beforeAll(async () => {
  box = await hotline();
  await box.plans();
  flood = await box.flood();
  drill = await box.flood(undefined, { drill: true, name: '防災訓練' });
  const asOf = Date.parse('2018-07-07T07:00:00+09:00');
  const says = (incident: Id, sees: number, kind: 'short' | 'long', told: readonly { key: string; n: number | null; confirmed: boolean }[]) =>
    box.does('taro', report, { incident, town: box.orgs.seiyo, kind, form: 1, sees, asOf: asOf + sees, told: told.map((one) => ({ ...one, asOf: asOf + sees, source: '消防本部（髙﨑）' })), words: sees === 0 ? [{ key: 'overview', text: '肱川が氾濫し野村町で床上浸水' }] : [] });
  await says(flood, 0, 'short', [{ key: 'dead', n: 2, confirmed: false }, { key: 'missing', n: null, confirmed: false }]);
  await says(flood, 1, 'long', [{ key: 'dead', n: 5, confirmed: true }, { key: 'paddyFlooded', n: 12.5, confirmed: false }]);
  await says(drill, 0, 'short', [{ key: 'dead', n: 90, confirmed: true }]);
});
afterAll(() => box?.close());

const get = async (who: CastName, file: string, query = '') => {
  const app = fastify();
  mountDocuments(app, box.stair, async () => ({ session: flood, actor: () => box.cast[who] }), { damage: async () => damagePaper });
  const answer = await app.inject({ url: `/documents/damage/${file}${query}` });
  const text = async (): Promise<string> => (await extractText(await getDocumentProxy(new Uint8Array(answer.rawPayload)), { mergePages: true })).text.replace(/\s+/g, '');
  return { answer, text };
};

it('D9 is one paper for all: how many have reported, the sums in the order of the form, and the report of each town', async () => {
  const { answer, text } = await get('hanako', `${flood}.pdf`);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
  const said = await text();
  for (const words of ['被害状況の集計', '未報告の市町', '西条市', '死者（人）5', '行方不明者（人）未確認', '重傷者（人）未報告', '田冠水（ha）12.5', '被害状況即報', '第2報', '報告者西予市兵頭太郎', '肱川が氾濫し野村町で床上浸水', '消防本部（髙﨑）', '確定', '下線部は前回からの変更箇所']) expect(said, words).toContain(words);
  // In the form's order, and nothing of the drill in any sum.
  expect(said.indexOf('死者（人）')).toBeLessThan(said.indexOf('全壊（棟）'));
  expect(said.indexOf('全壊（棟）')).toBeLessThan(said.indexOf('田冠水（'));
  expect(said).not.toContain('90');
  expect(said).not.toContain('訓練');
});

it('D9 is one paper for a town, in English too, and a drill stands on every page of it', async () => {
  const town = await (await get('aoi', `${flood}_${box.orgs.seiyo}.pdf`)).text();
  expect(town).toContain('被害状況即報');
  expect(town).not.toContain('被害状況の集計');
  expect(await (await get('aoi', `${flood}_${box.orgs.seiyo}.pdf`, '?lang=en')).text()).toContain('Damagereport');
  const { answer } = await get('hanako', `${drill}.pdf`);
  const pdf = await getDocumentProxy(new Uint8Array(answer.rawPayload));
  const { text } = await extractText(pdf, { mergePages: false });
  expect(text.length).toBeGreaterThan(1);
  expect(text.every((page) => page.replaceAll(/\s/g, '').includes('訓練'))).toBe(true);
  expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain('【訓練】');
});

it('D1 is not there for whom the incident does not exist, nor for a town without a report', async () => {
  for (const [who, file] of [['mika', `${flood}.pdf`], ['mika', `${flood}_${box.orgs.seiyo}.pdf`], ['hanako', `${flood}_${box.orgs.saijo}.pdf`], ['hanako', `${box.orgs.seiyo}.pdf`], ['hanako', 'x.pdf']] as const) {
    expect((await get(who, file)).answer.statusCode, `${who} ${file}`).toBe(404);
  }
});
