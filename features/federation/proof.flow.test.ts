import { checks, covers, forged, found, lines, read } from '@noroshi/e2e/taken-out';
import { says, type Verdict } from '@noroshi/features/record/proof';
import { say, stickers, withdraw, type Attachment } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { canonical } from '@noroshi/foundations/kernel';
import { bodyBytes, orgOf, recordText, type HouseHere, type SignaturesOf, type SignedParcel } from '@noroshi/foundations/parcel';
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { cut, hour, meetAnew, mend, two } from '@noroshi/e2e/met';
import { at, eventOf, recordsAnew, rewrites, signedAnew, takesOut } from '@noroshi/e2e/signed';
import { fromHex, hex } from '../record/proof/bytes.ts';
import { commitmentOf } from '../record/proof/sha256.ts';
import type { CardLine, EventLine, Manifest, SignedLine } from '../record/proof/form.ts';
import { confirm, meet } from './federation.ts';
import { partner } from './partner.ts';
import { headBytes, readHead, type Head } from './server/letter.server.ts';
import { roomRef, Seal, sha256 } from './server/seal.server.ts';

meetAnew();
signedAnew();

it('R11 what a partner signed goes with it: each of its events is as it was signed, and the numbers of its card stand beside', async () => {
  const file = await takesOut();
  const verdict = await checks(file);
  expect(found(verdict)).toEqual([]);
  // Three things said whose words are shown, one mended, one taken back, one file; of what was taken back the words are hidden, and that it was signed is not.
  const numbers = (await two.sees(two.hiroshima)).numbers!;
  expect(verdict.proven!.partners).toEqual([{ name: '広島県', numbers, n: 6, open: 1, early: 0, absent: 0, isWhole: true, elsewhere: 0, roomless: 0, house: { name: '愛媛県', numbers: (await two.sees(two.hiroshima)).partners[0]!.numbers } }]);
  expect(says(verdict, words('ja', japanese)).proven.join('\n')).toContain(`広島県から届いた6件は、広島県が署名したとおりです。その鍵が広島県のものかは、広島県の狼煙の「こちらの確認番号」と見比べてください： ${numbers.join(' ')}\n広島県から届いたものの番号に、ここにある最後のものまで抜けはありません`);
  // No salt goes out of words that are hidden, by which they could be guessed.
  const texts = await read(file);
  const hidden = JSON.parse(texts.get('events.jsonl')!.split('\n').find((line) => line.includes('"fields":{') && /"text":\{\}/.test(line))!) as EventLine;
  const { salt, rest, ...bare } = JSON.parse(texts.get('partners.jsonl')!.split('\n').find((line) => line.includes(`"i":${hidden.i},`))!) as SignedLine;
  expect([salt, rest, Object.keys(bare).toSorted()]).toEqual([undefined, undefined, ['head', 'i', 'org', 'sig']]);
});

it('R11 a changed word of theirs is named, also where this house has made its whole record anew and signed it', async () => {
  const file = await takesOut();
  const line = at(await read(file), '給水車を3台');
  const plain = await checks(await forged(file, (t) => lines(t, (all) => all.with(line - 1, all[line - 1]!.replace('3台', '5台')))));
  expect(found(plain)).toEqual(expect.arrayContaining([`lineWords ${line}`, `partnerWords ${line}`]));

  await rewrites(await eventOf('給水車を3台'), 'text', '給水車を5台出します');
  await recordsAnew();
  const anew = await checks(await takesOut());
  expect(anew.found).toMatchObject([{ code: 'partnerWords', params: { name: '広島県' } }]);
  expect(says(anew, words('ja', japanese)).found[0]).toContain('行目の言葉が、広島県が署名したものと違います');
});

