/**
 * Keeps the application on the device, so that it opens without a network. It holds code and drawings only: what people
 * said is in the replica. A new version waits until someone says so, and never takes over while something is being written.
 */
import { unpack } from './packs.ts';
import { hearPushes } from './push-worker.ts';

declare const self: ServiceWorkerGlobalScope;

/** Filled in when the application is built: a name made of the contents of this version, its files that come singly, and those that come in packs. */
const shell = '__SHELL__' as unknown as { readonly version: string; readonly loose: readonly string[]; readonly packs: readonly Pack[] };
interface Pack { readonly file: string; readonly holds: readonly string[] }
const files = new Set([...shell.loose, ...shell.packs.flatMap(({ holds }) => holds)]);
const shellName = `shell-${shell.version}`;
const drawings = 'drawings';

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
});

/**
 * So many files are fetched at once. One after the other, they would mostly wait for a thin line's far end; what a person writes
 * meanwhile waits behind all that are on their way.
 */
const atOnce = 2;

/**
 * Fetches what makes up this version. Two hundred and fifty files would each pay for a question, a head and an alphabet of their own: on a
 * thin line they come in packs, small enough to leave room for words.
 */
async function keepShell(): Promise<void> {
  const cache = await caches.open(shellName);
  await eachOf(shell.loose, (file) => keepFile(cache, file));
  await eachOf(shell.packs, async ({ file, holds }) => {
    const missing = new Set<string>();
    for (const one of holds) if (!(await isKept(cache, one))) missing.add(one);
    // Where an older version has most of it, only what is new.
    if (missing.size * 2 > holds.length) await keepPack(cache, file, missing);
    for (const one of missing) await keepFile(cache, one);
  });
}

async function eachOf<T>(some: Iterable<T>, keep: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...some].values();
  await Promise.all(Array.from({ length: atOnce }, async () => { for (const one of waiting) await keep(one); }));
}

async function keepFile(cache: Cache, file: string): Promise<void> {
  if (!(await isKept(cache, file))) await cache.put(file, await fetchWhole(file));
}

/** Files whose names tell their contents are taken from an older version where it has them. */
async function isKept(cache: Cache, file: string): Promise<boolean> {
  const known = isNamedByContents(file) ? await caches.match(file) : undefined;
  if (known) await cache.put(file, known);
  return known !== undefined;
}

/** @param missing what is wanted of it; what has come is taken out */
async function keepPack(cache: Cache, file: string, missing: Set<string>): Promise<void> {
  const { body, headers } = await fetchWhole(file);
  for await (const { name, bytes } of unpack(body!)) {
    if (!missing.delete(name)) continue;
    const kind = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    await cache.put(name, new Response(bytes, { headers: { 'content-type': `${kind}; charset=utf-8`, 'x-content-type-options': headers.get('x-content-type-options') ?? 'nosniff' } }));
  }
}

const isNamedByContents = (file: string): boolean => file.startsWith('/assets/');

async function fetchWhole(file: string): Promise<Response> {
  // What the page has fetched already lies in the browser's own memory: it is not even asked whether it is still right.
  const answer = await fetch(file, { cache: isNamedByContents(file) ? 'default' : 'no-cache', priority: 'low' });
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
  else if (files.has(url.pathname)) event.respondWith(held(url.pathname, request));
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
