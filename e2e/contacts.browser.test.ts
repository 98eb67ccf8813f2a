import { putContact, setFavourite, setRegions, type Content } from '@noroshi/features/contacts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { goes, looksRight } from './looking.ts';

let browser: Browser;
let town: Awaited<ReturnType<typeof openEhime>>;
const hospital: Content = { kind: 'hospital', name: '県立南宇和病院', kana: 'けんりつみなみうわびょういん', desk: '事務局 防災担当', phones: [{ kind: 'office', number: '0895-00-0900' }, { kind: 'night', number: '0895-00-0909' }, { kind: 'fax', number: '0895-00-0990' }], email: 'jimu@byoin.example.jp', place: '南宇和郡愛南町', note: '夜間は守衛室が受け、当直につなぐ。' };
beforeAll(async () => {
  [browser, town] = await Promise.all([openBrowser(), openEhime()]);
  const org = town.cast.hanako.org;
  await town.does('hanako', putContact, { id: fresh(), org, ...hospital });
  await town.does('hanako', putContact, { id: fresh(), org, kind: 'utility', name: '四国の電力会社 愛媛支店', kana: 'しこくのでんりょくがいしゃ', person: '高橋 誠', phones: [{ kind: 'direct', number: '089-000-0800' }] });
  await town.does('hanako', setRegions, { regions: [{ name: '南予', romaji: 'Nanyo', orgs: [town.names.org('西予市'), town.names.org('大洲市')] }] });
  await town.does('taro', setFavourite, { of: town.cast.hanako.person, on: true });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

describe('the address book', () => {
  it('AB3 AB5 on a telephone without a network the hospital is found by kana, and its row rings it; a favourite is there at once', async () => {
    const page = await town.enter(browser, 'taro', { path: '/people' });
    await page.getByRole('heading', { name: 'お気に入り' }).waitFor();
    await looksRight(page, 'contacts-book-phone');
    await page.context().setOffline(true);
    await page.getByRole('searchbox').fill('びょういん');
    const call = page.getByRole('link', { name: '県立南宇和病院の代表に電話する' });
    await call.waitFor();
    expect(await call.getAttribute('href')).toBe('tel:0895-00-0900');
    await looksRight(page, 'contacts-found-phone');
    await page.locator('.book-row a.room').click();
    await page.getByRole('button', { name: 'お気に入り' }).click();
    await page.getByText('ほかの人には見えません。').waitFor();
    // Who does not keep the list is offered nothing of it.
    expect(await page.getByRole('button', { name: /^まだ合っています/ }).count()).toBe(0);
    await looksRight(page, 'contacts-card-phone');
    await goes(page, '/people');
    await page.getByRole('region', { name: 'お気に入り' }).getByText('県立南宇和病院').waitFor();
    await page.context().close();
  });

  it('AB8 at the desk the tree is walked by the arrows, from the prefecture to a town of a region', async () => {
    const page = await town.enter(browser, 'hanako', { path: '/people', desk: true });
    const head = page.locator('summary', { hasText: '南予' });
    await head.focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('summary', { hasText: '大洲市' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.getByText('上田 雅代').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('上田 雅代');
    await looksRight(page, 'contacts-tree-desk');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('南予');
    await goes(page, '/contacts/write');
    await looksRight(page, 'contacts-write-desk');
    await page.context().close();
  });
});
