import type { Property } from '@noroshi/foundations/documents/content-lines';

/** How bytes in a charset read, by its name in the file; nothing where the platform does not know it, or they are no such text. */
export type Decode = (bytes: Uint8Array, charset: string) => string | undefined;

/** A value as it was meant: quoted-printable, as older telephones write Japanese, is read in its charset. Base64 is for pictures. */
export function decoded({ params, value }: Property, decode: Decode): string | undefined {
  const encoding = params.get('ENCODING')?.toUpperCase();
  if (encoding === 'B' || encoding === 'BASE64') return undefined;
  if (encoding !== 'QUOTED-PRINTABLE') return value;
  // What stands there as itself is one byte; a whole character cannot stand beside bytes of another charset.
  if (/[^\t\u0020-\u007e]/.test(value)) return undefined;
  const bytes = new Uint8Array(value.length);
  let length = 0;
  for (let i = 0; i < value.length; i++) {
    const hex = value[i] === '=' ? /^[0-9a-f]{2}/i.exec(value.slice(i + 1, i + 3))?.[0] : undefined;
    bytes[length++] = hex === undefined ? value.charCodeAt(i) : Number.parseInt(hex, 16);
    if (hex !== undefined) i += 2;
  }
  return decode(bytes.subarray(0, length), params.get('CHARSET') ?? 'utf-8');
}
