import { commit, revise, send, type DispatchRequest } from '@noroshi/features/request';
import { requestPaper } from '@noroshi/features/request/server';
import { mountDocuments } from '@noroshi/foundations/documents/shelf';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { say, withdraw as takeBack } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { Stair } from '@noroshi/foundations/sync/server';
import { house } from '@noroshi/server/features';
import fastify from 'fastify';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let box: Hotline;
let asked: Id;
beforeAll(async () => {
  box = await hotline();
  await box.plans();
  const flood = await box.flood();
  const report = await box.does('taro', say, { room: box.groupC, text: '野村地区で床上浸水 約200棟' });
  asked = await box.does('taro', send, {
    room: box.groupC, incident: flood, details: { damageReport: report, reason: '避難所5か所を開設。職員の半数が登庁できない。𠮷田・髙﨑・①㈱', place: { name: '西予市役所 本庁' } },
    lines: [{ duty: 'shelter', count: 12, genderNeed: '男女とも' }, { duty: 'houseSurvey', count: 3 }],
  });
  await box.does('aoi', commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 10, sees: 0 }], leader: '村上 剛', leaderPhone: '0897-56-5151', vehicles: '公用車2台', lodgingNeeded: true, cost: '約80万円', conditions: '夜間は2人以上で',
    staff: [{ name: '村上 剛', section: '危機管理課', post: '係長', skills: ['carLicence'] }, ...Array.from({ length: 60 }, (_, i) => ({ name: `応援 ${i + 1}号` }))] });
  const now = box.stair.memory.get('request', asked)!.value as DispatchRequest;
  await box.does('taro', revise, {
    room: box.groupC, request: asked, sees: now.rev, details: { ...now.details, meetPlace: '市役所 本庁' },
    lines: now.lines.map(({ withdrawn: _w, ...line }) => (line.duty === 'houseSurvey' ? { ...line, count: 4 } : line)),
  });
});
afterAll(() => box?.close());

const get = async (who: CastName, file = `${asked}.pdf`, stair = box.stair, app = fastify()) => {
  if (!app.hasRoute({ method: 'GET', url: '/documents/request/:file' })) mountDocuments(app, stair, async () => ({ session: asked, actor: () => box.cast[who] }), { request: async () => requestPaper });
  return app.inject({ url: `/documents/request/${file}` });
};

describe('the formal document', () => {
  it('says in Japanese who asks whom for what, with number, revision, sums and history', async () => {
    const answer = await get('hanako');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/pdf');
    const pdf = await getDocumentProxy(new Uint8Array(answer.rawPayload));
    const text = (await extractText(pdf, { mergePages: true })).text.replace(/\s+/g, '');
    for (const words of [
      '応援職員派遣要請書', 'C-西予-001第2報', '平成30年7月7日', '西条市御中', '伊予市御中', '愛媛県御中', '西予市', '副市長兵頭太郎', '災害時における愛媛県市町相互応援に関する協定',
      '避難所運営', '12人', '住家被害認定調査', '4人', '必要16決定10到着0不足6', '西条市', '決定10人', '𠮷田・髙﨑・①㈱', '3人→4人', '第1報', '「野村地区で床上浸水約200棟」（西予市副市長兵頭太郎',
      '派遣する職員など', '班長：村上剛0897-56-5151', '村上剛危機管理課係長（普通免許）', '応援60号', '車両：公用車2台', '宿泊の手配：手配してほしい', '費用の見込み：約80万円', '条件：夜間は2人以上で',
    ]) expect(text, words).toContain(words);
    // Every character has a shape of its own inside the file.
    expect(answer.rawPayload.includes('FontFile3')).toBe(true);
  });

  it('no longer quotes what was taken back in the talk', async () => {
    const { damageReport } = (box.stair.memory.get('request', asked)!.value as DispatchRequest).details;
    await box.does('taro', takeBack, { message: damageReport!, room: box.groupC });
    const pdf = await getDocumentProxy(new Uint8Array((await get('hanako')).rawPayload));
    const text = (await extractText(pdf, { mergePages: true })).text.replace(/\s+/g, '');
    expect(text).toContain('取り消された発言（西予市副市長兵頭太郎');
    expect(text).not.toContain('床上浸水約200棟');
  });

  it('is the same 404 for who may not see it as for what is not there', async () => {
    const mika = await get('mika');
    expect([mika.statusCode, mika.json()]).toEqual([404, { ok: false, code: 'request.notFound' }]);
    const nothing = await get('hanako', '../../etc/passwd');
    expect(nothing.statusCode).toBe(404);
  });

  it('is made once for all who ask while nothing happens, and for one person not without end', async () => {
    const stair = await Stair.open({ pool: box.stair.pool, house, now: box.clock.now, answers: new Map(), limits: { questions: { burst: 25, perSecond: 1 } } });
    const app = fastify();
    const all = await Promise.all(Array.from({ length: 20 }, () => get('hanako', undefined, stair, app)));
    expect(new Set(all.map((answer) => answer.statusCode))).toEqual(new Set([200]));
    expect(new Set(all.map((answer) => answer.rawPayload.toString('base64'))).size).toBe(1);
    expect((await get('hanako', `${asked}.pdf?lang=en`, stair, app)).statusCode).toBe(200);
    await box.does('aoi', commit, { room: box.groupC, request: asked, parts: [{ line: 1, wave: 1, count: 11, sees: 1 }] });
    await stair.sweep();
    const late = await get('hanako', undefined, stair, app);
    expect([late.statusCode, late.json().code]).toEqual([429, 'line.slowDown']);
    await stair.close();
  });
});
