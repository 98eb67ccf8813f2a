/** A command carries so many letters of what a file says at most. */
const mostLetters = 40_000;

/** Divides what a file holds into what goes up together. @param most so many at once */
export function inBits<T>(all: readonly T[], most: number): T[][] {
  const bits: T[][] = [];
  let letters = 0;
  for (const one of all) {
    const { length } = JSON.stringify(one);
    if (bits.length === 0 || bits.at(-1)!.length >= most || letters + length > mostLetters) [letters] = [0, bits.push([])];
    bits.at(-1)!.push(one);
    letters += length;
  }
  return bits;
}
