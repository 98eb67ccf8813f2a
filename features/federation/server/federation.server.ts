/** The half of the partners on the server. A house that has none reads nothing more of it than this. */
import type { FileServer } from '@noroshi/foundations/files/server';
import { derivedId, systemActor, systemPerson } from '@noroshi/foundations/kernel';
import type { Stair } from '@noroshi/foundations/sync/server';
import type { FastifyInstance } from 'fastify';
import { book, partnersStream, type PartnerBook } from '../book.ts';
import { live } from '../send.ts';
import type { FederationNeeds } from './needs.server.ts';
import type { Open } from './open.server.ts';

export type { Carry } from './courier.server.ts';
export type { FederationNeeds } from './needs.server.ts';

const houses = new WeakMap<Stair, Federation>();
/** The one of this house. */
export const federationOf = (stair: Stair): Federation | undefined => houses.get(stair);

/** What speaks with the partners of a house: it is read when there is one, and follows the log from then on. */
export class Federation {
  readonly #needs: FederationNeeds;
  #opened: Promise<Open> | undefined;
  #files: FileServer | undefined;
  #isOver = false;

  constructor(needs: FederationNeeds) {
    this.#needs = needs;
    houses.set(needs.stair, this);
  }

  /** Whether there is one, or was. */
  get hasPartners(): boolean {
    return this.#needs.stair.memory.streams.has(partnersStream);
  }

  /** From here on photographs and files are handed out to partners, and fetched from them. */
  takesFiles(files: FileServer): void {
    this.#files = files;
  }

  /** Sends what waits, and follows what is said from now on. */
  start(): void {
    const { stair, report } = this.#needs;
    const look = (news = false): void => {
      if (!this.hasPartners || this.#isOver) return;
      this.open().then(({ courier, fetcher }) => {
        courier.look();
        fetcher.look(news);
      }).catch((error: unknown) => report(error, 'the partners'));
    };
    stair.onCommitted((committed) => {
      const parcels = committed.some(({ stream: { key } }) => key.startsWith(partnersStream));
      if (parcels || committed.some(({ stream: { key } }) => key.startsWith('r:'))) look(parcels);
    });
    // What could not be sent is tried when its time has come.
    stair.clock.every(1_000, async () => look());
    look();
  }

  /** @returns what speaks with them, once it is known that they stand in this history: in a new one nobody is heard before all are held */
  async open(): Promise<Open> {
    this.#opened ??= import('./open.server.ts').then(({ openPost }) => openPost({ ...this.#needs, files: () => this.#files })).catch((error: unknown) => {
      // A disk that was full for a moment: the next one who asks tries anew.
      this.#opened = undefined;
      throw error;
    });
    const opened = await this.#opened;
    await this.#lives();
    return opened;
  }

  async #lives(): Promise<void> {
    const { stair } = this.#needs;
    const { memory } = stair;
    const there = memory.get(book.noun, systemPerson)?.value as PartnerBook | undefined;
    if (there && there.history !== memory.history) await stair.submit(systemActor, { id: derivedId(memory.history, 'partners'), name: live.deed, input: { history: memory.history } });
  }

  /** Stops here and now, as a kill would: what is to go stands in the record. */
  async stop(): Promise<void> {
    this.#isOver = true;
    const opened = await this.#opened?.catch(() => undefined);
    opened?.close();
    await Promise.all([opened?.courier.settled(), opened?.fetcher.settled()]);
  }
}

/** `POST /federation/parcels`: from one house to another. No session and no cookie: what counts is the signature. */
export function mountFederation(app: FastifyInstance, federation: Federation): void {
  void app.register(async (apart) => {
    apart.removeAllContentTypeParsers();
    apart.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 64 * 1024 }, (_request, body, done) => done(null, body));
    apart.post('/federation/parcels', { logLevel: 'silent' }, async (request, reply) => {
      // Of nobody who ever came here a key is made, or a line of code read.
      if (!federation.hasPartners) return reply.callNotFound();
      const letter = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { reception } = await federation.open();
      const told = await reception.receive(letter, request.ip);
      if (told.status === 404) return reply.callNotFound();
      reply.header('cache-control', 'no-store');
      if (told.status !== 200) return reply.code(told.status).header('retry-after', told.retryAfter).send();
      return reply.header('content-type', 'application/octet-stream').send(told.letter);
    });
  });
}
