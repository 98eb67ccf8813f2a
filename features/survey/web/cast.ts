import { refused, type Refusal } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { ask } from '@noroshi/foundations/web';
import { castBallot, signBallot, takeBallot, tokenBytes, wantBox } from '../ballot.ts';
import { hexOf, hide, isSigned, keyBytes, unhide, type Sha256 } from '../blind.ts';
import type { Values } from '../form.ts';
import { isOpen, sheet as sheetNoun, type Sheet } from '../sheet.ts';
import type { SheetNow } from './known.ts';

/** What this device knows of its ballot as long as it is asked; it alone knows it. Afterwards whether it was put in, and nothing by which it could be found. */
export interface OwnBallot { readonly token: string; readonly blinded: string; readonly factor: string; readonly signature?: string; readonly cast?: true }

const place = (sheet: string): string => `survey/ballot/${sheet}`;
const sha256: Sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
const random = (length: number): string => hexOf(crypto.getRandomValues(new Uint8Array(length)));

export async function readBallot(stair: LowerEnd, sheet: string): Promise<Partial<OwnBallot> | undefined> {
  const kept = await stair.replica.outbox.draft.get(place(sheet));
  return kept && (JSON.parse(kept.text) as Partial<OwnBallot>);
}
const keep = (stair: LowerEnd, sheet: string, one: Partial<OwnBallot>) => stair.replica.outbox.draft.put({ place: place(sheet), text: JSON.stringify(one), at: stair.now() });

const isWhole = (one: Partial<OwnBallot> | undefined): one is OwnBallot => one?.token !== undefined;

/**
 * Takes from this device, once an anonymous survey is over, what tells whose an answer is: the secret of its ballot, by which it lies in the box, and what was half
 * written under a name. (V30)
 */
export async function forgetOver(stair: LowerEnd, sheets: readonly Sheet[]): Promise<void> {
  const now = stair.now();
  for (const { id } of sheets.filter((one) => one.anonymous && !isOpen(one, now))) {
    const mine = await readBallot(stair, id);
    if (isWhole(mine)) await keep(stair, id, mine.cast ? { cast: true } : {});
    await stair.replica.outbox.draft.where('place').startsWith(`survey/${id}/`).delete();
  }
}

/** How long the key may take to come with the events (milliseconds). */
const patience = 5_000;
async function keyOf(stair: LowerEnd, sheet: string): Promise<string | undefined> {
  for (let waited = 0; waited < patience; waited += 100) {
    const key = (await stair.replica.get<Sheet>(sheetNoun.noun, sheet))?.key;
    if (key) return key;
    await new Promise((later) => setTimeout(later, 100));
  }
  return undefined;
}

/**
 * Answers anonymously: has a hidden ballot signed under one's name, and puts the answer in under none. Each step is kept, so that what was
 * cut off goes on where it stopped. (V29)
 * @param asks how the server is asked; without a session for what bears no name
 */
export async function castAnswer(stair: LowerEnd, { sheet: { id: sheet }, place: where }: Pick<SheetNow, 'sheet' | 'place'>, values: Values, asks = ask): Promise<Refusal | undefined> {
  const on = { place: where, sheet };
  const kept = await readBallot(stair, sheet);
  let mine = isWhole(kept) ? kept : undefined;
  if (!mine) {
    const wanted = await asks(wantBox, on);
    if (!wanted.ok) return wanted;
    const key = await keyOf(stair, sheet);
    if (!key) return refused('line.away');
    const token = random(tokenBytes);
    const hidden = await hide(key, sheet, token, random(keyBytes), sha256);
    if (!hidden) return refused('line.away');
    mine = { token, ...hidden };
    await keep(stair, sheet, mine);
  }
  if (!mine.signature) {
    const signed = await signatureOf(stair, on, mine, asks);
    if ('code' in signed) return signed;
    mine = { ...mine, signature: signed.signature };
    await keep(stair, sheet, mine);
  }
  const cast = await asks(castBallot, { sheet, token: mine.token, signature: mine.signature!, values }, { nameless: true });
  if (!cast.ok) return cast;
  await keep(stair, sheet, { ...mine, cast: true });
  return undefined;
}

async function signatureOf(stair: LowerEnd, on: { readonly place: string; readonly sheet: string }, mine: OwnBallot, asks: typeof ask): Promise<{ signature: string } | Refusal> {
  const told = await stair.send(takeBallot, { ...on, blinded: mine.blinded });
  const answer = told.ok ? await told.answer : told;
  if (!answer.ok && told.ok) await stair.drop(told.id);
  // What was taken before its answer was lost is taken.
  if (!answer.ok && answer.code !== 'survey.ballotTaken') return answer;
  const [key, signed] = [await keyOf(stair, on.sheet), await asks(signBallot, on)];
  if (!signed.ok) return signed;
  const signature = key && unhide(key, signed.value.signed, mine.factor);
  if (signature && (await isSigned(key, on.sheet, mine.token, signature, sha256))) return { signature };
  // Another device of the same person has taken it, and that one alone can put it in.
  await stair.replica.outbox.draft.delete(place(on.sheet));
  return refused('survey.ballotElsewhere');
}
