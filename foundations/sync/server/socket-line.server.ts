import { largestMessage, subprotocolOf } from '@noroshi/foundations/sync';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { framed } from './framed.server.ts';
import { mostUnsentBeside, tooMany, unheard, type Beside, type OnTheLine, type WhoAsks } from './on-the-line.server.ts';
import type { Stair } from './stair.server.ts';

/** So many messages are heard of a line whose other side has said goodbye. */
const lastWords = 8;

/** How long a socket may wait for our word on who is there, in milliseconds. */
const undecided = 20_000;
/** How long a socket has to end by itself when the server stops, in milliseconds. */
const goodbye = 300;
/** A socket that has not said a word for this long has gone: the quietest device probes every 25 s. */
const socketGone = 100_000;

/**
 * Looks after a socket from its first byte to its end. On its own, since what these hold on to stays for as long as the line
 * does: beside the request they would keep all its headers, 2 kB and more a line.
 */
function lookAfter(socket: Duplex, open: Set<Duplex>): void {
  open.add(socket);
  socket.on('close', () => open.delete(socket));
  socket.on('error', () => socket.destroy());
  // Until it is a line it has as long as any request; then the line looks after it.
  (socket as Socket).setTimeout(undecided, () => socket.destroy());
}

/** Sockets of one kind. @param speaks the subprotocol to answer with, of those that are offered */
function socketsOf(largest: number, speaks: (offered: Iterable<string>) => string | undefined): { server: WebSocketServer; speaks: typeof speaks } {
  return { speaks, server: new WebSocketServer({ noServer: true, maxPayload: largest, perMessageDeflate: false, clientTracking: false, handleProtocols: (offered) => speaks(offered) ?? false }) };
}

/** What goes to many is put into its frame once for all, and each is one write. */
function onceFramed(): (bytes: Uint8Array) => Buffer {
  let lately: Uint8Array | undefined;
  let frame: Buffer = Buffer.alloc(0);
  return (bytes) => {
    if (bytes !== lately) frame = framed(bytes);
    lately = bytes;
    return frame;
  };
}

/** Hears what comes on sockets, each in its order, and ends those that have gone without a word. */
class Listener {
  readonly #app: FastifyInstance;
  readonly #heardAt = new Map<WebSocket, number>();

  constructor(app: FastifyInstance) {
    this.#app = app;
    const look = setInterval(() => {
      const since = Date.now() - socketGone;
      for (const [ws, at] of this.#heardAt) if (at < since) ws.terminate();
    }, socketGone / 4);
    look.unref();
    app.addHook('onClose', async () => clearInterval(look));
  }

  /** Messages are heard one after the other: the order of a device is kept. Of a socket that has ended nothing more is heard, nor kept. */
  hears(ws: WebSocket, hear: (bytes: Buffer, isBinary: boolean) => Promise<void>, gone: () => void): void {
    let hearing = Promise.resolve();
    let waiting = 0;
    let waitingBytes = 0;
    const isFull = (): boolean => waiting >= unheard.messages || waitingBytes >= unheard.bytes;
    this.#heardAt.set(ws, Date.now());
    ws.on('message', (data, isBinary) => {
      this.#heardAt.set(ws, Date.now());
      const bytes = data as Buffer;
      waiting += 1;
      waitingBytes += bytes.length;
      if (isFull()) ws.pause();
      // Whoever goes says so in the same breath: the last words are heard, and what else has gathered behind a line that ends is not.
      hearing = hearing.then(() => (ws.readyState === ws.OPEN || (ws.readyState === ws.CLOSING && waiting <= lastWords) ? hear(bytes, isBinary) : undefined)).then(() => {
        waiting -= 1;
        waitingBytes -= bytes.length;
        if (ws.isPaused && !isFull()) ws.resume();
      }).catch((error: unknown) => {
        this.#app.log.error(error, 'line');
        ws.close(1011);
      });
    });
    ws.on('close', () => {
      this.#heardAt.delete(ws);
      gone();
    });
    ws.on('error', () => ws.terminate());
  }
}

/** The line over a WebSocket, and what else is spoken on sockets. */
export function mountSocket(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks, isOurOrigin: (request: IncomingMessage) => boolean, beside: Beside | undefined): void {
  // An older or newer client gets onto the line too, to be told in a sentence what to do.
  const sockets = socketsOf(largestMessage, subprotocolOf);
  const others = beside && socketsOf(beside.largest, (offered) => [...offered].find((name) => name === beside.subprotocol));
  const turnAway = (socket: Duplex, status: string): void => {
    // The other side may keep its half open for ever; Node has taken its own time-outs off such a socket.
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => setTimeout(() => socket.destroy(), goodbye).unref());
  };
  const open = new Set<Duplex>();
  // A device that is out of reach never answers our goodbye; the server does not wait for it.
  app.addHook('preClose', async () => {
    stair.hub.lines.closeAll();
    if (open.size > 0) await new Promise((done) => setTimeout(done, goodbye));
    for (const socket of open) socket.destroy();
  });
  app.server.on('upgrade', (request, socket, head) => {
    lookAfter(socket, open);
    const path = request.url?.split('?')[0];
    const besides = path === beside?.path;
    if (path !== '/line' && !besides) return turnAway(socket, '404 Not Found');
    if (!isOurOrigin(request)) return turnAway(socket, '403 Forbidden');
    if (!(besides ? others! : sockets).speaks((request.headers['sec-websocket-protocol'] ?? '').split(',').map((p) => p.trim()))) return turnAway(socket, '400 Bad Request');
    whoAsks(request).then(
      (who) => {
        if (!who?.actor()) return turnAway(socket, '401 Unauthorized');
        if (stair.hub.lines.isClosed) return turnAway(socket, '503 Service Unavailable');
        if (tooMany(stair, who)) return turnAway(socket, '429 Too Many Requests');
        if (besides) others!.server.handleUpgrade(request, socket, head, (ws) => talkBeside(ws, who));
        else sockets.server.handleUpgrade(request, socket, head, (ws) => talk(ws, socket, who));
      },
      () => turnAway(socket, '503 Service Unavailable'),
    );
  });

  const frameOf = onceFramed();
  const listener = new Listener(app);

  function talk(ws: WebSocket, socket: Duplex, who: OnTheLine): void {
    const line = stair.open({
      ...who,
      carrier: {
        send: (bytes) => { if (ws.readyState === ws.OPEN) socket.write(frameOf(bytes)); },
        close: (code, reason) => ws.close(code, reason),
        get unsent() { return socket.writableLength; },
      },
    });
    // A text frame is garbage here, and is answered as such.
    listener.hears(ws, (bytes, isBinary) => line.hear(isBinary ? bytes : Buffer.from([0xc1])), line.gone);
  }

  function talkBeside(ws: WebSocket, who: OnTheLine): void {
    const line = beside!.open(who, {
      // Whoever takes in nothing is let go: what others say to them must not gather here.
      send: (text) => { if (ws.bufferedAmount > mostUnsentBeside) ws.terminate(); else ws.send(text); },
      close: (code, reason) => ws.close(code, reason),
    });
    listener.hears(ws, (bytes, isBinary) => line.hear(isBinary ? '' : bytes.toString()), line.gone);
  }
}
