import { hotline, type Hotline } from '@noroshi/e2e/box';
import { handOver, type Post } from '@noroshi/features/directory';
import { openRoom, say } from '@noroshi/features/talk';
import { newId } from '@noroshi/foundations/kernel';
import { until } from '@noroshi/foundations/testing';
import { SearchIndex } from '@noroshi/features/search/server';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let box: Hotline;
let index: SearchIndex;
beforeAll(async () => {
  box = await hotline();
  index = new SearchIndex(box.stair);
  index.start();
});
afterAll(async () => {
  await index?.stop();
  await box?.close();
});

type Found = { hits: { id: string; excerpt: { text: string } }[]; more: boolean };
const find = async (who: keyof Hotline['cast'], input: object): Promise<Found> => {
  const answer = await box.stair.ask(box.cast[who], 'search.find', input);
  expect(answer).toMatchObject({ ok: true });
  return (answer as unknown as { value: Found }).value;
};

describe('search', () => {
  it('F1 F2 F4 finds one character, another width and kana, within a second', async () => {
    const said = Date.now();
    const id = await box.does('taro', say, { room: box.groupC, text: '野村ダムの放流でヒジカワがあふれ、水が２ｍ上がりました' });
    const hit = await until(async () => (await find('aoi', { text: '水' })).hits.find((h) => h.id === id), 'it to be found');
    expect(hit.excerpt.text).toContain('水が');
    expect(Date.now() - said).toBeLessThan(1_000);
    for (const text of ['肱', 'ひじかわ ダム', 'ﾋｼﾞｶﾜ', '2M', '放流でひ']) expect((await find('ken', { text })).hits.map((h) => h.id), text).toEqual(text === '肱' ? [] : [id]);
  });

  it('F3 shows nothing of a room to who is not in it, nor to someone from outside', async () => {
    const room = newId(Date.now(), randomBytes(10));
    await box.does('taro', openRoom, { id: room, kind: 'direct', name: '二人', short: '二', orgs: [], people: [box.cast.aoi.person] });
    await box.does('taro', say, { room, text: '内々の話です' });
    await index.catchUp();
    await until(async () => (await find('aoi', { text: '内々' })).hits.length === 1, 'Aoi to find it');
    for (const who of ['hanako', 'ken', 'mika'] as const) {
      expect(await find(who, { text: '内々' })).toEqual({ hits: [], more: false });
      expect(await find(who, { text: '内々', room })).toEqual({ hits: [], more: false });
    }
    expect((await find('mika', { text: '水' })).hits).toEqual([]);
  });

  it('F3 follows the door: who hands over their post finds nothing more', async () => {
    const desk = box.stair.memory.of('w', 'post').map((d) => d.value as Post).find((p) => p.holder === box.cast.ken.person)!;
    await box.does('hanako', handOver, { post: desk.id, from: box.cast.ken.person });
    expect((await find('ken', { text: '水' })).hits).toEqual([]);
    await box.does('hanako', handOver, { post: desk.id, to: box.cast.ken.person });
    await box.stair.clock.look();
    expect((await find('ken', { text: '水' })).hits).toHaveLength(1);
  });

  it('F5 pages and narrows down by person and date', async () => {
    for (let i = 0; i < 7; i++) {
      box.clock.pass(60_000);
      await box.does(i % 2 ? 'taro' : 'hanako', say, { room: box.groupC, text: `給水車 ${i} 台目` });
    }
    await index.catchUp();
    await until(async () => (await find('aoi', { text: '給水' })).hits.length === 7, 'all seven');
    expect((await find('aoi', { text: '給水', by: box.cast.taro.person })).hits).toHaveLength(3);
    const first = await find('aoi', { text: '給水', limit: 5 });
    expect(first.more).toBe(true);
    const last = first.hits.at(-1) as unknown as { at: number; id: string };
    const rest = await find('aoi', { text: '給水', limit: 5, before: { at: last.at, id: last.id } });
    expect([...first.hits, ...rest.hits].map((h) => h.excerpt.text.match(/\d/)![0])).toEqual(['6', '5', '4', '3', '2', '1', '0']);
    expect((await find('aoi', { text: '給水', from: last.at + 1 })).hits).toHaveLength(4);
  });
});
