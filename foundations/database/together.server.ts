import type pg from 'pg';

/** What of a connection is used here and is not in its types: whether it sends on without waiting, and its socket. */
interface Inside { pipeline: boolean; readonly connection: { readonly stream: { cork(): void; uncork(): void } } }

/**
 * Sends several statements in one packet, without waiting in between for what each is answered: one journey to the
 * database instead of several. They are done in this order, each by itself: where one fails, those behind it are tried
 * all the same, which in a transaction that has failed do nothing (a `commit` takes it back).
 * @param ask asks all of them at once; each needs a name of its own
 * @returns what they were answered
 * @throws what the first that failed has thrown, once all are answered
 */
export async function together<T extends readonly Promise<unknown>[]>(client: pg.PoolClient, ask: () => [...T]): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const inside = client as unknown as Inside;
  const { stream } = inside.connection;
  inside.pipeline = true;
  stream.cork();
  let asked: T;
  try {
    asked = ask();
  } finally {
    stream.uncork();
  }
  const answers = await Promise.allSettled(asked);
  inside.pipeline = false;
  const failed = answers.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return answers.map((one) => (one as PromiseFulfilledResult<unknown>).value) as never;
}
