import { fromHex } from '../proof/bytes.ts';
import type { Source } from '../proof/unzip.ts';
import type { CheckSignature } from '../proof/verify.ts';

/** A file that was chosen on this device. It does not leave it. */
export function sourceOf(file: Blob): Source {
  return {
    size: file.size,
    read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
    async* inflate(bytes) {
      const packed = bytes[Symbol.asyncIterator]();
      const unpacked = new ReadableStream<BufferSource>({
        async pull(into) {
          const { value, done } = await packed.next();
          if (done) into.close();
          else into.enqueue(value as Uint8Array<ArrayBuffer>);
        },
      }).pipeThrough(new DecompressionStream('deflate-raw')).getReader();
      try {
        for (let next = await unpacked.read(); !next.done; next = await unpacked.read()) yield next.value;
      } finally {
        void unpacked.cancel().catch(() => undefined);
      }
    },
  };
}

/** Whether this browser has Ed25519: it takes a key that is one (of RFC 8032). */
const known = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 32)!;
const takes = (key: Uint8Array): Promise<CryptoKey> => crypto.subtle.importKey('raw', key as Uint8Array<ArrayBuffer>, { name: 'Ed25519' }, false, ['verify']);

/** Ed25519, where this browser has it. What it does not take for a key has signed nothing: whoever forges a record must not make it look like a browser that is old. */
export const checkSignature: CheckSignature = async (key, signature, text) => {
  try {
    await takes(known);
  } catch {
    return undefined;
  }
  try {
    return await crypto.subtle.verify({ name: 'Ed25519' }, await takes(key), signature as Uint8Array<ArrayBuffer>, text as Uint8Array<ArrayBuffer>);
  } catch {
    return false;
  }
};
