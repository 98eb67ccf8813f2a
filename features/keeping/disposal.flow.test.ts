import { until } from '@noroshi/foundations/testing';
import { hotline, type CastName, type Hotline } from '@noroshi/e2e/box';
import { giveRole } from '@noroshi/features/directory';
import { closeIncident } from '@noroshi/features/incident';
import { approveRedaction, askDisposal, decideDisposal, disposal, kept, liftHold, proposeRedaction, putHold, raiseLeast, setTerm } from '@noroshi/features/keeping';
import { followKeeping } from '@noroshi/features/keeping/server';
import { message, say, type Message } from '@noroshi/features/talk';
import { newId, type Id } from '@noroshi/foundations/kernel';
import type { Deed } from '@noroshi/foundations/sync';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dueApart } from '../../apps/server/features.ts';

let box: Hotline;
beforeEach(async () => {
  box = await hotline();
  await box.does('system', giveRole, { id: box.cast.ken.person, role: 'administrator' });
  ken = { ...box.cast.ken, role: 'administrator' };
});
afterEach(() => box?.close());

let ken: Hotline['cast']['ken'];
const fresh = (): Id => newId(Date.now(), randomBytes(10));
const asks = async <I>(who: CastName, deed: Deed<I, any> & { deed: string }, input: I, id = fresh()): Promise<string> => {
  const told = await box.stair.submit(who === 'ken' ? ken : box.cast[who], { id, name: deed.deed, input });
  return told.ok ? 'ok' : told.code;
};
interface Kept { readonly holds: readonly { id: Id; asked?: object; released?: object }[]; readonly due: readonly { room: Id; incident?: Id; count: number; held: boolean }[]; readonly least: number; readonly terms: readonly { years: number }[] }
const known = async (who: CastName = 'hanako'): Promise<Kept> => {
  const told = await box.stair.ask(box.cast[who], kept.question, {});
  if (!told.ok) throw new Error(told.code);
  return told.value as Kept;
};
const year = 366 * 86_400_000;
const said = (id: Id): Message => box.stair.memory.get(message.noun, id)!.value as Message;

it('K7 while something is held nothing of it goes, neither by redaction nor by its term; two lift it', async () => {
  const elsewhere = { room: box.groupC, message: await box.does('taro', say, { room: box.groupC, text: '平時の話' }) };
  const flood = await box.flood();
  const at = { room: box.groupC, message: await box.does('taro', say, { room: box.groupC, text: '個人情報', incident: flood }) };
  const asked = await box.does('hanako', proposeRedaction, { ...at, parts: ['text'], reason: '個人情報のため' });
  expect(await asks('taro', putHold, { incident: flood, reason: '開示請求' })).toBe('keeping.notAllowed');
  expect(await asks('hanako', putHold, { incident: fresh(), reason: '開示請求' })).toBe('keeping.noTarget');
  expect(await asks('hanako', putHold, { incident: flood, room: box.groupC, reason: '開示請求' })).toBe('keeping.noTarget');
  const held = await box.does('hanako', putHold, { incident: flood, reason: '開示請求のため' });
  expect(await asks('ken', approveRedaction, { redaction: asked, ...at })).toBe('keeping.held');
  expect(await asks('hanako', proposeRedaction, { ...at, parts: ['text'], reason: 'x' })).toBe('keeping.held');
  expect(await asks('hanako', askDisposal, { room: box.groupC, incident: flood })).toBe('keeping.held');
  // What was said of no disaster is not held by it.
  expect(await asks('hanako', proposeRedaction, { ...elsewhere, parts: ['text'], reason: 'x' })).toBe('ok');

  expect(await asks('taro', liftHold, { hold: held })).toBe('keeping.notAllowed');
  expect(await asks('ken', liftHold, { hold: held })).toBe('ok');
  expect(await asks('ken', liftHold, { hold: held })).toBe('keeping.ownProposal');
  expect(await asks('ken', approveRedaction, { redaction: asked, ...at })).toBe('keeping.held');
  expect((await known()).holds).toMatchObject([{ id: held, asked: { by: ken.person } }]);
  // From a screen, whose device knows nothing of what is held.
  const screen = box.device('hanako');
  await screen.end.line.settled();
  const told = await screen.end.send(liftHold, { hold: held });
  expect(told.ok ? await told.answer : told).toMatchObject({ ok: true });
  expect(await asks('hanako', liftHold, { hold: held })).toBe('keeping.decided');
  expect(await asks('ken', approveRedaction, { redaction: asked, ...at })).toBe('ok');
  expect(said(at.message).redacted).toHaveLength(1);
});

