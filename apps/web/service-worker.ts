/**
 * Keeps the application on the device, so that it opens without a network. It holds code and drawings only: what people
 * said is in the replica. A new version waits until someone says so, and never takes over while something is being written.
 */
import { hearPushes } from './push-worker.ts';

declare const self: ServiceWorkerGlobalScope;

/** Filled in when the application is built: every file of this version, and a name made of their contents. */
const shell = '__SHELL__' as unknown as { readonly version: string; readonly files: readonly string[] };
const shellName = `shell-${shell.version}`;
const drawings = 'drawings';

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
});

/** So many files are fetched at once: one after the other, a hundred of them would mostly wait for a thin line's far end. */
const atOnce = 4;

async function keepShell(): Promise<void> {
  const cache = await caches.open(shellName);
  const waiting = shell.files.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const file of waiting) {
      // Files whose names tell their contents are taken from an older version where it has them.
      const known = file.startsWith('/assets/') ? await caches.match(file) : undefined;
      await cache.put(file, known ?? (await fetchWhole(file)));
    }
  }));
}

async function fetchWhole(file: string): Promise<Response> {
  const answer = await fetch(file, { cache: 'no-cache', priority: 'low' });
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return answer;
}

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('shell-') && name !== shellName) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener('message', (event) => {
  if (event.data === 'takeOver') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (/^\/(api|line|files|documents|s|healthz|\.well-known)(\/|$)/.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(held('/index.html', request));
  else if (shell.files.includes(url.pathname)) event.respondWith(held(url.pathname, request));
  else if (url.pathname.startsWith('/stickers/')) event.respondWith(drawing(request));
});

async function held(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(shellName);
  return (await cache.match(file)) ?? fetch(request);
}

async function drawing(request: Request): Promise<Response> {
  const cache = await caches.open(drawings);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

hearPushes();
