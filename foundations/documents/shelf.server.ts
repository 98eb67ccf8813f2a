import { words, type Words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { Actor, Refusal } from '@noroshi/foundations/kernel';
import { asRefusal, ComeBackLater, isRefusal, refuse, type Stair, type WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Documents that are kept as they were made: until something happens to what they are about, they stay the same. */
const kept = 50;
/** What making one costs its asker, in questions: some hundred milliseconds of the only thread. */
const costs = 10;

/** Which document someone asks for: the file's name in the path, what stands behind the question mark, and in whose language. */
export interface DocumentAsked { readonly stair: Stair; readonly actor: Actor; readonly file: string; readonly query: Readonly<Record<string, string | undefined>>; readonly words: Words }

/** How a room finds one of its documents, or says why there is none for who asks. */
export type FindDocument = (asked: DocumentAsked) => Promise<Omit<Wanted, 'actor'> | Refusal>;

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

/**
 * `GET /documents/<room>/<file>?lang=ja|en`: the papers of the house, each found by its room, for those who may see what it is
 * about. A room's part is read with the first of its papers: a start has no use for it.
 */
export function mountDocuments(app: FastifyInstance, stair: Stair, whoAsks: WhoAsks, rooms: Readonly<Record<string, () => Promise<FindDocument>>>): void {
  const shelf = new Shelf(stair);
  for (const [room, load] of Object.entries(rooms)) {
    app.get<{ Params: { file: string }; Querystring: Record<string, string | undefined> }>(`/documents/${room}/:file`, async (asked, reply) => {
      reply.header('cache-control', 'private, no-store');
      const actor = (await whoAsks(asked))?.actor();
      if (!actor) return refuse(reply, { ok: false, code: 'account.signedOut' });
      const find = await load();
      const found = await find({ stair, actor, file: asked.params.file, query: asked.query, words: asked.query['lang'] === 'en' ? words('en', english) : words('ja', japanese) });
      return isRefusal(found) ? refuse(reply, found) : shelf.hand(reply, { ...found, actor, key: `${room}/${found.key}` });
    });
  }
}