it('K8 a term is never shorter than the least, which only rises; what nobody has set is kept for ever', async () => {
  const flood = await box.flood();
  const drill = await box.flood(undefined, { drill: true, name: '防災訓練' });
  expect(await asks('taro', setTerm, { incident: flood, years: 10 })).toBe('keeping.notAllowed');
  expect(await asks('hanako', setTerm, { incident: flood, years: 3 })).toBe('keeping.belowLeast');
  expect(await asks('hanako', setTerm, { incident: flood, years: 7 })).not.toBe('ok');
  expect(await asks('hanako', setTerm, { incident: flood, years: 5 })).toBe('ok');
  expect(await asks('hanako', setTerm, { incident: drill, years: 1 })).toBe('ok');
  expect(await asks('hanako', raiseLeast, { years: 3 })).toBe('keeping.belowLeast');
  expect(await asks('hanako', raiseLeast, { years: 10 })).toBe('ok');
  expect(await asks('hanako', raiseLeast, { years: 5 })).toBe('keeping.belowLeast');
  expect(await asks('hanako', setTerm, { incident: flood, years: 5 })).toBe('keeping.belowLeast');
  expect(await asks('hanako', setTerm, { incident: flood, years: 0 })).toBe('ok');
  expect(await known()).toMatchObject({ least: 10, terms: [{ years: 0 }, { years: 1 }], due: [] });
  await expect(known('taro')).rejects.toThrow('keeping.notAllowed');
});

it('K9 what is due is told and stays; it goes when another one agrees, says so in its place, and nothing else goes with it', async () => {
  const peace = await box.does('taro', say, { room: box.groupC, text: '平時の話' });
  const flood = await box.flood();
  const old = [];
  for (let i = 0; i < 45; i++) old.push(await box.does('taro', say, { room: box.groupC, text: `避難所 ${i} 番`, incident: flood }));
  await box.does('hanako', setTerm, { incident: flood, years: 5 });
  box.clock.pass(20 * year);
  // It is not over yet: nothing is due, however long ago.
  expect((await known()).due).toEqual([]);
  expect(await asks('hanako', askDisposal, { room: box.groupC, incident: flood })).toBe('keeping.notDue');
  await box.does('hanako', closeIncident, { incident: flood, seen: 1 });
  box.clock.pass(4 * year);
  expect((await known()).due).toEqual([]);
  box.clock.pass(2 * year + 100 * 86_400_000);
  expect((await known()).due).toMatchObject([{ room: box.groupC, incident: flood, count: 45, held: false }]);
  expect(said(old[0]!).text).toBe('避難所 0 番');

  const reports: unknown[] = [];
  const following = followKeeping(box.stair, undefined, (error) => void reports.push(error), dueApart);
  const asked = await box.does('hanako', askDisposal, { room: box.groupC, incident: flood });
  const at = { disposal: asked, room: box.groupC, incident: flood };
  expect(await asks('hanako', decideDisposal, { ...at, agree: true })).toBe('keeping.ownProposal');
  expect(await asks('taro', decideDisposal, { ...at, agree: true })).toBe('keeping.notAllowed');
  // A hold that comes between stops it.
  const held = await box.does('hanako', putHold, { room: box.groupC, reason: '訴訟のため' });
  expect(await asks('ken', decideDisposal, { ...at, agree: true })).toBe('keeping.held');
  expect((await known()).due).toMatchObject([{ held: true }]);
  expect([await asks('hanako', liftHold, { hold: held }), await asks('ken', liftHold, { hold: held })]).toEqual(['ok', 'ok']);
  expect(await asks('ken', decideDisposal, { ...at, agree: true })).toBe('ok');
  await until(() => (box.stair.memory.get(disposal.noun, asked)!.value as { state: string }).state === 'done', 'it to be done');
  await following.idle();
  for (const id of old) expect(said(id)).toMatchObject({ redacted: [{ disposal: asked, reason: '5', by: [box.cast.hanako.person, ken.person] }] });
  expect(old.some((id) => said(id).text !== undefined)).toBe(false);
  expect(said(peace).text).toBe('平時の話');
  const { rows } = await box.stair.pool.query<{ n: number }>(`select count(*)::int as n from event_body where json::text like '%避難所%'`);
  expect(rows).toEqual([{ n: 0 }]);
  expect((await known()).due).toEqual([]);
  expect(reports).toEqual([]);
  await box.everyoneAgrees();
});
