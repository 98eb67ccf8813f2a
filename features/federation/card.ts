import { asLine } from '@noroshi/foundations/parcel';
import * as z from 'zod/mini';

const longestName = 40;
/** What a house calls itself, as one line that says no more than it shows. */
export const cardName = (name: string): string => asLine(name, longestName).trim();
/** Whether two names read the same: a letter of another width, another case, a space or a character that is not seen makes no other house. */
export const sameName = (a: string, b: string): boolean => asRead(a) === asRead(b);
const asRead = (name: string): string => asLine(name.normalize('NFKC'), 200).replaceAll(' ', '').toLowerCase();

/** What a house says of itself to another: what it is called, where it is reached, and the key by which it is known (Ed25519, base64url). */
export const cardShape = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(2 * longestName), z.refine((name) => cardName(name) === name)),
  /** HTTPS, or plain HTTP in a closed network: where a parcel really goes is judged when it is sent. */
  address: z.string().check(z.maxLength(200), z.regex(/^https?:\/\/[a-z0-9.[\]:-]+$/)),
  key: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)),
});
export type Card = z.output<typeof cardShape>;

const fileShape = z.object({ noroshi: z.literal('partner card 1'), ...cardShape.def.shape });

/** A card as the text that is handed over, by mail or on a stick: it is no secret, and is believed only after the telephone. */
export const writeCard = (card: Card): string => `${JSON.stringify({ noroshi: 'partner card 1', ...card }, null, 1)}\n`;

/** The card in a text that someone pasted; `undefined` where it is none. */
export function readCard(text: string): Card | undefined {
  try {
    const read = fileShape.safeParse(JSON.parse(text.trim()));
    if (!read.success) return undefined;
    const { noroshi: _kind, ...card } = read.data;
    return card;
  } catch {
    return undefined;
  }
}
