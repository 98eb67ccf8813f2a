import type { Id } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { draftPlace, emptyDraft, isEmpty, type Draft } from './draft.ts';

/**
 * Lays words into the composer of a room, to be read, changed and sent there by whoever had them prepared. What was being written
 * in it stays before them; the same words are not laid there twice.
 * @param naming organizations that the words name after an @
 */
export async function prepareWords(stair: LowerEnd, room: Id, words: { readonly text: string; readonly urgency?: 'important' | 'urgent'; readonly incident?: Id; readonly naming?: readonly { readonly id: Id; readonly name: string }[] }): Promise<void> {
  const draft = await draftIn(stair, room);
  const { text, naming = [], urgency, incident } = words;
  const both = draft.text.includes(text) ? draft.text : [draft.text, text].filter(Boolean).join('\n');
  const named = [...draft.named.filter(({ id }) => naming.every((one) => one.id !== id)), ...naming.map((one) => ({ ...one, org: true }))];
  await keep(stair, room, { ...draft, text: both, named, ...(urgency && { urgency }), ...(incident && { incident }) });
}

/** The words that stand in the composer of a room, for a form of another room that takes them along; empty where there are none. */
export const wordsBegun = async (stair: LowerEnd, room: Id): Promise<string> => (await draftIn(stair, room)).text.trim();

/**
 * What was brought along was said by another way: it leaves the composer of that room. What hangs on it stays.
 * @param brought what stood in the composer when the form was opened
 * @param said what the form sent
 */
export async function wordsTaken(stair: LowerEnd, room: Id, brought: string, said: readonly string[]): Promise<void> {
  const draft = await draftIn(stair, room);
  if (isSaid(draft, brought, said)) await keep(stair, room, { ...draft, text: '' });
}

/** Nothing is lost: all of it was sent, and nothing else has come to stand in the composer since. */
export const isSaid = ({ text }: Draft, brought: string, said: readonly string[]): boolean =>
  brought !== '' && text.trim() === brought && said.some((one) => one.includes(brought));

async function draftIn({ replica, drafts }: LowerEnd, room: Id): Promise<Draft> {
  const place = draftPlace(room);
  const kept = drafts.get(place) ?? (await replica.outbox.draft.get(place))?.text;
  const before: Partial<Draft> = kept ? JSON.parse(kept) : {};
  return { ...emptyDraft, ...before };
}

/** In memory and on the disk, as the composer itself does (`useDraft`). */
async function keep({ replica, drafts }: LowerEnd, room: Id, draft: Draft): Promise<void> {
  const [place, text] = [draftPlace(room), JSON.stringify(draft)];
  if (isEmpty(draft)) {
    drafts.delete(place);
    await replica.outbox.draft.delete(place);
  } else {
    drafts.set(place, text);
    await replica.outbox.draft.put({ place, text, at: Date.now() });
  }
}
