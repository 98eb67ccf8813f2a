import { declared } from '../../foundations/notify/declared.ts';
import { idShape } from '@noroshi/foundations/kernel';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

// The service worker's part that Chromium lets nobody press from outside: what a press on a notification does, what is shown
// of a push that is not ours, and a subscription that the browser gives up. What is shown of ours is in e2e/waking.

const origin = 'https://noroshi.example.jp';
const spy = () => vi.fn<(...given: any[]) => any>();
const heard = new Map<string, (event: unknown) => void>();
const windows: { visibilityState: string; postMessage: ReturnType<typeof spy>; focus: ReturnType<typeof spy> }[] = [];
const openWindow = spy();
const showNotification = spy();
const setAppBadge = vi.fn<(count: number) => Promise<void>>(async () => undefined);
const subscribe = spy();
const fetched = spy();

vi.stubGlobal('self', {
  location: { origin }, navigator: { setAppBadge }, registration: { showNotification, pushManager: { subscribe } },
  clients: { matchAll: async () => windows, openWindow }, addEventListener: (name: string, how: (event: unknown) => void) => heard.set(name, how),
});
vi.stubGlobal('fetch', fetched);
afterAll(() => { vi.unstubAllGlobals(); });
// Named so that this project does not look into it: there is no window there.
const worker = './push-worker.ts';
((await import(worker)) as { hearPushes: () => void }).hearPushes();

/** Lets something happen to the service worker, and waits until it is done with it. */
async function happens(name: string, event: object): Promise<void> {
  let done: Promise<unknown> = Promise.resolve();
  heard.get(name)!({ ...event, waitUntil: (work: Promise<unknown>) => { done = work; } });
  await done;
}
const push = (text: string | null): Promise<void> => happens('push', { data: text === null ? null : { json: () => JSON.parse(text) as unknown } });
const press = (data: unknown): Promise<void> => happens('notificationclick', { notification: { data, close: spy() } });

beforeEach(() => {
  windows.length = 0;
  vi.clearAllMocks();
});

describe('a push', () => {
  it('always shows something, also one that is not ours: what shows nothing counts against the device', async () => {
    for (const text of [null, '', '{', '7', '"x"', 'null', '{"notification":7}', '{"notification":{"title":7,"navigate":"https://elsewhere.example/x"}}']) {
      await push(text);
      expect(showNotification, String(text)).toHaveBeenLastCalledWith('狼煙 Noroshi', expect.objectContaining({ body: '', data: '/' }));
    }
    expect(showNotification).toHaveBeenCalledTimes(8);
    expect(fetched).not.toHaveBeenCalled();
  });
  it('is heard again where it takes the place of another, unless it is silent, and stays where it is urgent', async () => {
    const came = (more: object) => JSON.stringify({ web_push: 8030, app_badge: 4, notification: { title: 'グループC', body: '水', navigate: `${origin}/talk/x?y`, tag: 't', lang: 'ja', silent: false, data: { urgent: true }, ...more } });
    await push(came({}));
    expect(showNotification).toHaveBeenLastCalledWith('グループC', expect.objectContaining({ body: '水', tag: 't', lang: 'ja', silent: false, renotify: true, requireInteraction: true, data: '/talk/x?y' }));
    expect(setAppBadge).toHaveBeenLastCalledWith(4);
    await push(came({ silent: true, data: {} }));
    expect(showNotification).toHaveBeenLastCalledWith('グループC', expect.objectContaining({ silent: true, requireInteraction: false }));
    expect(showNotification.mock.lastCall![1]).not.toHaveProperty('renotify');
  });
});

describe('a press on a notification', () => {
  const window = (visibilityState: string) => ({ visibilityState, postMessage: spy(), focus: spy() });
  it('goes there in the window that is in front, else in any, else in a new one', async () => {
    await press('/talk/x');
    expect(openWindow).toHaveBeenCalledWith('/talk/x');
    const [behind, front] = [window('hidden'), window('visible')];
    windows.push(behind, front);
    await press('/talk/y');
    expect(front.postMessage).toHaveBeenCalledWith({ go: '/talk/y' });
    expect(front.focus).toHaveBeenCalled();
    expect(behind.focus).not.toHaveBeenCalled();
  });
  it('leads nowhere out of this house', async () => {
    for (const data of ['https://elsewhere.example/x', '//elsewhere.example/x', undefined]) {
      await press(data);
      expect(openWindow, String(data)).toHaveBeenLastCalledWith('/');
    }
  });
});

