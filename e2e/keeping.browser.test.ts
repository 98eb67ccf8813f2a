import { giveRole } from '@noroshi/features/directory';
import { openRoom, say } from '@noroshi/features/talk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, openProfile, openWholeBrowser } from './browser.ts';
import { held, keptHalfWritten, misfits, shot, violations } from './looking.ts';
import { flood, fresh, openTalkHouse } from './talk-house.ts';

const town = await openTalkHouse();
let browser: Browser;
beforeAll(async () => {
  browser = await openWholeBrowser();
  await flood(town, false);
  await town.does('system', giveRole, { id: town.actors.ken.person, role: 'administrator' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

const fits = async (page: Page): Promise<void> => {
  expect(await misfits(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
};
const secret = '山本さん（独居）の電話は090-1234-5678です';

it('K1 K2 two administrators take words out from where they stand; a telephone that was out of reach loses them when it comes back', async () => {
  await town.does('aoi', say, { room: town.groupC, text: '三瓶地区の要支援者の連絡先はありますか' });
  await town.does('taro', say, { room: town.groupC, text: secret, place: { name: '三瓶町 山本宅' } });
  await town.does('aoi', say, { room: town.groupC, text: '確認しました' });
  const aoi = await town.enter(browser, 'aoi', { installs: true });
  await aoi.getByText(secret.slice(0, 8)).waitFor();
  await isInstalled(aoi);
  await aoi.reload();
  await aoi.getByText(secret.slice(0, 8)).waitFor();
  await aoi.context().setOffline(true);

  // Hanako sees it on her telephone and asks, in Japanese, with the reason.
  const hanako = await town.enter(browser, 'hanako');
  await hanako.locator('.msg, .bubble', { hasText: secret.slice(0, 8) }).first().waitFor();
  await hanako.getByRole('button', { name: '兵頭 太郎さんのメッセージの操作' }).click();
  await hanako.getByRole('link', { name: '黒塗りを申請' }).click();
  await hanako.getByRole('button', { name: '申請する' }).waitFor();
  await hanako.getByRole('button', { name: '申請する' }).click();
  await hanako.getByText('理由を書いてください。').waitFor();
  await fits(hanako);
  const typing = await hanako.context().newCDPSession(hanako);
  await hanako.getByLabel('理由').focus();
  await typing.send('Input.imeSetComposition', { text: 'こじんの', selectionStart: 4, selectionEnd: 4 });
  await hanako.keyboard.press('Enter');
  await typing.send('Input.insertText', { text: '個人の電話番号のため' });
  expect(await hanako.getByLabel('理由').inputValue()).toContain('個人の電話番号のため');
  await shot(hanako, 'keeping-ask-phone');
  // What was begun is there again, read from the disk of this device.
  await keptHalfWritten(hanako, town.actors.hanako.person, '個人の電話番号のため');
  await hanako.reload();
  await hanako.getByLabel('理由').waitFor();
  await expect.poll(() => hanako.getByLabel('理由').inputValue()).toContain('個人の電話番号のため');
  await hanako.getByRole('button', { name: '申請する' }).click();
  await hanako.getByText('ほかの管理者の承認を待っています。').waitFor();
  await fits(hanako);
  await shot(hanako, 'keeping-waits-phone');
  expect(await hanako.getByRole('button', { name: '承認に進む' }).count()).toBe(0);

  // Ken, at a desk, looks at what goes, and agrees.
  const ken = await town.enter(browser, 'ken', { path: '/keeping', desk: true });
  await ken.getByText(secret).waitFor();
  await fits(ken);
  await shot(ken, 'keeping-open-desk');
  await ken.getByRole('button', { name: '承認に進む' }).click();
  await ken.getByText('だれも元に戻せません').waitFor();
  await ken.getByRole('button', { name: '承認して消す' }).click();
  await ken.getByText('黒塗り済み').waitFor();
  await fits(ken);
  await shot(ken, 'keeping-done-desk');
  await ken.getByRole('link', { name: 'グループC' }).first().click();
  await ken.locator('.blacked').waitFor();
  expect(await ken.locator('.blacked').innerText()).toMatch(/黒塗り：文章.*場所[^]*理由：個人の電話番号のため[^]*申請 渡部 花子　承認 向井 健/);
  await ken.locator('.blacked').scrollIntoViewIfNeeded();
  await fits(ken);
  await shot(ken, 'keeping-mark-desk');

  // Aoi was away, and still has them; with the line they go, from the disk too.
  expect(JSON.stringify(await held(aoi, town.actors.aoi.person))).toContain('山本');
  await aoi.context().setOffline(false);
  await aoi.locator('.blacked').waitFor();
  expect(await aoi.locator('.blacked').innerText()).toContain('理由：個人の電話番号のため');
  expect(JSON.stringify(await held(aoi, town.actors.aoi.person))).not.toContain('山本');
  expect(await aoi.locator('main').innerText()).not.toContain('山本');
  await shot(aoi, 'keeping-mark-phone');
  // Without a network the mark stands as well.
  await aoi.context().setOffline(true);
  await aoi.reload();
  await aoi.locator('.blacked').waitFor();
  await fits(aoi);
  for (const page of [aoi, hanako, ken]) await page.context().close();
});

it('the screens stand in the dark and with letters twice as large; who is no administrator is told whom to ask', async () => {
  const hanako = await town.enter(browser, 'hanako', { path: '/keeping', theme: 'dark', text: '200' });
  await hanako.getByText('黒塗り済み').waitFor();
  await fits(hanako);
  await shot(hanako, 'keeping-dark-200');
  await hanako.context().close();
  const taro = await town.enter(browser, 'taro', { path: '/keeping' });
  await taro.getByText('決められるのは管理者だけです').waitFor();
  await fits(taro);
  await taro.context().close();
});

it('K7 K8 K9 what is held stays, what is due goes when a second one agrees, and its place says so', async () => {
  const room = fresh();
  await town.does('hanako', openRoom, { id: room, kind: 'purpose', name: '平時の連絡', short: '平', orgs: [], people: [town.actors.ken.person] });
  for (const text of ['定例の連絡です', '来月の訓練の日程です', '了解しました']) await town.does('ken', say, { room, text });
  const hanako = await town.enter(browser, 'hanako', { path: '/keeping' });
  await hanako.getByRole('radio', { name: '保全' }).check();
  await hanako.getByRole('button', { name: '保全する' }).waitFor();
  await fits(hanako);
  await hanako.getByLabel('保全の理由').fill('検証のため');
  await hanako.getByRole('button', { name: '保全する' }).click();
  await hanako.getByRole('button', { name: '解除を申請する' }).waitFor();
  await fits(hanako);
  await shot(hanako, 'keeping-hold-phone');
  await hanako.getByRole('radio', { name: '保存期間' }).check();
  await hanako.getByLabel('災害か部屋').selectOption({ label: '平時の連絡' });
  await hanako.getByRole('radio', { name: '1年' }).check();
  await hanako.getByRole('button', { name: '保存期間を決める' }).click();
  await hanako.getByText('保存期間を決めました').waitFor();
  await hanako.getByLabel('県の規程での最短').selectOption({ label: '10年' });
  await hanako.getByRole('button', { name: '最短を長くする' }).click();
  await hanako.getByRole('button', { name: '最短を決める' }).click();
  await hanako.getByText('災害の発言の最短は10年です').waitFor();
  await fits(hanako);
  await shot(hanako, 'keeping-terms-phone');
  await hanako.context().close();

  town.passes(3 * 366 * 86_400_000);
  const later = await town.enter(browser, 'hanako', { path: '/keeping?part=due', desk: true });
  await later.getByText('3件（').waitFor();
  await fits(later);
  await shot(later, 'keeping-due-desk');
  await later.getByRole('button', { name: '廃棄を申請する' }).click();
  await later.getByText('ほかの管理者の承認を待っています。').waitFor();
  const ken = await town.enter(browser, 'ken', { path: '/keeping?part=due' });
  await ken.getByRole('button', { name: '承認に進む' }).click();
  await ken.getByRole('button', { name: '承認して消す' }).waitFor();
  await fits(ken);
  await shot(ken, 'keeping-due-phone');
  await ken.getByRole('button', { name: '承認して消す' }).click();
  await ken.getByText(/消去中|廃棄済み/).waitFor();
  await fits(ken);
  await ken.goto(`${town.address}/talk/${room}`);
  await ken.locator('.blacked', { hasText: '保存期間満了により消去' }).first().waitFor();
  await fits(ken);
  await shot(ken, 'keeping-gone-phone');
  for (const page of [later, ken]) await page.context().close();
});

it('K10 K11 K12 an administrator finds who signed in, who looked at whose numbers and who decided, and takes it out as a table', async () => {
  const aoi = await town.enter(browser, 'aoi');
  const told = aoi.waitForResponse('**/api/directory.openedCard');
  await aoi.goto(`${town.address}/people/${town.actors.taro.person}`);
  await aoi.getByText('090-0000-0001').first().waitFor();
  await told;
  await aoi.context().close();
  const hanako = await town.enter(browser, 'hanako', { path: '/more' });
  await hanako.getByRole('link', { name: '監査記録' }).click();
  await hanako.getByText('連絡先を開いた').first().waitFor();
  await fits(hanako);
  await shot(hanako, 'audit-phone');
  await hanako.getByLabel('種類').selectOption({ label: '閲覧' });
  const line = hanako.locator('.keeping-list > li', { hasText: '連絡先を開いた' }).first();
  // Who it was is read from this device's address book, a moment after the row stands; and the rows of all give way to those of one kind.
  await line.filter({ hasText: '兵頭 太郎' }).waitFor();
  await expect.poll(() => line.innerText(), { timeout: 10_000 }).toMatch(/兵頭 太郎[^]*西条市 越智 葵/);
  // Words in Japanese: Enter while composing finds nothing yet.
  const typing = await hanako.context().newCDPSession(hanako);
  await hanako.getByLabel('種類').selectOption({ label: 'ログイン' });
  await hanako.locator('.keeping-list > li', { hasText: 'ログイン' }).first().waitFor();
  await hanako.getByText('人と期間で絞る').click();
  await fits(hanako);
  await hanako.getByLabel('言葉（任意）').focus();
  await typing.send('Input.imeSetComposition', { text: 'たろう', selectionStart: 3, selectionEnd: 3 });
  await hanako.keyboard.press('Enter');
  await typing.send('Input.insertText', { text: '越智' });
  await hanako.getByRole('button', { name: '探す' }).click();
  await hanako.waitForFunction(() => [...document.querySelectorAll('.keeping-list > li')].length > 0 && [...document.querySelectorAll('.keeping-list > li')].every((one) => one.textContent!.includes('越智')));
  const coming = hanako.waitForEvent('download');
  await hanako.getByRole('link', { name: 'CSVで受け取る' }).click();
  expect((await coming).suggestedFilename()).toMatch(/^noroshi-audit-\d{4}-\d\d-\d\d\.csv$/);
  await hanako.context().close();
  const desk = await town.enter(browser, 'hanako', { path: '/audit', desk: true, theme: 'dark' });
  await desk.getByText('監査記録を持ち出し').first().waitFor();
  await fits(desk);
  await shot(desk, 'audit-desk-dark');
  await desk.context().close();
});

it('K13 a card that was opened and a table that was made without a line stand in the audit once there is one, also when the browser was killed meanwhile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'noroshi-profile-'));
  const first = await openProfile(folder);
  let context: BrowserContext = first.context;
  try {
    const aoi = await town.enter(browser, 'aoi', { context, path: '/damage', installs: true });
    await aoi.getByRole('button', { name: 'CSV' }).waitFor();
    await isInstalled(aoi);
    await aoi.reload();
    await aoi.getByRole('button', { name: 'CSV' }).waitFor();
    await context.setOffline(true);
    for (let times = 0; times < 2; times++) {
      await aoi.goto(`${town.address}/people/${town.actors.ken.person}`);
      await aoi.getByText('090-0000-0001').first().waitFor();
    }
    await aoi.goto(`${town.address}/damage`);
    const coming = aoi.waitForEvent('download');
    await aoi.getByRole('button', { name: 'CSV' }).click();
    await coming;
    const killed = new Promise<void>((done) => context.once('close', () => done()));
    process.kill(first.pid, 'SIGKILL');
    await killed;
    const before = await town.enter(browser, 'hanako', { path: '/audit' });
    await before.locator('.keeping-list > li').first().waitFor();
    expect(await before.getByText('回線がない間').count()).toBe(0);
    await before.context().close();
    ({ context } = await openProfile(folder));
    // A browser keeps its session on the disk when it likes: whoever comes back may have to sign in.
    const back = await town.enter(browser, 'aoi', { context, path: '/', installs: true });
    await back.locator('.tabs').waitFor();
    const waits = (): Promise<number> => back.evaluate((name) => new Promise<number>((done, failed) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => failed(opening.error ?? new Error('not opened'));
      opening.onsuccess = () => {
        const all = opening.result.transaction('draft').objectStore('draft').getAllKeys(IDBKeyRange.bound('audit/', 'audit0'));
        all.onsuccess = () => { opening.result.close(); done(all.result.length); };
      };
    }), `noroshi-outbox-${town.actors.aoi.person}`);
    await expect.poll(waits, { timeout: 30_000 }).toBe(0);
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
  const hanako = await town.enter(browser, 'hanako', { path: '/audit' });
  const lines = hanako.locator('.keeping-list > li', { hasText: '回線がない間' });
  await lines.filter({ hasText: '連絡先を開いた' }).filter({ hasText: '向井' }).waitFor();
  await lines.filter({ hasText: '端末で表を作成' }).filter({ hasText: '被害報告.csv' }).filter({ hasText: 'に伝わりました' }).waitFor();
  expect(await lines.count()).toBe(2);
  await fits(hanako);
  await shot(hanako, 'audit-off-phone');
  await hanako.context().close();
});
