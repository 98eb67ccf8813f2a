import { box, door, opensTheDoor } from '@noroshi/e2e/at-the-door';
import type { Visitor } from '@noroshi/e2e/door';
import { freshId } from '@noroshi/foundations/testing';
import { expect, it } from 'vitest';
import { devices, digitsOf, enterByNumber, inHalves, makeNumber, me, numberLasts, signOut } from './account.ts';

let laptop: Visitor;
opensTheDoor();

/** Someone's device that is in, and a number that it shows. */
async function shows(who: 'taro' | 'aoi' = 'taro'): Promise<string> {
  laptop = await door.comesIn(box.cast[who].person);
  return (await laptop.ask(makeNumber, {})).body.number;
}
const isWrong = { status: 409, body: { code: 'account.numberWrong' } };

it('C30 a device that is in lets one more in as the same person, once', async () => {
  const number = await shows();
  expect(number).toMatch(/^[0-9]{8}$/);
  expect(digitsOf(inHalves(number).replaceAll(/[0-9]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)))).toBe(number);
  const phone = door.visitor();
  expect(await phone.ask(enterByNumber, { number, device: 'iPhone' })).toMatchObject({ status: 200, body: { person: box.cast.taro.person } });
  expect((await phone.ask(me, {})).body).toMatchObject({ person: box.cast.taro.person });
  expect((await laptop.ask(devices, {})).body.devices.map(({ name }: { name: string }) => name)).toContain('iPhone');
  expect(await door.visitor().ask(enterByNumber, { number })).toMatchObject(isWrong);
});

it('C31 wrong, used, replaced, over, or of a device that was signed out: the same answer to whoever asks', async () => {
  const first = await shows('aoi');
  const second = (await laptop.ask(makeNumber, {})).body.number;
  expect(await door.visitor().ask(enterByNumber, { number: first })).toMatchObject(isWrong);
  await laptop.ask(signOut, {});
  expect(await door.visitor().ask(enterByNumber, { number: second })).toMatchObject(isWrong);
  const third = await shows('aoi');
  box.clock.pass(numberLasts + 1);
  expect(await door.visitor().ask(enterByNumber, { number: third })).toMatchObject(isWrong);
  expect((await door.visitor().ask(enterByNumber, { number: '1234567' })).status).toBe(400);
  expect((await door.visitor().ask(makeNumber, {})).status).toBe(401);
});

it('C32 where the answer is lost the same device asks again, and another cannot; what the first answer let in ends', async () => {
  const number = await shows();
  const claim = freshId();
  const lost = door.visitor();
  await lost.ask(enterByNumber, { number, claim });
  const again = door.visitor();
  expect(await door.visitor().ask(enterByNumber, { number, claim: freshId() })).toMatchObject(isWrong);
  expect(await again.ask(enterByNumber, { number, claim })).toMatchObject({ status: 200 });
  expect((await lost.ask(me, {})).status).toBe(401);
  expect((await again.ask(me, {})).status).toBe(200);
  // Whoever has signed it out meanwhile has ended what the number was for.
  await again.ask(signOut, {});
  expect(await door.visitor().ask(enterByNumber, { number, claim })).toMatchObject(isWrong);
});

it('C33 who guesses is slowed down by address', async () => {
  const number = await shows();
  const one = door.visitor('198.51.100.7');
  const codes: string[] = [];
  for (let i = 0; i < 33; i++) codes.push((await one.ask(enterByNumber, { number: String((Number(number) + 1 + i) % 10 ** 8).padStart(8, '0') })).body.code);
  expect(codes.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 'account.numberWrong'));
  expect(codes.at(-1)).toBe('account.slowDown');
  expect(await one.ask(enterByNumber, { number })).toMatchObject({ body: { code: 'account.slowDown' } });
  expect((await door.visitor('192.0.2.99').ask(enterByNumber, { number })).status).toBe(200);
});
