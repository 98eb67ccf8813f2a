import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Id } from '@noroshi/foundations/kernel';
import { emptyWritten, type Written } from '../written.ts';

/** Where forms that are being made are kept on this device. */
export const draftStart = 'survey/write/';

/** A form that was begun on this device and not asked yet. */
export interface Draft { readonly id: Id; readonly written: Written; readonly at: number }

/** Those that were begun here, the newest first. */
export async function readDrafts(stair: LowerEnd): Promise<Draft[]> {
  const all = await stair.replica.outbox.draft.where('place').startsWith(draftStart).toArray();
  return all.map(({ place, text, at }) => ({ id: place.slice(draftStart.length), written: { ...emptyWritten, ...(JSON.parse(text) as Written) }, at })).toSorted((a, b) => b.at - a.at);
}

/** Begins one. @returns its id, under which it is written on */
export async function beginDraft(stair: LowerEnd, written: Written): Promise<Id> {
  const id = stair.newId();
  await stair.replica.outbox.draft.put({ place: `${draftStart}${id}`, text: JSON.stringify(written), at: stair.now() });
  return id;
}

export const dropDraft = (stair: LowerEnd, id: Id): Promise<void> => stair.replica.outbox.draft.delete(`${draftStart}${id}`);
