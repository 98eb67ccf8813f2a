import { at, eventOf, recordsAnew, rewrites, signedAnew, takesOut } from '@noroshi/e2e/signed';
import { meetAnew, two } from '@noroshi/e2e/met';
import { checks, covers, forged, found, lines, read } from '@noroshi/e2e/taken-out';
import { canonical } from '@noroshi/foundations/kernel';
import { orgOf } from '@noroshi/foundations/parcel';
import { expect, it } from 'vitest';
import type { SignedLine } from '../record/proof/form.ts';

meetAnew();
signedAnew();

const codes = async (): Promise<string[]> => (await checks(await takesOut())).found.map(({ code }) => code);

it('R11 an answer, a pin or words that stand under a partner or its people and that no partner can send lack a signature', async () => {
  const { pool } = two.ehime.door.stair;
  const [ours, theirs] = [await eventOf('助かります'), await eventOf('給水車を3台')];
  expect(theirs.org).toBe(orgOf(await two.partnerOf(two.ehime)));
  for (const [kind, org, by] of [[45, theirs.org, theirs.by], [44, theirs.org, theirs.by], [35, theirs.org, theirs.by], [45, ours.org, theirs.by], [40, ours.org, theirs.by], [45, theirs.org, ours.by]] as const) {
    expect((await pool.query('update event set kind = $2, org = $3, by = $4 where id = $1', [ours.id, kind, org, by])).rowCount).toBe(1);
    await recordsAnew();
    expect(await codes(), `${kind} ${org === theirs.org} ${by === theirs.by}`).toEqual(['partnerUnsigned']);
  }
});

it('R11 another name, post or house under which this house has let somebody of theirs in is named', async () => {
  const came = await eventOf('"orgName":"広島県"');
  const card = came.fields['card']!.value as { readonly name: string };
  for (const change of [{ name: '別の人' }, { post: '知事' }, { orgName: '岡山県' }]) {
    await rewrites(came, 'card', { ...card, ...change });
    await recordsAnew();
    const all = await codes();
    expect([new Set(all), all.length > 2], canonical(change)).toEqual([new Set(['partnerWho']), true]);
  }
  // Somebody of whom it is not told that they came has no name here that anybody signed.
  await rewrites(came, 'card', card);
  await two.ehime.door.stair.pool.query('update event set kind = 418 where id = $1 and kind = 1', [came.id]);
  await recordsAnew();
  expect(await codes()).toContain('partnerWho');
});

it('R11 a room of which it is hidden with whom it is shared is named, also where what was signed is left out', async () => {
  await two.ehime.door.stair.pool.query(`update event_body b set emptied = '{org}', json = b.json - 'org' from event e where e.stream = b.stream and e.seq = b.seq and e.kind = 414`);
  await recordsAnew();
  const file = await takesOut();
  const line = at(await read(file), '"kind":414');
  expect(found(await checks(file))).toEqual([`partnerHidden ${line}`]);
  const bare = await forged(file, (t) => { lines(t, () => [], 'partners.jsonl'); covers(t); });
  expect(found(await checks(bare))).toEqual(expect.arrayContaining([`partnerHidden ${line}`]));
});

it('R11 where all that is shown of a sharing was left out, what is told as signed only has no hole either', async () => {
  const { door: { stair: { pool } }, box: { cast } } = two.ehime;
  const all = (await read(await takesOut())).get('partners.jsonl')!.trimEnd().split('\n').map((line) => JSON.parse(line) as SignedLine);
  const { org, head, sig } = all.findLast((one) => 'i' in one)!;
  await pool.query('update event set kind = 35, org = $2, by = $3 where kind in (40, 42, 43, 152) and org = $1', [org, cast.taro.org, cast.taro.person]);
  await recordsAnew();
  const file = await takesOut();
  expect(found(await checks(file))).toEqual([]);
  const one = await checks(await forged(file, (t) => { lines(t, (cards) => [...cards, canonical({ org, head, sig })], 'partners.jsonl'); covers(t); }));
  expect(one.found).toMatchObject([{ code: 'manifestChanged' }, { code: 'partnerNumber', params: { name: '広島県', no: 1 } }]);
});
