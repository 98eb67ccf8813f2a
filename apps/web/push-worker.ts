// Shows what comes by push, and goes where a press on it leads. Part of the service worker, which stands alone.
declare const self: ServiceWorkerGlobalScope;

/** What this house sends (Declarative Web Push), as far as it is read here. Whatever else came is still shown. */
interface Came {
  readonly title: string;
  readonly body?: string | undefined;
  readonly navigate: string;
  readonly tag?: string | undefined;
  readonly lang?: string | undefined;
  readonly silent: boolean;
  readonly urgent: boolean;
  /** For the application's icon. */
  readonly badge?: number | undefined;
  readonly confirm?: string | undefined;
}

/** Reads a push. One that is not ours says only from whom it comes: a push that shows nothing counts against the device. */
function read(data: PushMessageData | null): Came {
  let whole: { notification?: Record<string, unknown>; app_badge?: unknown } = {};
  try {
    whole = (data?.json() as typeof whole | undefined) ?? {};
  } catch {
    // Shown all the same, below.
  }
  const said = whole.notification ?? {};
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const more = (said['data'] ?? {}) as Record<string, unknown>;
  return {
    title: text(said['title']) ?? '狼煙 Noroshi', body: text(said['body']), navigate: path(text(said['navigate']) ?? '/'), tag: text(said['tag']), lang: text(said['lang']),
    silent: said['silent'] === true, urgent: more['urgent'] === true, badge: typeof whole.app_badge === 'number' ? whole.app_badge : undefined, confirm: text(more['confirm']),
  };
}

/** Where it leads within this house; to its first screen where it would lead out of it. */
function path(navigate: string): string {
  const url = URL.parse(navigate, self.location.origin);
  return url && url.origin === self.location.origin ? `${url.pathname}${url.search}` : '/';
}

async function show({ title, body = '', navigate, tag = '', lang = '', silent, urgent, badge, confirm }: Came): Promise<void> {
  await self.registration.showNotification(title, {
    body, tag, lang, silent, icon: '/icon-192.png', badge: '/badge-96.png', requireInteraction: urgent, data: navigate,
    // One that takes the place of another is heard again.
    ...(tag && !silent ? { renotify: true } : {}),
  } as NotificationOptions);
  // Not every browser has it, and one that is not installed may refuse.
  if (badge !== undefined) await self.navigator.setAppBadge?.(badge).catch(() => undefined);
  if (confirm !== undefined) await fetch('/api/wake.confirm', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: confirm }) });
}

/** A window of this house goes there, or a new one is opened. */
async function open(navigate: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const here = windows.find((window) => window.visibilityState === 'visible') ?? windows[0];
  if (!here) return void (await self.clients.openWindow(navigate));
  here.postMessage({ go: navigate });
  await here.focus();
}

/** The browser has given up a subscription: a new one is made for the same key, and told to the house, though nobody has opened it. */
async function subscribeAnew({ oldSubscription, newSubscription }: PushSubscriptionChangeEvent): Promise<void> {
  const options = oldSubscription?.options;
  const made = newSubscription ?? (options && await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: options.applicationServerKey }));
  if (!made) return;
  const { p256dh, auth } = made.toJSON().keys ?? {};
  await fetch('/api/wake.sync', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ state: 'on', subscription: { endpoint: made.endpoint, p256dh, auth } }) });
}

/** Hears pushes and presses on what they have shown. */
export function hearPushes(): void {
  self.addEventListener('push', (event) => event.waitUntil(show(read(event.data))));
  self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAnew(event)));
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(open(path(String(event.notification.data ?? '/'))));
  });
}