it('R11 who said it, when, as which message, how urgent and in which room are compared too, whatever this house writes anew', async () => {
  const { door: { stair: { pool } }, box: { cast } } = two.ehime;
  const first = `kind = 40 and exists (select from event_body b where b.stream = event.stream and b.seq = event.seq and b.json->>'text' like '給水車%')`;
  for (const [forge, code] of [
    [`update event set by = '${cast.taro.person}' where ${first}`, 'partnerWords'],
    [`update event set by = '${cast.taro.person}' where kind = 152 and org <> '${cast.taro.org}'`, 'partnerWords'],
    [`update event set at = at + 600000 where ${first}`, 'partnerTime'],
    [`update event set id = '${randomUUID()}' where ${first}`, 'partnerUnsigned'],
    [`update event_body b set json = b.json || '{"share": "${randomUUID()}"}' from event e where e.stream = b.stream and e.seq = b.seq and e.kind = 414`, 'partnerSignature'],
  ] as const) {
    const kept = await pool.query<Record<string, unknown>>('select e.stream, e.seq, e.id, e.by, e.at, b.json from event e join event_body b on b.stream = e.stream and b.seq = e.seq where kind in (40, 152, 414)');
    expect((await pool.query(forge)).rowCount).toBe(1);
    await recordsAnew();
    expect((await checks(await takesOut())).found.map((one) => one.code), forge).toContain(code);
    for (const { stream, seq, id, by, at, json } of kept.rows) {
      await pool.query('update event set id = $3, by = $4, at = $5 where stream = $1 and seq = $2', [stream, seq, id, by, at]);
      await pool.query('update event_body set json = $3 where stream = $1 and seq = $2', [stream, seq, json]);
    }
  }
  await recordsAnew();
  expect(found(await checks(await takesOut()))).toEqual([]);
});

