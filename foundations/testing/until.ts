/** The longest that is waited between two looks (milliseconds). */
const rarest = 40;

/** Waits until something holds; a test that waits for nothing real fails with the last state it saw. */
export async function until<T>(what: () => T | Promise<T>, sentence: string, ms = 10_000): Promise<NonNullable<T>> {
  const began = Date.now();
  const end = began + ms;
  for (;;) {
    const value = await what();
    if (value) return value as NonNullable<T>;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${sentence}`);
    // What takes long is looked at less often: the looks themselves keep two cores busy, and what is waited for with them.
    await new Promise<void>((turn) => setTimeout(turn, Math.min(5 + (Date.now() - began) / 8, rarest)));
  }
}
