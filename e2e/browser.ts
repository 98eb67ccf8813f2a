import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type LaunchOptions, type Page } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * What a test has no use for. Each window would draw the suggestions of its address bar in a browser of their own, which took
 * five times the processor of all the rest of an empty window. The others are those that the driver turns off: the last list counts.
 */
const unwanted = [
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup',
  'AimEnabled', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay',
  'MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning',
];

/** The same engine without windows, menus and profiles of its own: a page in it takes half the processor. It knows no notifications. */
const SHELL = '/usr/bin/chromium-headless-shell';

/**
 * For how long a story waits for what it looks for (milliseconds): a guard against hanging. On two cores that belong to others too, what takes
 * a second alone takes ten beside three more stories; how soon something must come is asked where it is measured.
 */
export const patience = 30_000;

/** Starts the Chromium of this system, keeping to itself: it asks nothing of the network that a page did not ask for. Where there is one without windows, that. */
export function openBrowser(...flags: string[]): Promise<Browser> {
  return existsSync(SHELL) ? chromium.launch({ ...how(flags), executablePath: SHELL }) : openWholeBrowser(...flags);
}

/** Starts the Chromium that people have, for what the other does not know. */
export function openWholeBrowser(...flags: string[]): Promise<Browser> {
  return chromium.launch(how(flags));
}

/** The same on a profile that stays on the disk, so that it can be killed and opened again. @returns the browser, and the number of its process */
export async function openProfile(folder: string): Promise<{ context: BrowserContext; pid: number }> {
  const context = await chromium.launchPersistentContext(folder, { ...how([]), viewport: { width: 390, height: 844 }, locale: 'ja-JP' });
  const asking = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await asking.send('SystemInfo.getProcessInfo');
  return { context, pid: processInfo.find(({ type }) => type === 'browser')!.id };
}

function how(flags: readonly string[]): LaunchOptions {
  const executablePath = PLACES.find((path) => existsSync(path));
  if (!executablePath) throw new Error('There is no Chromium here: on Debian, run "apt-get install chromium fonts-noto-cjk" as root.');
  return {
    executablePath,
    args: [
      '--headless=new',
      // Root may not use the sandbox, and tests open only our own pages.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${unwanted.join()}`,
      ...flags,
    ],
  };
}

/** Waits until the whole application lies on this device. */
export async function isInstalled(page: Page): Promise<void> {
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active !== null && (await caches.keys()).some((name) => name.startsWith('shell-')), undefined, { timeout: 30_000 });
}
