import { addPerson } from '@noroshi/features/directory';
import { answerByLink, ask, close, endLink, link as linkNoun, makeLink, outsideAnswer, placeOf, placeStream, sheet, type Link, type OutsideAnswer, type Sheet } from '@noroshi/features/survey';
import { mountLinks } from '@noroshi/features/survey/server';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { createHash, randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';

const fresh = (): Id => newId(Date.now(), randomBytes(10));
const questions = [
  { id: 'open', kind: 'one' as const, title: '避難所は開いていますか', required: 1 as const, options: [{ id: 'y', name: '開いている' }, { id: 'n', name: '閉じている' }] },
  { id: 'people', kind: 'number' as const, title: '何人いますか', required: 1 as const, min: 0, showWhen: { q: 'open', is: ['y'] } },
  { id: 'word', kind: 'text' as const, title: 'ひとこと <b>', page: 1 as const },
];

let box: Hotline;
let app: FastifyInstance;
beforeEach(async () => {
  box = await hotline();
  app = fastify();
  await mountLinks(app, box.stair);
});
afterEach(async () => {
  await app.close();
  await box.close();
});

const sheetOf = (survey: Id): Sheet => (box.stair.memory.of(placeStream(box.orgs.seiyo), sheet.noun) as Doc<Sheet>[]).find(({ value }) => value.survey === survey)!.value;
const asks = (more: object = {}): Promise<Id> => box.does('hanako', ask, { kind: 'form', orgs: [box.orgs.seiyo], title: '避難所の状況', questions, ...more });
const refusedTo = async (who: Actor, name: string, input: object): Promise<string | undefined> => {
  const told = await box.stair.submit(who, { id: fresh(), name, input });
  return told.ok ? undefined : told.code;
};
async function link(of: Sheet, more: object = {}, who: CastName = 'hanako'): Promise<{ path: string; id: string; address: string }> {
  const address = randomBytes(24).toString('hex');
  const id = createHash('sha256').update(address).digest('hex');
  await box.does(who, makeLink, { place: placeOf(of.org), sheet: of.id, link: id, label: '消防団', ...more });
  return { path: `/s/${address}`, id, address };
}
const get = (path: string, headers: Record<string, string> = {}) => app.inject({ url: path, headers: { 'accept-language': 'ja', ...headers } });
const post = (path: string, fields: Record<string, string>) => app.inject({ method: 'POST', url: path, headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'ja' }, payload: new URLSearchParams(fields).toString() });
/** What the page says was said so far. */
const so = (body: string): string => /name="so" value="([^"]*)"/.exec(body)![1]!.replaceAll('&#34;', '"');
const said = (): OutsideAnswer[] => box.stair.memory.of(placeStream(box.orgs.seiyo), outsideAnswer.noun).map(({ value }) => value as OutsideAnswer);

