import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rooms } from '../apps/web/rooms.ts';
import { openBrowser } from './browser.ts';
import { asOnAnOldPhone } from './box/old-phone.ts';
import { openDemo } from './demo-house.ts';
import { enterAs } from './ehime-house.ts';
import { goes, misfits, shot, violations } from './looking.ts';

// Every screen that a room of the house lists, on what the demo has in it, at each size and in each language: a new screen
// is looked at by itself.

const demo = await openDemo();
const browser = await openBrowser();
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const own = ['/', '/more', '/waiting', '/settings', '/is-not-there', '/board/open', '/board/settings?board=:board', '/chronology/write', '/damage/report', '/damage/form', '/damage/population', '/drills', '/drills/start', '/calendar?view=week', '/calendar/open', '/calendar/settings'];
const parts = [{ name: 'the house', paths: own }, ...rooms.flatMap(({ name, pages = [] }) => (pages.length > 0 ? [{ name, paths: pages.map(({ path }) => path) }] : []))];
const sizes = { 'small phone': [360, 640], phone: [390, 844], tablet: [768, 1024], 'small desk': [1024, 768], desk: [1440, 900] } as const;

for (const language of ['ja', 'en'] as const) {
  for (const who of ['hanako', 'taro'] as const) {
    describe(`for ${who} in ${language}`, () => {
      let page: Page;
      const complaints: string[] = [];
      beforeAll(async () => {
        const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
        // What has run on it has run without what an old iPhone has not.
        await context.addInitScript(asOnAnOldPhone);
        page = await enterAs(browser, demo.address, demo.cast[who], { language, context });
        page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        await page.locator('.tabs').waitFor();
      });
      afterAll(() => page.context().close());

      it.each(parts)('F1 every screen of $name fits every size, and axe finds nothing', async ({ paths }) => {
        const found: string[] = [];
        for (const path of paths.map((one) => demo.pathOf(one))) {
          await goes(page, path);
          await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
          for (const [size, [width, height]] of Object.entries(sizes)) {
            await page.setViewportSize({ width, height });
            found.push(...(await misfits(page)).map((what) => `${path} (${size}) ${what}`));
            if (size === 'phone' || size === 'desk') await shot(page, `every-${who}-${language}-${path.replaceAll(/[0-9a-f-]{36}/g, 'id').replaceAll('/', '_')}-${size}`);
          }
          const [width, height] = sizes[language === 'ja' ? 'phone' : 'desk'];
          await page.setViewportSize({ width, height });
          found.push(...(await violations(page)).map((what) => `${path} ${what}`));
        }
        expect(found).toEqual([]);
        expect(complaints).toEqual([]);
      });
    });
  }
}
