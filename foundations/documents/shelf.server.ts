import { asRefusal, ComeBackLater, refuse, type Stair } from '@noroshi/foundations/sync/server';
import type { Actor } from '@noroshi/foundations/kernel';
import type { FastifyReply } from 'fastify';

/** Documents that are kept as they were made: until something happens to what they are about, they stay the same. */
const kept = 50;
/** What making one costs its asker, in questions: some hundred milliseconds of the only thread. */
const costs = 10;

/** One document that is asked for, by someone who may have it. */
export interface Wanted {
  readonly actor: Actor;
  /** The same for the same document: what it is about, as of which number, in which language. */
  readonly key: string;
  /** The name of the file. */
  readonly name: string;
  readonly write: () => Promise<Buffer>;
}

/** Makes documents, keeps them, and hands them out as PDF. Who asks for too many new ones is told when to come back. */
export class Shelf {
  readonly #stair: Stair;
  readonly #made = new Map<string, Promise<Buffer>>();

  constructor(stair: Stair) {
    this.#stair = stair;
  }

  /** Answers with the document. */
  async hand(reply: FastifyReply, { actor, key, name, write }: Wanted): Promise<FastifyReply> {
    let pdf = this.#made.get(key);
    if (!pdf) {
      try {
        this.#stair.takesQuestion(actor, costs);
      } catch (error) {
        if (!(error instanceof ComeBackLater)) throw error;
        return refuse(reply, asRefusal(error));
      }
      pdf = write();
      this.#made.set(key, pdf);
      pdf.catch(() => this.#made.delete(key));
      if (this.#made.size > kept) this.#made.delete(this.#made.keys().next().value!);
    }
    return reply.header('content-type', 'application/pdf').header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`).send(await pdf);
  }
}
