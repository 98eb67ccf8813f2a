// Many small files as one answer: a line of JSON with each name and its length, then their bytes in that order.
// Read in the service worker, written when the application is built; stands alone.

/** A file with its bytes. */
export interface Packed { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

/** Puts files into one body. */
export function pack(files: readonly Packed[]): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${JSON.stringify(files.map(({ name, bytes }) => [name, bytes.length]))}\n`);
  return joined([head, ...files.map(({ bytes }) => bytes)]);
}

/**
 * Takes a body apart while it comes: each file is there as soon as its last byte is, so that what came before a line was cut is not lost.
 * @throws where the body ends before its last file does, or does not begin with a list
 */
export async function* unpack(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Packed> {
  let come = new Uint8Array(0);
  let list: (readonly [string, number])[] | undefined;
  for (const reader = body.getReader();;) {
    const { value, done } = await reader.read();
    if (done) break;
    come = joined([come, value]);
    const end = list ? -1 : come.indexOf(10);
    if (end >= 0) {
      list = JSON.parse(new TextDecoder().decode(come.subarray(0, end))) as [string, number][];
      come = come.subarray(end + 1);
    }
    for (let next = list?.[0]; next && come.length >= next[1]; next = list?.[0]) {
      yield { name: next[0], bytes: come.slice(0, next[1]) };
      come = come.subarray(next[1]);
      list!.shift();
    }
  }
  if (!list || list.length > 0) throw new Error('the pack ends too early');
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
