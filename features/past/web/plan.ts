import { letters } from '@noroshi/features/directory/web';
import type { Person } from '@noroshi/features/directory';
import { largestFile, type StoredFile } from '@noroshi/foundations/files';
import { loadPrepare, type Prepared } from '@noroshi/foundations/files/web';
import { refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import type { Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { ask } from '@noroshi/foundations/web';
import { fileMayStay, goesOnWith, mostLines, ofFile, standOf, type Imported } from '../imported.ts';
import { newReaders } from '../new-readers.ts';
import type { PastLine } from '../page.ts';
import type { ReadFile } from '../reading/line.ts';
import { readPast } from '../reading/read-file.ts';
import { inPages, sortOut, type Sorted } from '../reading/sort-out.ts';
import { allKeys, comeSoFar } from './carry.ts';

/** A chosen file as it was read here; nothing of it has left this device. */
export interface Chosen { readonly prepared: Prepared & { readonly sha256: string }; readonly read: ReadFile }

/** Reads a chosen file. The fingerprint is made of its bytes as they are. */
export async function choose(file: File, stair: LowerEnd): Promise<Chosen | Refusal> {
  if (file.size > largestFile) return refused('files.tooLarge');
  const text = letters(await file.arrayBuffer());
  if (text === undefined) return refused('past.noText');
  const told = readPast(text, stair.now());
  if (!told.ok) return refused(told.code, told.params);
  if (told.read.lines.length > mostLines) return refused('past.tooMany', { max: mostLines.toLocaleString('en') });
  const prepared = await (await loadPrepare())(new File([file], file.name, { type: 'text/plain' }), { newId: () => stair.newId(), lowData: false });
  if ('ok' in prepared) return prepared;
  // Browsers make fingerprints only where the line is a safe one.
  return prepared.sha256 === undefined ? refused('past.needsSafeLine') : { prepared: { ...prepared, sha256: prepared.sha256 }, read: told.read };
}

/** What would be done with a file in a place. */
export interface Plan {
  readonly place: Id;
  readonly past: Id;
  readonly room: string | undefined;
  readonly sorted: Sorted;
  readonly pages: readonly (readonly PastLine[])[];
  /** So many pages are here from before it broke off. */
  readonly come: number;
  /** How far the imports of the place were. */
  readonly stand: number;
  /** Who reads it then, and was not told what was said before. */
  readonly readers: readonly Member[];
  /** Whether the file itself is kept beside its lines. */
  readonly keepsFile: boolean;
  /** It was begun before. */
  readonly resumes: boolean;
  readonly from: number;
  readonly to: number;
}

/** What a device knows of the place. */
export interface Known { readonly all: readonly Imported[]; readonly files: readonly StoredFile[]; readonly people: readonly Person[]; readonly members: readonly Member[] }

/** Works out what would be done: the trial run. Nothing is written by it. @param all what was brought into the place before, @param files what lies in it, @param members who is in it, @param fresh the id of a new import */
export async function planFor({ prepared: { sha256: fileSha256, size }, read }: Chosen, place: Id, part: string | undefined, { all, files, people, members }: Known, fresh: Id): Promise<Plan | Refusal> {
  if (ofFile(all, files, fileSha256).some(({ state }) => state === 'whole')) return refused('past.hereAlready');
  const own = part === undefined ? read.lines : read.lines.filter((line) => line.room === part);
  const [first, to] = own.reduce<[number, number]>(([least, most], { at }) => [Math.min(least, at), Math.max(most, at)], [Infinity, 0]);
  const from = Math.min(first, to);
  const room = part?.slice(0, 200);
  const begun = goesOnWith(all, files, { fileSha256, size, from, to, room });
  const past = begun?.id ?? fresh;
  // Into a room that is still to be opened nothing has been brought.
  const known = all.length === 0 ? { ok: true as const, keys: [] } : await allKeys(ask, { place, from, to, but: past });
  if (!known.ok) return known;
  const sorted = sortOut(read, { room: part, here: known.keys, people });
  const pages = inPages(sorted.lines);
  if (begun && (begun.pages !== pages.length || begun.lines !== sorted.lines.length)) return refused('past.otherNow');
  const come = begun ? await comeSoFar(ask, { place, past }, pages) : { ok: true as const, pages: 0 };
  if (!come.ok) return come;
  const keepsFile = fileMayStay({ from, to, ...(room === undefined ? {} : { room }) }, all) && !sorted.left.some(({ why }) => why === 'takenOut');
  return { place, past, room, sorted, pages, readers: newReaders(members), keepsFile, come: come.pages, stand: standOf(all), resumes: begun !== undefined, from, to };
}