describe('a press on an answer of a notification', () => {
  const acts = [{ label: '無事・参集できる', done: '答えました', deed: 'survey.answer', input: { place: 'p', values: { state: 'fine', come: 'yes' } } }, { label: '無事・参集できない', done: '答えました', deed: 'survey.answer', input: {} }];
  const letter = { title: '安否・参集', body: '答えてください', link: `${origin}/survey/x`, id: 'i', path: '/survey/x', drill: false, tag: 't', language: 'ja', urgent: true, acts } as const;
  /** As it lies on the screen after a push that our server made. */
  const shown = async (): Promise<{ actions: { action: string; title: string }[]; data: unknown }> => {
    await push(JSON.stringify(declared(letter)));
    return showNotification.mock.lastCall![1] as { actions: { action: string; title: string }[]; data: unknown };
  };
  const answers = (data: unknown, action: string): Promise<void> => happens('notificationclick', { action, notification: { data, close: spy() } });

  it('V7 gives it to the house where it stands, and says so in its place', async () => {
    const { actions, data } = await shown();
    expect(actions).toEqual([{ action: '0', title: '無事・参集できる' }, { action: '1', title: '無事・参集できない' }]);
    fetched.mockResolvedValueOnce({ ok: true });
    await answers(data, '0');
    const [path, { body }] = fetched.mock.lastCall as [string, { body: string }];
    const sent = JSON.parse(body) as { id: string; input: unknown };
    expect([path, idShape.safeParse(sent.id).success, sent.input]).toEqual(['/api/survey.answer', true, acts[0]!.input]);
    expect(showNotification).toHaveBeenLastCalledWith('安否・参集', expect.objectContaining({ body: '答えました', tag: 't', silent: true, data: '/survey/x' }));
    expect(openWindow).not.toHaveBeenCalled();
  });
  it('V7 opens the page where it could not be given, where no answer was pressed, and where there is none', async () => {
    const { data } = await shown();
    fetched.mockResolvedValueOnce({ ok: false });
    await answers(data, '0');
    fetched.mockRejectedValueOnce(new TypeError('no line'));
    await answers(data, '1');
    await answers(data, '');
    await answers(data, '7');
    expect(openWindow.mock.calls).toEqual(Array.from({ length: 4 }, () => ['/survey/x']));
    // Only that it was pushed was shown.
    expect(showNotification).toHaveBeenCalledTimes(1);
  });
  it('V7 takes nothing for a deed that is not the name of one', async () => {
    for (const deed of ['../files/x', 'survey', 'a.b/c', '']) {
      await push(JSON.stringify(declared({ ...letter, acts: [{ ...acts[0]!, deed }] })));
      expect(showNotification.mock.lastCall![1], deed).toMatchObject({ data: '/survey/x' });
      expect(showNotification.mock.lastCall![1], deed).not.toHaveProperty('actions');
    }
  });
});

describe('a subscription that the browser gives up', () => {
  const made = (endpoint: string) => ({ endpoint, toJSON: () => ({ keys: { p256dh: 'p', auth: 'a' } }) });
  const told = () => JSON.parse(fetched.mock.lastCall![1].body as string) as unknown;
  it('is told anew to the house: the one that the browser made, or one for the same key', async () => {
    await happens('pushsubscriptionchange', { newSubscription: made('https://push.example/1'), oldSubscription: null });
    expect([fetched.mock.lastCall![0], told()]).toEqual(['/api/wake.sync', { state: 'on', subscription: { endpoint: 'https://push.example/1', p256dh: 'p', auth: 'a' } }]);
    subscribe.mockResolvedValueOnce(made('https://push.example/2'));
    await happens('pushsubscriptionchange', { newSubscription: null, oldSubscription: { options: { applicationServerKey: 'key' } } });
    expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: 'key' });
    expect(told()).toMatchObject({ subscription: { endpoint: 'https://push.example/2' } });
    fetched.mockClear();
    await happens('pushsubscriptionchange', { newSubscription: null, oldSubscription: null });
    expect(fetched).not.toHaveBeenCalled();
  });
});
