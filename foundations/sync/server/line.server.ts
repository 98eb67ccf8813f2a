import { idShape, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { largestMessage, subprotocolOf } from '@noroshi/foundations/sync';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { framed } from './framed.server.ts';
import { ComeBackLater, type Stair } from './stair.server.ts';

/** A signed-in device. `actor` is asked anew for each frame, so that a right that ends, ends at once. */
export interface OnTheLine { readonly session: Id; readonly actor: () => Actor | undefined }

/** What else is spoken on sockets of this server, in text: opened by somebody who is signed in, on a page of ours. */
export interface Beside {
  readonly path: string;
  readonly subprotocol: string;
  /** The largest message, in bytes. */
  readonly largest: number;
  /** Somebody is on it. What they say is heard one after the other; `gone` ends it. */
  readonly open: (who: OnTheLine, carrier: { send(text: string): void; close(code: number, reason: string): void }) => { hear(text: string): Promise<void>; gone(): void };
}

/** Who is behind this request, by its session; `undefined` for nobody. */
export type WhoAsks = (request: { headers: IncomingMessage['headers'] }) => Promise<OnTheLine | undefined>;

/** How long a poll waits for something to say, in milliseconds; below the 30 s at which proxies cut. */
const pollWait = 20_000;
/** How long a socket may wait for our word on who is there, in milliseconds. */
const undecided = 20_000;
/** So much may wait for a device on a line beside, in bytes. */
const mostUnsentBeside = 1_000_000;
/** How long a socket has to end by itself when the server stops, in milliseconds. */
const goodbye = 300;
/** A poller that has not asked for this long has gone. */
const pollGone = 45_000;
/** A socket that has not said a word for this long has gone: the quietest device probes every 25 s. */
const socketGone = 100_000;
/** As many messages of one line, or bytes, may wait to be heard; then the socket is not read until they have been. */
const unheard = { messages: 64, bytes: 1 << 20 };

/** Whether a page of another origin sent this; who has no origin is no browser. */
const isForeign = (request: FastifyRequest, isOurOrigin: (request: IncomingMessage) => boolean): boolean =>
  (request.headers.origin !== undefined && !isOurOrigin(request.raw)) || request.headers['sec-fetch-site'] === 'cross-site';

/**
 * Mounts the ways onto the line: one WebSocket a client, long polling with the same frames where sockets are
 * blocked, and plain HTTP for single commands and questions.
 * @param beside what else is spoken on sockets, at a path of its own
 */
export function mountLine(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks, isOurOrigin: (request: IncomingMessage) => boolean, beside?: Beside): void {
  app.addHook('onRequest', async (request, reply) => {
    const asks = request.method !== 'GET' && /^\/(?:line|api)(?:[/?]|$)/.test(request.url);
    if (asks && isForeign(request, isOurOrigin)) return refuse(reply, { ok: false, code: 'line.otherOrigin' });
  });
  // A browser is not told why a socket was not opened. This tells it whether it is its session.
  app.get('/line', async (request, reply) => {
    const who = await whoAsks(request);
    reply.header('cache-control', 'no-store');
    return who?.actor() ? reply.code(204).send() : refuse(reply, { ok: false, code: 'account.signedOut' });
  });
  mountSocket(app, stair, whoAsks, isOurOrigin, beside);
  mountPoll(app, stair, whoAsks);
  mountHttp(app, stair, whoAsks);
}

/** How long somebody has to wait who opens one line after the other, or `undefined`. */
function tooMany(stair: Stair, who: OnTheLine): ComeBackLater | undefined {
  try {
    stair.takesLine(who.actor()!);
    return undefined;
  } catch (error) {
    if (error instanceof ComeBackLater) return error;
    throw error;
  }
}

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

function mountSocket(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks, isOurOrigin: (request: IncomingMessage) => boolean, beside: Beside | undefined): void {
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

  // What goes to many is put into its frame once for all, and each is one write.
  let lately: Uint8Array | undefined;
  let frame: Buffer = Buffer.alloc(0);
  const frameOf = (bytes: Uint8Array): Buffer => {
    if (bytes !== lately) frame = framed(bytes);
    lately = bytes;
    return frame;
  };
  const heardAt = new Map<WebSocket, number>();
  const look = setInterval(() => {
    const since = Date.now() - socketGone;
    for (const [ws, at] of heardAt) if (at < since) ws.terminate();
  }, socketGone / 4);
  look.unref();
  app.addHook('onClose', async () => clearInterval(look));

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
    hearEach(ws, (bytes, isBinary) => line.hear(isBinary ? bytes : Buffer.from([0xc1])), line.gone);
  }

  function talkBeside(ws: WebSocket, who: OnTheLine): void {
    const line = beside!.open(who, {
      // Whoever takes in nothing is let go: what others say to them must not gather here.
      send: (text) => { if (ws.bufferedAmount > mostUnsentBeside) ws.terminate(); else ws.send(text); },
      close: (code, reason) => ws.close(code, reason),
    });
    hearEach(ws, (bytes, isBinary) => line.hear(isBinary ? '' : bytes.toString()), line.gone);
  }

  /** Messages are heard one after the other: the order of a device is kept. */
  function hearEach(ws: WebSocket, hear: (bytes: Buffer, isBinary: boolean) => Promise<void>, gone: () => void): void {
    let hearing = Promise.resolve();
    let waiting = 0;
    let waitingBytes = 0;
    const isFull = (): boolean => waiting >= unheard.messages || waitingBytes >= unheard.bytes;
    heardAt.set(ws, Date.now());
    ws.on('message', (data, isBinary) => {
      heardAt.set(ws, Date.now());
      const bytes = data as Buffer;
      waiting += 1;
      waitingBytes += bytes.length;
      if (isFull()) ws.pause();
      hearing = hearing.then(() => hear(bytes, isBinary)).then(() => {
        waiting -= 1;
        waitingBytes -= bytes.length;
        if (ws.isPaused && !isFull()) ws.resume();
      }).catch((error) => {
        app.log.error(error, 'line');
        ws.close(1011);
      });
    });
    ws.on('close', () => {
      heardAt.delete(ws);
      gone();
    });
    ws.on('error', () => ws.terminate());
  }
}

