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

/** Ed25519, where this browser has it. */
export const checkSignature: CheckSignature = async (key, signature, text) => {
  try {
    const known = await crypto.subtle.importKey('raw', key as Uint8Array<ArrayBuffer>, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, known, signature as Uint8Array<ArrayBuffer>, text as Uint8Array<ArrayBuffer>);
  } catch {
    return undefined;
  }
};
