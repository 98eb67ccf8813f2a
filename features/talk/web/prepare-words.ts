import { message as messageNoun, say, type Along, type Brought, type Message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
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

/** So many of the newest messages are looked through for words that were said. */
const looked = 100;

/**
 * The words that stand in the composer of a room, for a form of another room that takes them along; empty where there are none.
 * @param before what the drafts of that form took along
 */
export async function wordsBegun(stair: LowerEnd, room: Id, before: readonly (Along | undefined)[] = []): Promise<Brought> {
  const words = (await draftIn(stair, room)).text.trim();
  const others = new Set(before.flatMap((one) => (one?.room === room && one.words !== words ? [one.words] : [])));
  if (!words || others.size === 0) return { words, gone: [] };
  const said = await stair.replica.newest<Message>(messageNoun.noun, roomStream(room), looked);
  const waiting = await stair.replica.outbox.item.where('stream').equals(roomStream(room)).filter(({ name, state }) => name === say.deed && state !== 'refused').toArray();
  const texts = [...said.flatMap(({ value }) => (value.by === stair.actor.person ? [value.text] : [])), ...waiting.map(({ input }) => (input as { text?: string }).text)];
  return { words, gone: [...new Set(texts.flatMap((text) => text?.trim() ?? []))].filter((text) => others.has(text)) };
}

/**
 * What was brought along was said by another way: it leaves the composer of that room. What hangs on it stays.
 * @param said what the form sent
 */
export async function wordsTaken(stair: LowerEnd, { room, words }: Along, said: readonly string[]): Promise<void> {
  const draft = await draftIn(stair, room);
  if (isSaid(draft, words, said)) await keep(stair, room, { ...draft, text: '' });
}

/** Nothing is lost: all of it was sent, and nothing else has come to stand in the composer since. */
export const isSaid = ({ text }: Draft, brought: string, said: readonly string[]): boolean =>
  brought !== '' && text.trim() === brought && said.some((one) => unspaced(one).includes(unspaced(brought)));

/** A form with a subject parts words at the end of a line, and no field keeps the spaces around them. */
const unspaced = (words: string): string => words.replaceAll(/\s+/g, ' ');

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
