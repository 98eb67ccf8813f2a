import type { Id } from '@noroshi/foundations/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { mostUnsentBeside, tooMany, unheard, type Beside, type OnTheLine, type WhoAsks } from './on-the-line.server.ts';
import { asRefusal, refuse } from './refusing.server.ts';
import { ComeBackLater, type Stair } from './stair.server.ts';

/** How long a poll waits for something to say, in milliseconds; below the 30 s at which proxies cut. */
const pollWait = 20_000;
/** A poller that has not asked for this long has gone. */
const pollGone = 45_000;

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

/** What a line by polling has of whoever polls. */
interface PollCarrier { send(bytes: Uint8Array): void; close(): void; readonly unsent: number }
/** What is spoken on a polled line: heard message by message; `gone` when nobody asks any more. */
type Opens = (who: OnTheLine, carrier: PollCarrier) => { hear(bytes: Uint8Array): Promise<void>; gone(): void };

/**
 * A line beside, by polling: its messages stand in lines, no more bytes in one request than in one message of a socket. What is
 * more, or too many, is garbage. Of a line that has ended nothing more is heard: the rest of a request may stand behind a wait.
 */
export function besideByPolling(beside: Beside, who: OnTheLine, carrier: PollCarrier): ReturnType<Opens> {
  let over = false;
  const close = (): void => {
    over = true;
    carrier.close();
  };
  const gone = (): void => {
    over = true;
    line.gone();
  };
  const line = beside.open(who, {
    send: (text) => {
      if (over) return;
      carrier.send(Buffer.from(`${text}\n`));
      // As on a socket: whoever takes in nothing is let go.
      if (carrier.unsent <= mostUnsentBeside) return;
      close();
      line.gone();
    },
    close,
  });
  return {
    async hear(bytes) {
      const said = bytes.length > beside.largest ? [] : Buffer.from(bytes).toString().split('\n', beside.together + 1);
      for (const text of said.length > 0 && said.length <= beside.together ? said : ['']) {
        if (over) return;
        await line.hear(text);
      }
    },
    gone,
  };
}

/** A line that is polled: what is ready for it gathers here. */
function opened(opens: Opens, who: OnTheLine, person: Id): Poller {
  const ready: Uint8Array[] = [];
  let unsent = 0;
  const line = opens(who, {
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
  });
  const take = (): Buffer => {
    unsent = 0;
    return Buffer.concat(ready.splice(0));
  };
  const poller: Poller = {
    person, ready, take, asked: Date.now(), closed: false, answer: undefined,
    // What still waits when it ends is not heard any more, and so need not be kept.
    hear: oneByOne(async (bytes) => { if (!poller.closed) await line.hear(bytes); }),
    gone: () => {
      poller.closed = true;
      line.gone();
    },
  };
  return poller;
}

/**
 * A line over long polling, where sockets are blocked: the same as on them.
 * @param opens what is spoken on it
 */
export function mountPoll(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks, path: string, opens: Opens): void {
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

  /** `POST <path>` begins one; `POST <path>/<id>` waits for what there is to hear; `POST <path>/<id>/say` says. */
  app.post(path, { schema: { hide: true } as never }, async (request, reply) => {
    const who = await whoAsks(request);
    const actor = who?.actor();
    if (!who || !actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
    if (stair.hub.lines.isClosed) return refuse(reply, { ok: false, code: 'line.comeBackLater', params: { seconds: 2 } });
    const later = tooMany(stair, who);
    if (later) return refuse(reply, asRefusal(later));
    const id = randomUUID();
    pollers.set(id, opened(opens, who, actor.person));
    return { id };
  });

  const known = async (request: FastifyRequest): Promise<Poller | undefined> => {
    const poller = pollers.get((request.params as { id: string }).id);
    const who = await whoAsks(request);
    return poller && who?.actor()?.person === poller.person ? poller : undefined;
  };

  app.post(`${path}/:id/say`, async (request, reply) => {
    const poller = await known(request);
    if (!poller || poller.closed) return reply.code(410).send({ ok: false, code: 'line.gone' });
    if (!Buffer.isBuffer(request.body)) return refuse(reply, { ok: false, code: 'line.garbage' });
    const heard = poller.hear(request.body);
    if (!heard) return refuse(reply, asRefusal(new ComeBackLater('busy', 1_000)));
    await heard;
    return reply.code(204).send();
  });

  app.post(`${path}/:id`, async (request, reply) => {
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
