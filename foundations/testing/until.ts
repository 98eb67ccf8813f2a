/** Waits until something holds; a test that waits for nothing real fails with the last state it saw. */
export async function until<T>(what: () => T | Promise<T>, sentence: string, ms = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await what();
    if (value) return value as NonNullable<T>;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${sentence}`);
    await new Promise<void>((turn) => setTimeout(turn, 5));
  }
}
