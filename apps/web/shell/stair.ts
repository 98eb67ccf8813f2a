import { openFilesEnd, type FilesEnd } from '@noroshi/foundations/files/web';
import type { Actor } from '@noroshi/foundations/kernel';
import { room, type Room } from '@noroshi/features/talk';
import { roomStream, type StreamKey } from '@noroshi/foundations/sync';
import { LowerEnd, fetchedWire, loadPollWire, socketWire, type LineState, type Replica } from '@noroshi/foundations/sync/web';
import { house } from '../features.ts';
import { lineLock } from './kept-names.ts';

let tell!: () => void;
/** When all that someone may see has been on this device: nothing else is fetched before that. */
export const hasRead = new Promise<void>((done) => { tell = done; });

/** The lower end of the stair in a browser. One tab of a person is on the line; the others write to the same outbox and ask through it. */
export function openStair(actor: Actor, told: (state: LineState, code: string | undefined, isBad: boolean) => void, lost: () => void, drafts: Map<string, string>): { stair: LowerEnd; files: FilesEnd; close: () => void } {
  const ending = new AbortController();
  const { signal } = ending;
  const line = new URL('/line', location.href);
  line.protocol = line.protocol.replace('http', 'ws');
  const stair = new LowerEnd({
    house, actor,
    wires: [socketWire(line.href), fetchedWire(async () => (await loadPollWire())('/line/poll'))],
    now: () => Date.now(),
    randomBytes: (n) => crypto.getRandomValues(new Uint8Array(n)),
    inFront: () => document.visibilityState === 'visible',
    inflate,
    state: told,
    markPlace: localStorage,
    first: inDisaster,
    drafts,
    lost: () => { if (!ending.signal.aborted) lost(); },
    tabs: new BroadcastChannel(`noroshi-line-${actor.person}`),
  });
  // Whoever opens a talk has that one first, before the page for it is here.
  const talk = /^\/talk\/([0-9a-f-]{36})$/.exec(location.pathname)?.[1];
  if (talk) stair.openRoom(roomStream(talk));
  void stair.replica.whole().then(tell);
  const hurry = (): void => { if (document.visibilityState === 'visible') stair.hurry(); };
  void navigator.locks
    .request(lineLock(actor.person), { signal }, () => new Promise<void>((done) => {
      stair.start();
      signal.addEventListener('abort', () => done());
    }))
    .catch(() => undefined);
  // What the browser says of its network comes to every tab; the one on the line acts on it.
  addEventListener('offline', () => stair.line.offline(), { signal });
  addEventListener('online', () => stair.line.online(), { signal });
  addEventListener('pageshow', () => { stair.shows(true); hurry(); }, { signal });
  addEventListener('pagehide', () => stair.shows(false), { signal });
  document.addEventListener('visibilitychange', hurry, { signal });
  const { files, close } = openFilesEnd(stair);
  return { stair, files, close: () => { ending.abort(); close(); stair.stop(); } };
}

/** The talks of a real disaster. */
async function inDisaster(replica: Replica): Promise<readonly StreamKey[]> {
  const rooms = (await replica.all<Room>(room.noun)).map(({ value }) => value).filter(({ incidents, closedAt, drill }) => incidents.length > 0 && closedAt === undefined && !drill);
  return rooms.map(({ id }) => roomStream(id));
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
