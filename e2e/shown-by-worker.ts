import type { BrowserContext } from 'playwright-core';

/**
 * Counts what the service worker of this device has put on its screen. The browser's own list is asked afterwards and not meanwhile:
 * Chromium takes out of it whatever is written down and does not stand on the screen yet, for ever (`platform_notification_context_impl`).
 * @returns how many there were since
 */
export async function countsShown(context: BrowserContext): Promise<() => Promise<number>> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(() => {
    const here = globalThis as unknown as { registration: ServiceWorkerRegistration; shownCount: number };
    const show = here.registration.showNotification.bind(here.registration);
    here.shownCount = 0;
    here.registration.showNotification = async (...said) => {
      await show(...said);
      here.shownCount += 1;
    };
  });
  return () => worker.evaluate(() => (globalThis as unknown as { shownCount: number }).shownCount);
}
