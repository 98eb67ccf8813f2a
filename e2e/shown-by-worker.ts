import type { BrowserContext, Worker } from 'playwright-core';

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

/** What this file needs to know of a service worker: the tests are compiled for a page. */
interface Here extends EventTarget {
  readonly registration: { getNotifications(): Promise<(Notification & { readonly actions: readonly { readonly action: string; readonly title: string }[] })[]> };
  readonly NotificationEvent: new (type: string, init: { notification: Notification; action: string }) => Event;
}

/** What stands on the screen of this device, with the answers that it offers. */
export const shownBy = (worker: Worker): Promise<{ title: string; body: string; actions: string[] }[]> => worker.evaluate(async () =>
  (await (globalThis as unknown as Here).registration.getNotifications()).map(({ title, body, actions }) => ({ title, body, actions: actions.map((one) => one.title) })));

/**
 * Presses an answer on the one notification that stands, and waits until all is done that follows from it. There is nobody to press it without a screen:
 * the worker hears it as from the browser, but for holding it, which a browser lets its own events alone do.
 */
export const presses = (worker: Worker, label: string): Promise<void> => worker.evaluate(async (wanted) => {
  const here = globalThis as unknown as Here;
  const [notification] = await here.registration.getNotifications();
  const { action } = notification!.actions.find(({ title }) => title === wanted)!;
  const event = new here.NotificationEvent('notificationclick', { notification: notification!, action });
  const follows: Promise<unknown>[] = [];
  Object.defineProperty(event, 'waitUntil', { value: (work: Promise<unknown>) => follows.push(work) });
  here.dispatchEvent(event);
  await Promise.all(follows);
}, label);
