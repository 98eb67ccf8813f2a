import { describe, expect, it } from 'vitest';
import { pack, unpack, type Packed } from './packs.ts';

const file = (name: string, text: string): Packed => ({ name, bytes: new TextEncoder().encode(text) });
const files = [file('/assets/a.js', 'const 狼煙 = 1;\n'), file('/assets/empty.css', ''), file('/assets/b.js', '\n[["x",1]]\n'.repeat(40))];

/** A body that comes in pieces of so many bytes, and may be cut. */
const coming = (bytes: Uint8Array<ArrayBuffer>, piece: number, upTo = bytes.length): ReadableStream<Uint8Array<ArrayBuffer>> => new ReadableStream({
  start(line) {
    for (let at = 0; at < upTo; at += piece) line.enqueue(bytes.slice(at, Math.min(at + piece, upTo)));
    line.close();
  },
});
const taken = async (body: ReadableStream<Uint8Array<ArrayBuffer>>, into: [string, string][] = []): Promise<[string, string][]> => {
  for await (const { name, bytes } of unpack(body)) into.push([name, new TextDecoder().decode(bytes)]);
  return into;
};
const told = files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]);

describe('a pack of files', () => {
  it('comes apart as it was put together, in whatever pieces it comes', async () => {
    for (const piece of [1, 7, 64, 100_000]) expect(await taken(coming(pack(files), piece))).toEqual(told);
    expect(await taken(coming(pack([]), 3))).toEqual([]);
  });

  it('gives what came before it was cut, and says that it was', async () => {
    const whole = pack(files);
    const come: [string, string][] = [];
    await expect(taken(coming(whole, 64, whole.length - 1), come)).rejects.toThrow('too early');
    expect(come).toEqual(told.slice(0, 2));
    await expect(taken(coming(whole, 64, 10))).rejects.toThrow('too early');
    await expect(taken(coming(new TextEncoder().encode('<!doctype html>\n'), 64))).rejects.toThrow(SyntaxError);
  });
});
