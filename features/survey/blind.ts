/**
 * A ballot nobody can follow: the RSA blind signature of Chaum (1983), over a full-domain hash as in RFC 9474 without its salt. A device draws a
 * secret, hides the hash of it, and has the hidden thing signed under its person's name. What it then puts into the box
 * is the secret with the signature taken out of hiding: the server can tell that it signed, and nothing tells for whom.
 */

/** The hash of some bytes, 32 of them, as the shore that uses it can best. */
export type Sha256 = (bytes: Uint8Array) => Promise<Uint8Array>;

/** Every key has so many bytes (2048 bits), and so has everything that it signs. All of it is written in hex. */
export const keyBytes = 256;
/** The exponent that everybody knows. */
const e = 65_537n;

const toBig = (hex: string): bigint => BigInt(`0x${hex}`);
const toHex = (n: bigint): string => n.toString(16).padStart(keyBytes * 2, '0');
export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus) if (rest & 1n) result = (result * square) % modulus;
  return result;
}

/** @returns the number whose product with `n` is 1, or nothing where there is none */
function inverse(n: bigint, modulus: bigint): bigint | undefined {
  let [a, b, x, y] = [n % modulus, modulus, 1n, 0n];
  while (b > 0n) {
    const q = a / b;
    [a, b, x, y] = [b, a % b, y, x - q * y];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : undefined;
}

/** The secret of a ballot as a number below every key: a hash as wide as the key, of this box alone. */
async function spread(box: string, token: string, sha256: Sha256): Promise<bigint> {
  const about = [...`${box}/${token}`].map((char) => char.charCodeAt(0));
  const parts = await Promise.all(Array.from({ length: keyBytes / 32 }, (_, n) => sha256(new Uint8Array([n, ...about]))));
  return toBig(`00${parts.map(hexOf).join('').slice(2)}`);
}

/** What a device keeps until its ballot is in the box. */
export interface Hidden { readonly blinded: string; readonly factor: string }

/**
 * Hides the secret of a ballot.
 * @param factor random, as long as a key
 * @returns nothing where this factor does not fit the key; then another is drawn
 */
export async function hide(key: string, box: string, token: string, factor: string, sha256: Sha256): Promise<Hidden | undefined> {
  const n = toBig(key);
  const r = toBig(factor) % n;
  if (inverse(r, n) === undefined) return undefined;
  return { blinded: toHex(((await spread(box, token, sha256)) * power(r, e, n)) % n), factor: toHex(r) };
}

/** Takes the signature out of hiding. */
export function unhide(key: string, signed: string, factor: string): string | undefined {
  const n = toBig(key);
  const back = inverse(toBig(factor), n);
  return back === undefined ? undefined : toHex((toBig(signed) * back) % n);
}

/** Whether the holder of the key has signed this ballot of this box, for whomever. */
export async function isSigned(key: string, box: string, token: string, signature: string, sha256: Sha256): Promise<boolean> {
  const n = toBig(key);
  const s = toBig(signature);
  return s < n && power(s, e, n) === (await spread(box, token, sha256));
}

/** Whether a key could sign this at all. */
export const isBelow = (key: string, hidden: string): boolean => toBig(hidden) < toBig(key);
