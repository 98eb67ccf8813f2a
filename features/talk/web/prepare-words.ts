import type { Id } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { emptyDraft, type Draft } from './draft.ts';

/**
 * Lays words into the composer of a room, to be read, changed and sent there by whoever had them prepared. What was being written
 * in it stays before them; the same words are not laid there twice.
 * @param naming organizations that the words name after an @
 */
export async function prepareWords(stair: LowerEnd, room: Id, words: { readonly text: string; readonly urgency?: 'important' | 'urgent'; readonly incident?: Id; readonly naming?: readonly { readonly id: Id; readonly name: string }[] }): Promise<void> {
  const place = `talk:${room}`;
  const { draft: table } = stair.replica.outbox;
  const kept = stair.drafts.get(place) ?? (await table.get(place))?.text;
  const before: Partial<Draft> = kept ? JSON.parse(kept) : {};
  const draft: Draft = { ...emptyDraft, ...before };
  const { text, naming = [], urgency, incident } = words;
  const both = draft.text.includes(text) ? draft.text : [draft.text, text].filter(Boolean).join('\n');
  const named = [...draft.named.filter(({ id }) => naming.every((one) => one.id !== id)), ...naming.map((one) => ({ ...one, org: true }))];
  const next = JSON.stringify({ ...draft, text: both, named, ...(urgency && { urgency }), ...(incident && { incident }) } satisfies Draft);
  stair.drafts.set(place, next);
  await table.put({ place, text: next, at: Date.now() });
}
