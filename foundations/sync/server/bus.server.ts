import type { MarkRow } from '@noroshi/foundations/sync';

/** What one node tells the others: only that something is new. Whoever hears it reads PostgreSQL. */
export interface Hint {
  readonly heads?: readonly (readonly [stream: number, head: number])[];
  /** Marks that are durable now; a courtesy that saves a query. */
  readonly marks?: { readonly stream: number; readonly rows: readonly MarkRow[] };
}

/**
 * What lies between nodes. It may lose everything: a sweep over the heads repairs what it lost. In-process for one
 * node; a message bus (NATS core) for many.
 */
export interface Bus {
  /** Whether there is no other node: then nobody need look for what others have read. */
  readonly alone: boolean;
  tell(hint: Hint): void;
  /** @returns how to stop listening */
  listen(heard: (hint: Hint) => void): () => void;
}

/** The bus of a single node: nobody is there to tell. */
export const noBus: Bus = { alone: true, tell: () => undefined, listen: () => () => undefined };