interface Poller {
  readonly person: Id;
  /** Hears one message after the other. @returns when it was heard, or `undefined` where too many wait already */
  readonly hear: (bytes: Uint8Array) => Promise<void> | undefined;
  readonly gone: () => void;
  readonly ready: readonly Uint8Array[];
  /** All that is ready, to be sent now. */
  readonly take: () => Buffer;
  asked: number;
  closed: boolean;
  answer: (() => void) | undefined;
}

/** Hears messages in their order, and refuses more than may wait. */
function oneByOne(hear: (bytes: Uint8Array) => Promise<void>): Poller['hear'] {
  let hearing = Promise.resolve();
  let waiting = 0;
  let waitingBytes = 0;
  return (bytes) => {
    if (waiting >= unheard.messages || waitingBytes + bytes.length > unheard.bytes) return undefined;
    waiting += 1;
    waitingBytes += bytes.length;
    const heard = hearing.then(() => hear(bytes)).finally(() => {
      waiting -= 1;
      waitingBytes -= bytes.length;
    });
    hearing = heard.catch(() => undefined);
    return heard;
  };
}

function mountPoll(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks): void {
  const pollers = new Map<Id, Poller>();
  const sweep = setInterval(() => {
    for (const [id, poller] of pollers) {
      if (Date.now() - poller.asked < pollGone) continue;
      poller.gone();
      pollers.delete(id);
    }
  }, 5_000);
  sweep.unref();
  app.addHook('onClose', async () => clearInterval(sweep));
  app.addContentTypeParser('application/x-noroshi', { parseAs: 'buffer', bodyLimit: largestMessage }, (_request, body, done) => done(null, body));

  /** `POST /line/poll` begins one; `POST /line/poll/<id>` says and waits; `POST /line/poll/<id>/say` only says. */
  app.post('/line/poll', { schema: { hide: true } as never }, async (request, reply) => {
    const who = await whoAsks(request);
    const actor = who?.actor();
    if (!who || !actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    if (stair.hub.lines.isClosed) return refuse(reply, { ok: false, code: 'line.comeBackLater', params: { seconds: 2 } });
    const later = tooMany(stair, who);
    if (later) return refuse(reply, asRefusal(later));
    const id = randomUUID();
    const ready: Uint8Array[] = [];
    let unsent = 0;
    const line = stair.open({
      ...who,
      carrier: {
        send: (bytes) => {
          ready.push(bytes);
          unsent += bytes.length;
          poller.answer?.();
        },
        close: () => {
          poller.closed = true;
          poller.answer?.();
        },
        get unsent() { return unsent; },
      },
    });
    const take = (): Buffer => {
      unsent = 0;
      return Buffer.concat(ready.splice(0));
    };
    const poller: Poller = { person: actor.person, hear: oneByOne(line.hear), gone: line.gone, ready, take, asked: Date.now(), closed: false, answer: undefined };
    pollers.set(id, poller);
    return { id };
  });

  const known = async (request: FastifyRequest): Promise<Poller | undefined> => {
    const poller = pollers.get((request.params as { id: string }).id);
    const who = await whoAsks(request);
    return poller && who?.actor()?.person === poller.person ? poller : undefined;
  };

  app.post('/line/poll/:id/say', async (request, reply) => {
    const poller = await known(request);
    if (!poller) return reply.code(410).send({ ok: false, code: 'line.gone' });
    if (!Buffer.isBuffer(request.body)) return refuse(reply, { ok: false, code: 'line.garbage' });
    const heard = poller.hear(request.body);
    if (!heard) return refuse(reply, asRefusal(new ComeBackLater('busy', 1_000)));
    await heard;
    return reply.code(204).send();
  });

  app.post('/line/poll/:id', async (request, reply) => {
    const poller = await known(request);
    if (!poller) return reply.code(410).send({ ok: false, code: 'line.gone' });
    poller.asked = Date.now();
    poller.answer?.();
    if (poller.ready.length === 0 && !poller.closed) {
      await new Promise<void>((done) => {
        const timer = setTimeout(() => answer(), pollWait);
        const answer = (): void => {
          clearTimeout(timer);
          // Another poll of this line may wait in this one's place by now.
          if (poller.answer === answer) poller.answer = undefined;
          // Whatever becomes ready in this turn goes along.
          setImmediate(done);
        };
        poller.answer = answer;
        reply.raw.on('close', answer);
      });
    }
    poller.asked = Date.now();
    if (reply.raw.destroyed) return reply;
    const bytes = poller.take();
    if (poller.closed && bytes.length === 0) {
      poller.gone();
      pollers.delete((request.params as { id: string }).id);
      return reply.code(410).send({ ok: false, code: 'line.gone' });
    }
    return reply.header('content-type', 'application/x-noroshi').header('cache-control', 'no-store').send(bytes);
  });
}

/** Status of a refusal on plain HTTP. What one may not see and what does not exist are the same 404. */
export function statusOf(refusal: Refusal): number {
  const reason = refusal.code.slice(refusal.code.indexOf('.') + 1);
  if (refusal.code === 'command.unknown' || /notFound$/i.test(reason)) return 404;
  if (refusal.code === 'account.signedOut') return 401;
  if (reason === 'notAllowed' || reason === 'otherOrigin' || reason === 'notSecure') return 403;
  if (reason === 'slowDown') return 429;
  if (reason === 'comeBackLater') return 503;
  if (refusal.code === 'command.tooLarge') return 413;
  if (refusal.code === 'command.notJson') return 415;
  if (refusal.code.startsWith('input.') || refusal.code === 'command.malformed' || refusal.code === 'line.garbage') return 400;
  return 409;
}

/** Sends a refusal. Where it says how many `seconds` to wait, the header says so too. */
export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const wait = refusal.params?.['seconds'];
  if (wait !== undefined) reply.header('retry-after', String(wait));
  return reply.code(statusOf(refusal)).send({ ok: false, code: refusal.code, ...(refusal.params ? { params: refusal.params } : {}) });
}