it('V34 somebody outside answers by a link, step by step, without a script; the address lies in no table', async () => {
  const of = sheetOf(await asks());
  const { path, id, address } = await link(of);
  const first = await get(path);
  expect([first.statusCode, first.headers['cache-control'], first.headers['x-robots-tag'], String(first.headers['content-security-policy'])]).toEqual([200, 'no-store', 'noindex', expect.stringMatching(/^default-src 'none'; style-src 'sha256-/)]);
  expect(first.body).toContain('避難所は開いていますか');
  expect(first.body).not.toMatch(/何人いますか|<script/);
  // What is missing is said beside its question, and nothing is lost.
  expect((await post(path, { from: '0', so: '{}' })).body).toContain('答えてください');
  const second = await post(path, { from: '0', so: so(first.body), open: 'y' });
  expect(second.body).toContain('何人いますか');
  const third = await post(path, { from: '1', so: so(second.body), people: '４０' });
  expect(third.body).toContain('ひとこと &#60;b&#62;');
  const thanks = await post(path, { from: '2', so: so(third.body), word: '毛布が足りません' });
  expect(thanks.body).toContain('回答が届きました');
  expect(said().map(({ values, link: by }) => [values, by])).toEqual([[{ open: 'y', people: 40, word: '毛布が足りません' }, id]]);
  expect((await get(path, { 'accept-language': 'en-GB' })).body).toContain('lang="en"');
  const { rows } = await box.stair.pool.query<{ n: number }>('select count(*)::int as n from event_body b where position($1 in b::text) > 0', [address]);
  expect(rows).toEqual([{ n: 0 }]);
  await box.everyoneAgrees();
});

it('V34 wrong, ended, answered once, closed: the same page with the same 404, and whoever tries many waits', async () => {
  const survey = await asks();
  const of = sheetOf(survey);
  const [many, once, ended] = [await link(of), await link(of, { once: 1 }), await link(of)];
  const answers = async (path: string) => post(path, { from: '2', so: '{"open":"n"}', word: '' });
  expect([(await answers(once.path)).statusCode, (await answers(many.path)).statusCode, (await answers(many.path)).statusCode]).toEqual([200, 200, 200]);
  await box.does('hanako', endLink, { place: placeOf(of.org), sheet: of.id, link: ended.id });
  const gone = [await get(`/s/${'0'.repeat(48)}`), await get(ended.path), await get(once.path), await answers(once.path), await answers(ended.path)];
  expect(new Set(gone.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
  expect(gone[0]!.statusCode).toBe(404);
  expect((box.stair.memory.get(linkNoun.noun, many.id)!.value as Link).answers).toBe(2);
  await box.does('hanako', close, { place: placeOf(of.org), sheet: of.id });
  expect([(await get(many.path)).body, (await answers(many.path)).statusCode]).toEqual([gone[0]!.body, 404]);
  // Who guesses is turned away before anything is looked up.
  for (let n = 0; n < 30; n += 1) await get(`/s/${randomBytes(24).toString('hex')}`);
  expect((await get(`/s/${'0'.repeat(48)}`)).statusCode).toBe(429);
});

it('V34 only who tends the survey makes links; safety and photographs stay inside; an anonymous answer lies in the box', async () => {
  // Ten at least are asked without a name.
  for (let n = 0; n < 9; n += 1) await box.does('system', addPerson, { id: fresh(), org: box.orgs.seiyo, role: 'member', name: '職員', kana: '', phones: [] });
  const of = sheetOf(await asks({ anonymous: 1, due: box.clock.now() + 3_600_000 }));
  const on = { place: placeOf(of.org), sheet: of.id };
  const makes = (who: CastName, more: object = {}) => refusedTo(box.cast[who], makeLink.deed, { ...on, link: randomBytes(32).toString('hex'), label: '外', ...more });
  expect([await makes('taro'), await makes('aoi'), await makes('mika'), await makes('hanako')]).toEqual(['survey.notAllowed', 'survey.notFound', 'survey.notFound', undefined]);
  expect(await refusedTo(box.cast.hanako, answerByLink.deed, { ...on, link: '0'.repeat(64), values: {} })).toBeDefined();
  const { path } = await link(of);
  expect((await post(path, { from: '2', so: JSON.stringify({ open: 'n', people: 3, x: 'あ'.repeat(2_000) }), word: '言えないこと' })).statusCode).toBe(200);
  expect(said().map(({ values }) => values)).toEqual([{}]);
  const { rows } = await box.stair.pool.query<{ ballots: object }>('select ballots from survey_box where sheet = $1', [of.id]);
  // Only what is asked lies there: not what hangs on another answer, nor what somebody made up.
  expect(Object.values(rows[0]!.ballots)).toEqual([{ open: 'n', word: '言えないこと' }]);
  const photo = sheetOf(await asks({ questions: [{ id: 'p', kind: 'photo', title: '写真' }] }));
  expect(await makes('hanako', { place: placeOf(photo.org), sheet: photo.id })).toBe('survey.photoIsInside');
});
