import { lookup as resolve, type LookupAddress } from 'node:dns';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

/** How long an outgoing call may take, from the name to the answer, in milliseconds. */
const patience = 10_000;

/** What came back. */
export interface Posted {
  readonly status: number;
  /** How long the other side asks to be left alone, in seconds. */
  readonly retryAfter: number | undefined;
  /** What it said, 64 kB at most. */
  readonly words: Buffer;
}

export interface PosterNeeds {
  /**
   * Whether an address may be called. It is asked of the very address that is connected to, so a name that leads
   * elsewhere the second time gains nothing.
   */
  readonly mayReach?: (address: string, host: string) => boolean;
  /** Who signs certificates, beside those that the system knows. */
  readonly ca?: string | undefined;
  readonly patience?: number;
}

/** The address may not be called. */
export class OutOfReach extends Error {}

/** Calls others by POST: to one address each, without following where it points, and not for longer than its patience. */
export class Poster {
  readonly #agent: Agent;
  readonly #plain: PlainAgent;
  readonly #mayReach: (address: string, host: string) => boolean;
  readonly #patience: number;

  constructor({ mayReach = () => true, ca, patience: most = patience }: PosterNeeds = {}) {
    this.#mayReach = mayReach;
    this.#patience = most;
    const lookup: LookupFunction = (host, options, done) => {
      resolve(host, { ...options, all: true }, (error, found) => {
        const may = error ? [] : (found as LookupAddress[]).filter(({ address }) => this.#mayReach(address, host));
        const trouble = error ?? (may.length === 0 ? new OutOfReach('this address is not called') : null);
        if (options.all) done(trouble, may);
        else done(trouble, may[0]?.address ?? '', may[0]?.family ?? 0);
      });
    };
    const shared = { keepAlive: true, maxSockets: 32, maxFreeSockets: 16, timeout: 60_000, lookup };
    this.#agent = new Agent({ ...shared, ...(ca ? { ca } : {}) });
    this.#plain = new PlainAgent(shared);
  }

  /** @throws OutOfReach, or what the network says: it did not come to an answer */
  post(url: URL, headers: Readonly<Record<string, string | number>>, body: Buffer | string): Promise<Posted> {
    return new Promise((done, fail) => {
      // A name is judged when it is resolved; an address that stands there already is not resolved.
      const host = url.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) && !this.#mayReach(host, host)) return fail(new OutOfReach('this address is not called'));
      const options = { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal: AbortSignal.timeout(this.#patience) };
      const call = url.protocol === 'https:' ? request(url, { ...options, agent: this.#agent }) : plainRequest(url, { ...options, agent: this.#plain });
      call.on('error', fail);
      call.on('response', (answer) => {
        // Whoever answers without end is not listened to for ever.
        answer.on('error', fail).on('close', () => fail(new Error('the answer broke off')));
        let heard = 0;
        const words: Buffer[] = [];
        answer.on('data', (bytes: Buffer) => {
          words.push(bytes);
          heard += bytes.length;
          if (heard > 64 * 1024) answer.destroy(new Error('the answer is too long'));
        });
        answer.on('end', () => {
          const after = Number(answer.headers['retry-after']);
          done({ words: Buffer.concat(words), status: answer.statusCode ?? 0, retryAfter: Number.isFinite(after) && answer.headers['retry-after'] !== undefined ? after : undefined });
        });
      });
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
    this.#plain.destroy();
  }
}
