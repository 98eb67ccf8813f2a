import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { subprotocol } from '@noroshi/foundations/sync';
import type { Dice } from '@noroshi/foundations/testing';
import { WebSocket, WebSocketServer } from 'ws';

/** How bad a line is. Chances are for each message, either way; times in milliseconds. */
export interface Weather {
  readonly double: number;
  /** Held back, so that later messages overtake it. */
  readonly hold: number;
  /** By how much everything is late. */
  readonly late: number;
}

export const fair: Weather = { double: 0, hold: 0, late: 0 };

/** For how long a message is held back at most, in milliseconds. */
const longestHold = 300;

type Way = 'up' | 'down';

/** One connection, or one request, that goes through. */
interface Carried {
  live: boolean;
  /** What goes these ways on it arrives nowhere any more. */
  dead: ReadonlySet<Way>;
  /** The newest message that has arrived, each way. */
  readonly newest: Record<Way, number>;
  readonly end: () => void;
}

/**
 * What lies between one device and the server: it keeps the device's session, as a browser keeps its cookie, and carries
 * sockets message by message and requests one by one, as badly as it is told.
 */
export class LineProxy {
  weather: Weather = fair;
  /** How many messages arrived behind a later one, or a second time. */
  readonly counted = { overtaken: 0, doubled: 0 };
  #messages = 0;
  /** No connection comes up. */
  #refusing = false;
  /** What goes this way is swallowed without a word: a network that has gone without anyone noticing. */
  #swallowed: ReadonlySet<Way> = new Set();
  readonly #server: Server;
  readonly #to: number;
  readonly #cookie: string;
  readonly #dice: Dice;
  readonly #open = new Set<Carried>();

  private constructor(to: number, cookie: string, dice: Dice) {
    this.#to = to;
    this.#cookie = cookie;
    this.#dice = dice;
    this.#server = createServer((request, response) => void this.#carry(request, response).catch(() => response.destroy()));
    const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, handleProtocols: () => subprotocol });
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(sockets, request, socket, head));
  }

  /** A line to the server at a port of this machine. */
  static async to(port: number, cookie: string, dice: Dice): Promise<LineProxy> {
    const proxy = new LineProxy(port, cookie, dice);
    await new Promise<void>((done) => proxy.#server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks what is open, with all that is on the way. With `stay`, nothing comes up until `mend`. */
  cut({ stay = false } = {}): void {
    this.#refusing = stay;
    this.#swallowed = new Set();
    for (const { end } of [...this.#open]) end();
  }

  /** Connections stay open and nothing arrives, this way or both. Such a one does not come to life again. */
  swallow(...ways: Way[]): void {
    this.#swallowed = new Set(ways);
    for (const one of this.#open) one.dead = this.#swallowed;
  }

  /** All is well for what comes up from now on. A connection that is dead stays so, and nobody is told. */
  mend(): void {
    this.weather = fair;
    this.#refusing = false;
    this.#swallowed = new Set();
  }

  async close(): Promise<void> {
    this.cut({ stay: true });
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  /** Hands one message on: now, late, twice, or not at all. */
  #pass(way: Way, one: Carried, deliver: () => void, mayDouble = true): void {
    if (one.dead.has(way)) return;
    const { hold, late } = this.weather;
    const double = mayDouble ? this.weather.double : 0;
    const number = ++this.#messages;
    let came = false;
    for (let times = this.#dice.chance(double) ? 2 : 1; times > 0; times--) {
      const wait = late + (this.#dice.chance(hold) ? 1 + this.#dice.below(longestHold) : 0);
      const arrive = (): void => {
        if (!one.live || one.dead.has(way)) return;
        if (came) this.counted.doubled += 1;
        else if (number < one.newest[way]) this.counted.overtaken += 1;
        came = true;
        one.newest[way] = Math.max(one.newest[way], number);
        deliver();
      };
      if (wait > 0) setTimeout(arrive, wait);
      else arrive();
    }
  }

  #upgrade(sockets: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    if (this.#refusing) return void socket.destroy();
    const up = new WebSocket(`ws://127.0.0.1:${this.#to}${request.url}`, subprotocol, { headers: { cookie: this.#cookie }, perMessageDeflate: false });
    let device: WebSocket | undefined;
    const end = (): void => {
      one.live = false;
      this.#open.delete(one);
      up.terminate();
      device?.terminate();
      socket.destroy();
    };
    const one: Carried = { live: true, dead: this.#swallowed, newest: { up: 0, down: 0 }, end };
    this.#open.add(one);
    up.on('error', end);
    up.on('unexpected-response', (_asked, answer) => {
      socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      this.#open.delete(one);
      up.terminate();
    });
    // What the server says before the device is let in is kept in order behind the handshake.
    up.once('open', () => {
      if (!one.live) return;
      sockets.handleUpgrade(request, socket, head, (opened) => {
        device = opened;
        opened.on('message', (data) => this.#pass('up', one, () => { if (up.readyState === WebSocket.OPEN) up.send(data as Buffer); }));
        opened.on('close', end);
        opened.on('error', end);
      });
    });
    up.on('message', (data) => this.#pass('down', one, () => device?.send(data as Buffer)));
    up.on('close', (code) => {
      if (!one.live || one.dead.has('down')) return;
      // What the server said last arrives before its end does.
      if (device && code >= 4000) setTimeout(() => device!.close(code), this.weather.late + 60);
      else end();
    });
  }

  async #carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#refusing) return void request.socket.destroy();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const end = (): void => {
      one.live = false;
      this.#open.delete(one);
      request.socket.destroy();
    };
    const one: Carried = { live: true, dead: this.#swallowed, newest: { up: 0, down: 0 }, end };
    this.#open.add(one);
    response.on('close', () => this.#open.delete(one));
    // Nothing between a browser and a server asks twice on its own; what is only said may be said twice.
    const mayDouble = request.url?.endsWith('/say') ?? false;
    this.#pass('up', one, () => {
      const { 'content-type': type } = request.headers;
      const asked = ask({
        host: '127.0.0.1', port: this.#to, path: request.url, method: request.method,
        headers: { cookie: this.#cookie, 'content-length': body.length, ...(type ? { 'content-type': type } : {}) },
      }, (answer) => {
        const said: Buffer[] = [];
        answer.on('data', (part: Buffer) => said.push(part));
        answer.on('error', () => { if (!one.dead.has('down')) end(); });
        answer.on('end', () => this.#pass('down', one, () => {
          // Of a request that arrived twice, the first answer is the one that is heard.
          if (response.headersSent) return;
          const { 'content-type': kind, 'retry-after': after } = answer.headers;
          response.writeHead(answer.statusCode!, { ...(kind ? { 'content-type': kind } : {}), ...(after ? { 'retry-after': after } : {}) });
          response.end(Buffer.concat(said));
        }, false));
      });
      asked.on('error', () => { if (!one.dead.has('down')) end(); });
      asked.end(body);
    }, mayDouble);
  }
}