it('R11 a signature that is left out, of another event, of another key, or beside words of its own is found', async () => {
  const file = await takesOut();
  const texts = await read(file);
  const line = at(texts, '給水車を3台');
  const event = JSON.parse(texts.get('events.jsonl')!.split('\n')[line - 1]!) as EventLine;
  const changes: [string, (all: string[]) => string[]][] = [
    [`partnerUnsigned ${line}`, (all) => all.filter((one) => !one.includes(`"i":${event.i},`))],
    [`partnerUnsigned ${line}`, () => []],
    [`partnerSignature ${line}`, (all) => all.map((one) => one.replace(/"key":"[^"]{43}(?=","met")/, `"key":"${'A'.repeat(43)}`))],
    [`partnerWords ${line}`, (all) => all.map((one) => (one.includes(`"i":${event.i},`) ? canonical({ ...JSON.parse(one) as SignedLine, rest: JSON.stringify({ ...JSON.parse((JSON.parse(one) as SignedLine).rest!) as object, text: '給水車を3台出します' }) }) : one))],
    ['partnerUnreadable', (all) => ['{', ...all]],
    // A second card under the numbers of the first, wherever it stands, and a salt that is left out where nothing was taken out.
    ['partnerUnreadable', (all) => all.toSpliced(1, 0, all[0]!.replace(/"key":"[^"]{43}(?=","met")/, `"key":"${'A'.repeat(43)}`))],
    ['partnerUnreadable', (all) => all.toSpliced(2, 0, all[0]!.replace(/"key":"[^"]{43}(?=","met")/, `"key":"${'A'.repeat(43)}`))],
    [`partnerWords ${line}`, (all) => all.map((one) => { const { salt: _salt, ...rest } = JSON.parse(one) as SignedLine; return rest.i === event.i ? canonical(rest) : one; })],
    [`partnerWords ${line}`, (all) => all.map((one) => { const { rest: _rest, ...left } = JSON.parse(one) as SignedLine; return left.i === event.i ? canonical(left) : one; })],
  ];
  // What is of no event, such as their acceptance: left out, twice, and not as it was signed.
  changes.push(
    ['partnerNumber', (all) => all.filter((one) => 'key' in JSON.parse(one) || 'i' in JSON.parse(one))], ['partnerNumber', (all) => [...all, all.at(-1)!]],
    ['partnerAbsent', (all) => [...all.slice(0, -1), all.at(-1)!.replace(/"sig":"[^"]{20}/, `"sig":"${'A'.repeat(20)}`)]],
  );
  for (const [what, change] of changes) expect(found(await checks(await forged(file, (t) => { lines(t, change, 'partners.jsonl'); covers(t); }))), what).toEqual(expect.arrayContaining(['manifestChanged', what]));
  // One signature for two events: the second has the first one's.
  const twice = await checks(await forged(file, (t) => {
    lines(t, (all) => {
      const [card, first, second, ...rest] = all;
      return [card!, first!, canonical({ ...JSON.parse(first!) as SignedLine, i: (JSON.parse(second!) as SignedLine).i }), ...rest];
    }, 'partners.jsonl');
    covers(t);
  }));
  expect(twice.found.map(({ code }) => code)).toEqual(expect.arrayContaining(['partnerTwice']));
});

it('R11 what was said late tells when, and a time that nobody signed is named; what stands before it was said is told', async () => {
  const { pool } = two.ehime.door.stair;
  cut();
  await two.says(two.hiroshima, '線が切れている間に');
  await two.passes(10 * 60_000);
  mend();
  await two.passes(hour);
  expect(found(await checks(await takesOut()))).toEqual([]);
  const note = await eventOf('federation.saidAt');
  const params = note.fields['params']!.value as { time: string };
  await rewrites(note, 'params', { ...params, time: '1/1 00:00' });
  await recordsAnew();
  expect((await checks(await takesOut())).found).toMatchObject([{ code: 'partnerTime', params: { name: '広島県' } }]);
  // Where the line is put elsewhere in the talk, nothing tells it.
  await rewrites(note, 'params', params);
  await pool.query('update event set id = $1 where id = $2 and kind = 41', [randomUUID(), note.id]);
  await recordsAnew();
  expect((await checks(await takesOut())).found).toMatchObject([{ code: 'partnerTime' }]);
  await pool.query('update event set id = $2 where seq = $1 and stream = (select no from stream where key = $3)', [note.seq, note.id, note.stream]);
  await pool.query(`update event set at = at - 3600000 where id = $1`, [(await eventOf('給水車')).id]);
  await recordsAnew();
  const early = await checks(await takesOut());
  expect([found(early), early.proven!.partners[0]!.early]).toEqual([[], 1]);
  expect(says(early, words('ja', japanese)).proven.join('\n')).toContain('広島県から届いた1件は、広島県の時計で言われた時刻より前に届いたことになっています');
});

it('R11 a message that this house has left out whole is a hole in their numbers; where its number stands, it is no event, and that is told', async () => {
  const { door: { stair: { pool } }, box: { cast } } = two.ehime;
  const { id, stream, seq } = await eventOf('給水車');
  await pool.query(`update event set kind = 35, org = $3, by = $4 where stream = (select no from stream where key = $1) and seq = $2`, [stream, seq, cast.taro.org, cast.taro.person]);
  await recordsAnew();
  const absent = await checks(await takesOut());
  expect([found(absent), absent.proven!.partners]).toMatchObject([[], [{ n: 5, absent: 1, isWhole: true }]]);
  expect(says(absent, words('ja', japanese)).proven.join('\n')).toContain('広島県から届いた1件は、ここに出来事がありません');
  await pool.query('update event set kind = 418 where id = $1 and kind = 410', [id]);
  await recordsAnew();
  expect((await checks(await takesOut())).found).toMatchObject([{ code: 'partnerNumber', params: { name: '広島県', no: 3 } }]);
});

it('R11 how urgent it was, which sticker, and which files are compared as well; a field that is made up and hidden hides nothing', async () => {
  const { pool } = two.ehime.door.stair;
  await two.does(two.hiroshima, say, { room: two.hiroshima.room, sticker: stickers[0].id }, 'taro');
  await two.settles();
  const names = async (text: string, field: string, value: unknown): Promise<void> => {
    const event = await eventOf(text);
    const was = event.fields[field]!.value;
    expect(canonical(was)).not.toBe(canonical(value));
    await rewrites(event, field, value);
    await recordsAnew();
    expect((await checks(await takesOut())).found, field).toMatchObject([{ code: 'partnerWords' }]);
    await rewrites(event, field, was);
  };
  await names('給水車を3台', 'urgency', 'urgent');
  await names('"sticker"', 'sticker', stickers[1].id);
  const [{ file, ...more }] = (await eventOf('"attachments"')).fields['attachments']!.value as [Attachment];
  await names('"attachments"', 'attachments', [{ ...more, file: randomUUID() }]);
  await names('"attachments"', 'attachments', [{ file, ...more, name: '別の名.pdf' }]);
  await names('"kind":152', 'file', randomUUID());

  const event = await eventOf('給水車を3台');
  await rewrites(event, 'text', '給水車を5台出します');
  const of = 'where stream = (select no from stream where key = $1) and seq = $2';
  await pool.query(`update event_body set emptied = '{zzz}', salt = salt || decode(repeat('00', 16), 'hex') ${of}`, [event.stream, event.seq]);
  await pool.query(`update event set commitments = commitments || decode(repeat('ab', 32), 'hex') ${of}`, [event.stream, event.seq]);
  await recordsAnew();
  expect((await checks(await takesOut())).found).toMatchObject([{ code: 'partnerWords' }]);
});

it('R11 words that are taken back while the record is written stand in it as when it was signed', async () => {
  const { hiroshima } = two;
  const message = await two.says(hiroshima, '橋は通れます');
  await two.settles();
  const file = await takesOut({}, async () => {
    await two.does(hiroshima, withdraw, { room: hiroshima.room, message }, 'taro');
    await two.settles();
  });
  expect(found(await checks(file))).toEqual([]);
  expect([...(await read(file)).values()].filter((text) => text.includes('橋は通れます'))).toHaveLength(2);
  // The next one tells that it was taken back, and not what it said.
  const next = await takesOut();
  expect(found(await checks(next))).toEqual([]);
  expect((await read(next)).get('events.jsonl')).not.toContain('橋は通れます');
});

it('R11 for which house and which room it was signed is told, and a house that shows what went to another one, or was said in another talk, is found out', async () => {
  const { door: { stair: { pool, memory } } } = two.ehime;
  const told = (verdict: Verdict): string => says(verdict, words('ja', japanese)).proven.join('\n');
  const file = await takesOut();
  const theirNumbers = (await two.sees(two.hiroshima)).partners[0]!.numbers.join(' ');
  expect(told(await checks(file))).toContain(`広島県は、それを愛媛県の狼煙あてに署名しています。広島県の狼煙の「他県の狼煙」にある愛媛県の確認番号と見比べてください（愛媛県が名前か住所を変えたあとは、番号も変わります）： ${theirNumbers}`);
  const card = JSON.parse((await read(file)).get('partners.jsonl')!.split('\n')[0]!) as CardLine;
  const withCard = async (one: object): Promise<Verdict> => checks(await forged(file, (t) => { lines(t, ([, ...all]) => [canonical(one), ...all], 'partners.jsonl'); covers(t); }));

  // The house to which they sent is another, and this one says that it is that one: it has not its key. With its own key they are for another house.
  const other = await Seal.open();
  const record = JSON.parse((await read(file)).get('manifest.json')!) as Manifest;
  const signedBy = (seal: Seal, of: Omit<HouseHere, 'sig' | 'key'>, at = record): HouseHere => ({ ...of, key: seal.key, sig: seal.sign('record', Buffer.from(recordText({ ...of, key: seal.key }, at))).toString('base64url') });
  const mine = { name: card.here!.name, address: card.here!.address };
  const ours = (await two.ehime.door.federation.open()).seal;
  for (const here of [{ ...card.here!, key: other.key }, { ...card.here!, name: '高知県' }, { ...card.here!, address: 'https://kochi.example' }, signedBy(ours, mine, { ...record, root: '0'.repeat(64) }), signedBy(ours, mine, { ...record, size: record.size - 1 })]) {
    expect(found(await withCard({ ...card, here })), canonical(here)).toContain('partnerHouse');
  }
  // One that has its key says so, and nothing was for it; so does one of an earlier edition, which says nothing.
  for (const here of [async (at: Parameters<SignaturesOf['here']>[0]) => signedBy(other, mine, { ...record, ...at }), async () => undefined]) {
    const elsewhere = await checks(await takesOut({}, undefined, () => ({ here })));
    expect([found(elsewhere), elsewhere.proven!.partners[0]]).toMatchObject([[], { n: 6, elsewhere: 7, roomless: 0 }]);
    expect(told(elsewhere)).toContain('広島県から届いた7件は、どの狼煙あてに署名されたかを照らせません');
    // Of a house for which nothing was signed it is not said that something was.
    expect(told(elsewhere)).not.toContain('の狼煙あてに署名しています');
  }

  // What was said in another talk of the same two houses: they have signed which it was.
  const { seal } = await two.hiroshima.door.federation.open();
  const first = readHead(Buffer.from((JSON.parse((await read(file)).get('partners.jsonl')!.split('\n')[1]!) as SignedLine).head, 'base64url'))!;
  const naming = (room: string, more: Partial<Head> = {}, by = seal): SignedParcel => {
    const [salt, rest] = [randomBytes(16), { room: 'a'.repeat(64), yours: roomRef(ours.fingerprint, first.share, room) }];
    const head = headBytes({ ...first, from: by.fingerprint, no: 2, kind: 'accept', body: sha256(bodyBytes(salt, rest)), ...more });
    return { head: Buffer.from(head).toString('base64url'), sig: by.sign('parcel', head).toString('base64url'), salt: salt.toString('base64url'), rest: JSON.stringify(rest) };
  };
  const named = async (...all: SignedParcel[]): Promise<Verdict> => checks(await takesOut({}, undefined, () => ({ named: async () => all })));
  expect(found(await named(naming(two.ehime.room)))).toEqual([]);
  const moved = await named(naming(randomUUID()));
  expect([new Set(moved.found.map(({ code }) => code)), moved.found.length]).toEqual([new Set(['partnerRoom']), 7]);
  const good = naming(two.ehime.room);
  for (const wrong of [naming(two.ehime.room, { kind: 'say' }), naming(two.ehime.room, { body: randomBytes(32) }), { ...good, rest: JSON.stringify({ yours: 'b'.repeat(64) }) }, { ...good, sig: naming(two.ehime.room).sig }]) expect(found(await named(wrong))).toEqual(['partnerAbsent']);
  const roomless = await named();
  expect([found(roomless), roomless.proven!.partners[0]]).toMatchObject([[], { n: 6, elsewhere: 0, roomless: 7 }]);
  expect(told(roomless)).toContain('広島県から届いた7件は、どのトークあてに署名されたかを照らせません');
  // A partner that this house has made up itself signs for it what it likes; of what another one was told it says nothing, whether that one has signed it or not.
  const kochi = { name: '高知県', address: 'https://kochi.example', key: other.key };
  const id = await two.does(two.ehime, meet, kochi);
  const { stream, born } = memory.get(partner.noun, id)!;
  const beside = async (theirs: SignedParcel[], made: SignedParcel): Promise<Verdict> => checks(await takesOut({}, undefined, (as) => ({
    partners: (on) => [...as.partners(on), { card: { id, org: orgOf(id), ...kochi }, met: { stream, seq: born } }], named: async (_room, whose) => (whose === id ? [made] : theirs),
  })));
  const claimed = await beside([], naming(two.ehime.room, {}, other));
  expect([found(claimed), claimed.proven!.partners]).toMatchObject([[], [{ name: '広島県', n: 6, roomless: 7 }]]);
  const accused = await beside([good], naming(randomUUID(), {}, other));
  expect([found(accused), accused.proven!.partners]).toMatchObject([[], [{ name: '広島県', n: 6, roomless: 0 }]]);
  await pool.query(`update event_body b set json = b.json - 'rest' from event e where e.stream = b.stream and e.seq = b.seq and e.kind = 410 and b.json ->> 'kind' = 'accept'`);
  expect((await checks(await takesOut())).proven!.partners[0]).toMatchObject({ n: 6, roomless: 7 });
});

it('R11 a parcel to another house says nothing here, whoever signed it', async () => {
  const { seal } = await two.hiroshima.door.federation.open();
  const file = await takesOut();
  const all = (await read(file)).get('partners.jsonl')!.trimEnd().split('\n').map((line) => JSON.parse(line) as SignedLine);
  const i = all.findLastIndex((line) => 'rest' in line);
  const head = headBytes({ ...readHead(Buffer.from(all[i]!.head, 'base64url'))!, to: randomBytes(32) });
  const other = { ...all[i]!, head: Buffer.from(head).toString('base64url'), sig: seal.sign('parcel', head).toString('base64url') };
  const verdict = await checks(await forged(file, (t) => { lines(t, () => all.with(i, other).map(canonical), 'partners.jsonl'); covers(t); }));
  expect(verdict.found.map(({ code }) => code)).toContain('partnerSignature');
});

it('R11 a browser that checks no such signatures says so, loses nothing of it, and still finds what is another', async () => {
  const cannot = async (): Promise<undefined> => undefined;
  const file = await takesOut();
  const verdict = await checks(file, undefined, cannot);
  expect([found(verdict), verdict.proven!.signed, verdict.proven!.partners]).toMatchObject([[], undefined, [{ n: 0, open: 7, isWhole: true }]]);
  const told = says(verdict, words('ja', japanese));
  expect([told.open[0], told.proven.join('\n')]).toEqual([expect.stringContaining('このブラウザ'), expect.stringContaining('広島県から届いた7件は、署名と照らせません')]);
  await rewrites(await eventOf('給水車を3台'), 'text', '給水車を5台出します');
  await recordsAnew();
  expect((await checks(await takesOut(), undefined, cannot)).found).toMatchObject([{ code: 'partnerWords' }]);
});

it('R11 a partner that was brought back from a backup says a thing again: it stands once, its numbers have no hole, and the second time is counted', async () => {
  const { hiroshima } = two;
  const bringBack = await two.backUp(hiroshima);
  const id = await two.says(hiroshima, '控えの後で');
  await two.settles();
  await bringBack();
  await two.does(hiroshima, confirm, { partner: await two.partnerOf(hiroshima), spokeTo: '危機管理監 田中' });
  await two.does(hiroshima, say, { room: hiroshima.room, text: '控えの後で' }, 'taro', id);
  await two.says(hiroshima, 'それから');
  await two.passes(hour);
  const verdict = await checks(await takesOut());
  expect([found(verdict), verdict.proven!.partners]).toMatchObject([[], [{ n: 8, open: 1, absent: 1, isWhole: true }]]);
});

it('R11 of a span of time nothing is said of what was left out, and nothing is found', async () => {
  two.ehime.box.clock.pass(60_000);
  const verdict = await checks(await takesOut({ until: two.ehime.box.clock.now() }));
  expect([found(verdict), verdict.proven!.partners]).toMatchObject([[], [{ n: 6, isWhole: false }]]);
  expect(says(verdict, words('ja', japanese)).proven.join('\n')).toContain('ここから除かれたものがあるかは照らせません');
});

it('R11 a card that is not the one whose reading in is in the record is named', async () => {
  const file = await takesOut();
  const card = JSON.parse((await read(file)).get('partners.jsonl')!.split('\n')[0]!) as CardLine;
  const { met, ...bare } = card;
  const { fields } = met;
  const other = 'https://elsewhere.example';
  /** The reading in as it would be of another card, with commitments that fit. */
  const forgedMet = (name: 'address' | 'key', value: string): EventLine => {
    const k = Object.keys(fields).toSorted().indexOf(name);
    const commitment = hex(commitmentOf(fromHex(fields[name]!.salt!)!, name, canonical(value)));
    return { ...met, fields: { ...fields, [name]: { ...fields[name], value } }, commitments: met.commitments.slice(0, k * 64) + commitment + met.commitments.slice((k + 1) * 64) };
  };
  const stranger = (await Seal.open()).key;
  for (const one of [
    { ...card, address: other }, bare, { ...card, met: { ...met, fields: { ...fields, address: {} } } }, { ...card, met: { ...met, i: met.i + 1 } }, { ...card, met: { ...met, kind: 402 } },
    { ...card, address: other, met: { ...met, fields: { ...fields, address: { ...fields['address'], value: other } } } }, { ...card, address: other, met: forgedMet('address', other) }, { ...card, key: stranger, met: forgedMet('key', stranger) },
  ]) {
    const verdict = await checks(await forged(file, (t) => { lines(t, ([, ...all]) => [canonical(one), ...all], 'partners.jsonl'); covers(t); }));
    expect(found(verdict), canonical(one)).toContain('partnerCard');
  }
});

it('R11 where words were taken out of the record, nothing is said of that message but that it cannot be compared', async () => {
  const { ehime } = two;
  await two.blacksOut(ehime, two.files(ehime)[0]!.of, ['text']);
  await two.settles();
  const verdict = await checks(await takesOut());
  expect(found(verdict)).toEqual([]);
  // The words are hidden, and what is left of their event is known as signed only; the file beside them stands, and its parcel has lost its salt with them.
  expect(verdict.proven!.partners).toMatchObject([{ n: 4, open: 3 }]);
});
