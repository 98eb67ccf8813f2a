import { incident as incidentNoun, openIncident, type Incident } from '@noroshi/features/incident';
import { acknowledge, commit, consider, send } from '@noroshi/features/request';
import { words } from '@noroshi/foundations/i18n';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { fresh, openEhime } from './ehime-house.ts';
import { shot, violations } from './looking.ts';

const town = await openEhime();
let browser: Browser;
let request: string;
const hour = 3_600_000;
/** Three days from now, at the hour that stands on the screens. */
const departs = Date.now() + 72 * hour;
beforeAll(async () => {
  browser = await openBrowser();
  await town.does('hanako', openIncident, { id: fresh(), name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: [town.cast.taro.org] });
  const { id: incident, roles } = town.house.stair.memory.of('w', incidentNoun.noun)[0]!.value as Incident;
  const room = town.groupC;
  request = await town.does('taro', send, { room, incident, lines: [
    { duty: 'shelter', count: 12, jobType: 'clerical', genderNeed: '男女とも', shift: 'allDay' }, { duty: 'houseSurvey', count: 4, jobType: 'civilEngineer', skills: ['surveyExperience'] }, { duty: 'water', count: 2 },
  ] });
  await town.does('aoi', commit, {
    room, request, parts: [{ line: 1, wave: 1, count: 10, sees: 0 }], cannot: { parts: [{ line: 2, wave: 1, sees: 0 }], reason: 'noStaff' },
    departs, leader: '村上 剛', vehicles: '公用車2台',
  });
  await town.does('ken', consider, { room, request, parts: [{ line: 1, wave: 1, count: 2, sees: 0 }, { line: 2, wave: 1, count: 4, sees: 0 }], until: Date.now() + hour });
  const tobe = [...town.actors.values()].find(({ org }) => org === roles[0]!.secondaries[1])!;
  await town.house.stair.submit(tobe, { id: fresh(), name: acknowledge.deed, input: { room, request } });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town.close();
});

/** How much of the answers lies out of sight to the side, and the smallest letters in them. */
const measured = (page: Page) => page.evaluate(() => {
  const matrix = document.querySelector('.request-matrix')!;
  const boxes = [matrix, ...matrix.querySelectorAll('.tablebox, .request-line')].filter((box) => box.clientWidth > 0);
  const words = [...matrix.querySelectorAll<HTMLElement>('*')].filter((one) => one.offsetParent !== null && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim()));
  return { hidden: Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth)), smallest: Math.min(...words.filter((one) => !one.matches('.sr')).map((one) => Number.parseFloat(getComputedStyle(one).fontSize))) };
});

it('say the day of an hour that is not today', async () => {
  const page = await town.enter(browser, 'taro', { path: `/request/${request}` });
  const { moment } = words('ja', japanese);
  await page.locator('.request-phone').getByText(`${moment(departs)}出発予定`).waitFor();
  await page.context().close();
});

/** Seiyo has five supporters in the plan: as wide as the table becomes. */
describe.each(['ja', 'en'] as const)('the answers of five supporters in %s', (language) => {
  it.each([[1440, 900, 'table'], [1024, 768, 'boxes'], [390, 844, 'boxes']] as const)('are all in sight at %i × %i', async (width, height, form) => {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
    for (const who of ['taro', 'hanako'] as const) {
      const page = await town.enter(browser, who, { path: `/request/${request}`, language, context });
      await page.locator(form === 'table' ? '.request-desk table' : '.request-phone section').first().waitFor();
      expect(await page.locator(form === 'table' ? '.request-phone' : '.request-desk').isVisible()).toBe(false);
      if (form === 'table') expect(await page.locator('.request-desk thead th').count()).toBe(10);
      const { hidden, smallest } = await measured(page);
      await shot(page, `matrix-${language}-${width}-${who}`);
      expect(hidden, who).toBeLessThanOrEqual(0);
      expect(smallest).toBeGreaterThanOrEqual(14);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      expect(await violations(page, '.request-matrix')).toEqual([]);
      await page.close();
    }
    await context.close();
  });
});
