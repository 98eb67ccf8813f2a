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
  readonly acts: readonly Act[];
}

/** An answer that one press gives: what stands on it, what is shown when it is given, and the deed. */
interface Act { readonly title: string; readonly done: string; readonly deed: string; readonly input: unknown }

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
    acts: acts(said['actions'], more['acts']),
  };
}

function acts(shown: unknown, given: unknown): Act[] {
  if (!Array.isArray(shown) || !Array.isArray(given)) return [];
  return (given as Partial<Act>[]).flatMap(({ done, deed, input }, n) => {
    const title = (shown as { title?: unknown }[])[n]?.title;
    // The name of a deed and nothing else: it becomes a part of an address.
    return typeof title === 'string' && typeof done === 'string' && typeof deed === 'string' && /^[a-z]+\.[A-Za-z]+$/.test(deed) ? [{ title, done, deed, input }] : [];
  });
}

/** Where it leads within this house; to its first screen where it would lead out of it. */
function path(navigate: string): string {
  const url = URL.parse(navigate, self.location.origin);
  return url && url.origin === self.location.origin ? `${url.pathname}${url.search}` : '/';
}

async function show({ title, body = '', navigate, tag = '', lang = '', silent, urgent, badge, confirm, acts: answers }: Came): Promise<void> {
  await self.registration.showNotification(title, {
    body, tag, lang, silent, icon: '/icon-192.png', badge: '/badge-96.png', requireInteraction: urgent, data: answers.length > 0 ? { navigate, title, tag, lang, acts: answers } : navigate,
    ...(answers.length > 0 ? { actions: answers.map(({ title: word }, n) => ({ action: String(n), title: word })) } : {}),
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

/** What lies with a notification that can be answered where it stands. */
interface Answerable { readonly navigate: string; readonly title: string; readonly tag: string; readonly lang: string; readonly acts: readonly Act[] }

/**
 * An answer is given by one press on the notification. What was given stands on the screen instead; where it could not be
 * given (no line, signed out, too late) the page opens, and there it is pressed with the reason beside it.
 */
async function give({ navigate, title, tag, lang, acts: answers }: Answerable, which: string): Promise<void> {
  const act = answers[Number(which)];
  if (!act) return open(path(navigate));
  try {
    const answer = await fetch(`/api/${act.deed}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id: crypto.randomUUID(), input: act.input }) });
    if (!answer.ok) return await open(path(navigate));
  } catch {
    return open(path(navigate));
  }
  await self.registration.showNotification(title, { body: act.done, tag, lang, silent: true, icon: '/icon-192.png', badge: '/badge-96.png', data: navigate } as NotificationOptions);
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
    const data = event.notification.data as Answerable | string | undefined;
    if (event.action && typeof data === 'object' && data !== null) event.waitUntil(give(data, event.action));
    else event.waitUntil(open(path(String((typeof data === 'object' && data !== null ? data.navigate : data) ?? '/'))));
  });
}