/** What to say to who is asked to come back. */
export function asRefusal({ why, after }: ComeBackLater): Refusal {
  return { ok: false, code: why === 'busy' ? 'line.slowDown' : 'line.comeBackLater', params: { seconds: Math.ceil(after / 1000) } };
}

function mountHttp(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks): void {
  app.post<{ Params: { name: string }; Body: unknown }>('/api/:name', { bodyLimit: largestMessage }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { name } = request.params;
    const { questions, deeds } = stair.house;
    // What does not exist is said to everyone: the names are on the API page, and nothing else is told by it.
    if (!questions.has(name) && deeds.get(name)?.system !== false) return refuse(reply, { ok: false, code: 'command.unknown' });
    const who = await whoAsks(request);
    const actor = who?.actor();
    if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    try {
      if (questions.has(name)) {
        const answer = await stair.ask(actor, name, request.body ?? {});
        return answer.ok ? reply.send(answer.value) : refuse(reply, answer);
      }
      const body = request.body as { id?: unknown; input?: unknown; deviceAt?: unknown } | null;
      if (!body || typeof body !== 'object' || !idShape.safeParse(body.id).success) return refuse(reply, { ok: false, code: 'command.malformed' });
      const answer = await stair.submit(actor, { id: body.id as Id, name, input: body.input }, typeof body.deviceAt === 'number' ? body.deviceAt : null);
      return answer.ok ? reply.send({ ok: true, seq: answer.seq, at: answer.at }) : refuse(reply, answer as Refusal);
    } catch (error) {
      if (!(error instanceof ComeBackLater)) throw error;
      request.log.warn(error, 'come back later');
      return refuse(reply, asRefusal(error));
    }
  });
}
