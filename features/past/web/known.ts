import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import type { Id } from '@noroshi/foundations/kernel';
import { memberId, roomStream, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { imported, type Imported } from '../imported.ts';

/** An import as it is shown: who brought it, and its file where it is here. */
export interface Shown extends Imported { readonly byName: string; readonly file?: StoredFile | undefined }

/** What was brought into a place, newest first; nothing where this device has no such place. What was taken back is on no screen. */
export async function readImports({ replica }: LowerEnd, place: Id): Promise<{ readonly name: string; readonly isBoard: boolean; readonly all: readonly Shown[] } | null> {
  const stream = roomStream(place);
  const [room, docs, files] = await Promise.all([replica.get<Room>(roomNoun.noun, place), replica.all<Imported>(imported.noun), replica.all<StoredFile>(storedFile.noun)]);
  if (!room) return null;
  const here = docs.filter((one) => one.stream === stream && one.value.state !== 'takenBack').map(({ value }) => value).toSorted((a, b) => b.at - a.at);
  const all = await Promise.all(here.map(async (one): Promise<Shown> => ({
    ...one, byName: (await replica.get<Member>('member', memberId(stream, one.by)))?.card.name ?? '', file: files.find(({ value }) => value.of === one.id && value.state === 'arrived')?.value,
  })));
  return { name: room.name, isBoard: room.kind === 'board', all };
}
