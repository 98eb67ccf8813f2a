import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { enter } from '@noroshi/features/chronology';
import { chronologyPapers } from '@noroshi/features/chronology/papers';
import { commit, send } from '@noroshi/features/request';
import { exportRecord, recordExport, type RecordExport, type Selection } from '@noroshi/features/record';
import { verify } from '@noroshi/features/record/proof';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { checkSignature, exportZip, sourceOf } from '@noroshi/features/record/taken-out';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Id } from '@noroshi/foundations/kernel';
import { strFromU8, unzipSync } from 'fflate';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chronicled } from '../../apps/chronicled.ts';
import { papers } from '../../apps/server/papers.ts';

const ja = words('ja', japanese);
let box: Hotline;
let log: RecordLog;
let folder: string;
let flood: Id;
let drill: Id;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'noroshi-papers-'));
  box = await hotline();
  log = new RecordLog({ stair: box.stair, signer: await openSigner(), report: (error) => { throw error; } });
  await log.start();
  await box.plans();
  flood = await box.flood();
  drill = await box.flood(undefined, { drill: true, name: '防災訓練' });
  const on = box.clock.now();
  const says = (incident: Id, content: string) => ({ incident, kind: 'report' as const, on, content, channel: 'radio' as const });
  const wrong = await box.does('hanako', enter, { ...says(flood, '避難者は30人'), from: '消防', place: '野村町' });
  await box.does('hanako', enter, { ...says(flood, '避難者は300人'), corrects: wrong });
  await box.does('hanako', enter, { ...says(flood, '給水車を出すこと'), kind: 'order', order: { owner: box.orgs.saijo, due: on + 3_600_000 } });
  await box.does('hanako', enter, says(drill, 'これは訓練の記録'));
  // Longer than a page of paper.
  await box.does('taro', enter, says(flood, '長い聞き取り。'.repeat(570)));
  const asked = await box.does('taro', send, { room: box.groupC, incident: flood, details: {}, lines: [{ duty: 'shelter', count: 12 }] });
  await box.does('aoi', commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 10, sees: 0 }] });
});
afterAll(async () => {
  log?.halt();
  await box?.close();
  await rm(folder, { recursive: true });
});

async function takesOut(of: Selection): Promise<{ file: string; parts: Record<string, Uint8Array> }> {
  const id = await box.does('hanako', exportRecord, of);
  const asked = box.stair.see<RecordExport>(box.cast.hanako, recordExport.noun, id)!.value;
  const pieces: Uint8Array[] = [];
  for await (const piece of await exportZip({ stair: box.stair, log, papers: async () => papers }, box.cast.hanako, asked, ja)) pieces.push(piece);
  const file = join(folder, `${id}.zip`);
  await writeFile(file, Buffer.concat(pieces));
  return { file, parts: unzipSync(Buffer.concat(pieces)) };
}
const read = async (pdf: Uint8Array): Promise<{ pages: string[] }> => {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));
  return { pages: (text as string[]).map((page) => page.replaceAll(/\s+/g, '')) };
};
const cells = (xlsx: Uint8Array): string => strFromU8(unzipSync(xlsx)['xl/worksheets/sheet1.xml']!);
const named = (parts: object, end: string): string[] => Object.keys(parts).filter((name) => name.startsWith('chronology/') && name.endsWith(end));

it('K9 goes with the record of a disaster, as paper whose words can be searched and as a table; both are among what is signed', async () => {
  const { file, parts } = await takesOut({ incident: flood });
  const [pdf, xlsx] = [named(parts, '.pdf'), named(parts, '.xlsx')];
  expect([pdf.length, xlsx.length]).toEqual([1, 1]);
  expect(pdf[0]).toBe(xlsx[0]!.replace('.xlsx', '.pdf'));
  const { pages } = await read(parts[pdf[0]!]!);
  const whole = pages.join('');
  for (const said of ['避難者は30人', '→訂正2番', '避難者は300人', '（1番の訂正）', '給水車を出すこと', '未着手西条市', '期限', '消防', '野村町', '無線', '西予市兵頭太郎', 'C-西予-001', '避難所運営12人', '10人']) expect(whole, said).toContain(said);
  // On every page: what it is, as of when, the heads of the columns, and its number; and no word of the long line is lost.
  expect(pages.length).toBeGreaterThan(1);
  pages.forEach((page, i) => { for (const head of ['クロノロジー', '時点', '発生時刻', '記録者', `${i + 1}ページ`]) expect(page, head).toContain(head); });
  for (const letter of ['長', '聞', '取']) expect(whole.split(letter).length - 1, letter).toBe(570);
  expect(whole).not.toContain('訓練の記録');
  const table = cells(parts[xlsx[0]!]!);
  for (const said of ['避難者は300人', '給水車を出すこと', '2018-07-0', 'xSplit="2"']) expect(table, said).toContain(said);
  const source = await sourceOf(file);
  const verdict = await verify({ source, checkSignature, kept: undefined });
  await source.close();
  expect(verdict.found).toEqual([]);
});

it('K9 keeps a drill by itself, marked on every page; a time has of each what happened in it, and a single talk has none', async () => {
  const { parts } = await takesOut({ from: 0, until: box.clock.now() + 1 });
  expect(named(parts, '.pdf')).toHaveLength(2);
  const all = await Promise.all(named(parts, '.pdf').map((name) => read(parts[name]!)));
  const marked = all.find(({ pages }) => pages.join('').includes('これは訓練の記録'))!;
  expect(marked.pages.every((page) => page.includes('訓練') && page.includes('防災訓練'))).toBe(true);
  expect(marked.pages.join('')).not.toContain('避難者は');
  expect(named((await takesOut({ room: box.groupC })).parts, '')).toEqual([]);
  expect(named((await takesOut({ incident: flood, from: 0, until: 1 })).parts, '')).toEqual([]);
});

it('K9 has only lines that its reader may read', async () => {
  const rows = async (who: CastName): Promise<string> => {
    let said = '';
    for await (const { name, data } of chronologyPapers({ stair: box.stair, actor: box.cast[who], tells: chronicled, words: ja, incident: flood })) if (name.endsWith('.xlsx')) for await (const bytes of data) said += cells(bytes);
    return said;
  };
  expect(await rows('mika')).toBe('');
  // Hiroshima's are guests; who is no member of the talk has no line of its request.
  expect(await rows('taro')).toContain('C-西予-001');
  const outsider = { person: box.cast.ken.person, org: box.cast.ken.org, role: box.cast.ken.role };
  const sees = box.stair.memory.maySee(outsider.person, `r:${box.groupC}`) !== undefined;
  expect((await rows('ken')).includes('C-西予-001')).toBe(sees);
});
