import { person, type Person } from '@noroshi/features/directory';
import { theRoom, type Room } from '@noroshi/features/talk';
import { awaitsFiles, sha256Shape, storedFile, withdrawsFiles, type StoredFile } from '@noroshi/foundations/files';
import { allowed, idShape, refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, member, membership, ref, roomStream, type Many, type Member, type Ref, type Stay, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { fileMayStay, imported, importBegun, importDone, importShape, importStopped, importTakenBack, ofFile, standOf, theImport, type Imported } from './imported.ts';
import { mostReaders, newReaders } from './new-readers.ts';
import { pageBody, pageBrought, pageId, pageLines, pageTakenBack, pastLineShape, pastPage, type PastPage } from './page.ts';
import { isName } from './reading/names.ts';

const into = ({ place }: { readonly place: Id }): readonly StreamKey[] => [roomStream(place)];

/**
 * Who brings the past: administrators who sit in the room themselves and read all that was said in it, since they are told what lies there
 * already. Of a room that they do not see they learn nothing. (P13)
 */
export function mayBring(actor: Actor, stay: Stay | undefined): Refusal | undefined {
  if (!stay) return refused('stream.notFound');
  if (actor.role !== 'administrator') return refused('past.notAllowed');
  return stay.visibleFrom === 1 ? undefined : refused('past.cameLater');
}

/** Into which rooms it is brought: not into a direct talk, which belongs to two, nor into a drill or a room that is closed. (P16) */
const takesPast = (room: Room | undefined): boolean => room !== undefined && room.kind !== 'direct' && room.drill === undefined && room.closedAt === undefined;

/** 移行を始める: what a file comes to is told, and its bytes are announced. Its lines follow page by page. */
export const beginImport = command('past.begin', {
  about: 'Begins to bring what was said in another tool into a room or onto a board. For administrators who are in it. The file itself is uploaded behind it, but for one that tells of other rooms or of words that were taken out of the record here; its lines follow with past.bring.',
  input: z.strictObject({ place: idShape, ...importShape, file: z.optional(idShape), /** The SHA-256 of its bytes. It stands with the file, and goes with it. */ fileSha256: z.optional(sha256Shape), /** Who has agreed to be told of: `newReaders`. */ readers: z.optional(z.array(idShape).check(z.maxLength(mostReaders))), /** At which stand of the place it was planned (`standOf`); absent where nothing had been brought. */ stand: z.optional(z.int().check(z.minimum(0))) }),
  streams: into,
  alone: true,
  offline: false,
  needs: ({ place }, actor) => ({
    me: membership(roomStream(place), actor.person), room: theRoom(place),
    members: { many: member.noun, stream: roomStream(place) } as Many<Member>, all: { many: imported.noun, stream: roomStream(place) } as Many<Imported>,
    files: { many: storedFile.noun, stream: roomStream(place) } as Many<StoredFile>,
  }),
  may(actor, { me, room: into, members, all, files }, { from, to, lines, pages, room, file, fileSha256, readers = [], stand = 0 }) {
    const gone = mayBring(actor, currentStay(me));
    if (gone) return gone;
    if (!takesPast(into)) return refused('past.notInto');
    if (newReaders(members).some(({ person: one }) => !readers.includes(one))) return refused('past.newReaders');
    if (fileSha256 !== undefined && ofFile(all, files, fileSha256).some(({ state }) => state === 'whole')) return refused('past.hereAlready');
    if (all.some(({ state }) => state === 'coming')) return refused('past.underWay');
    // A file without its fingerprint would not be known again.
    if (file !== undefined && fileSha256 === undefined) return refused('past.wrongSum');
    if (file !== undefined && !fileMayStay({ from, to, ...(room === undefined ? {} : { room }) }, all)) return refused('past.fileSaysMore');
    if (stand !== standOf(all)) return refused('past.otherStand');
    return from <= to && lines <= pages * pageLines && pages <= lines ? allowed : refused('past.wrongSum');
  },
  then: ({ place: _place, file, fileSha256, readers: _readers, stand: _stand, ...told }) => [
    happens(importBegun, told),
    ...awaitsFiles(told.id, file === undefined || fileSha256 === undefined ? [] : [{ file, kind: 'file', name: told.name, size: told.size, type: 'text/plain', sha256: fileSha256 }]),
  ],
});

/** A need for those who are named, by their ids. */
const namedBy = (lines: readonly { readonly person?: Id | undefined }[]): Record<`@${Id}`, Ref<Person>> =>
  Object.fromEntries(lines.flatMap(({ person: id }) => (id === undefined ? [] : [[`@${id}`, ref(person, id)]])));

/** 一頁を入れる: the pages come in their order, so that the last says that all are here. */
export const bringPage = command('past.bring', {
  about: 'Brings the next page of an import: at most 100 lines, in the order of the file. The last one ends it.',
  input: z.strictObject({ place: idShape, past: idShape, page: z.int().check(z.minimum(0)), lines: z.array(pastLineShape).check(z.minLength(1), z.maxLength(pageLines)) }),
  streams: into,
  offline: false,
  needs: ({ place, past, page, lines }, actor) => ({
    me: membership(roomStream(place), actor.person), room: theRoom(place), past: theImport(past),
    before: ref(pastPage, pageId(past, page - 1)) as Ref<PastPage>, here: ref(pastPage, pageId(past, page)) as Ref<PastPage>, ...namedBy(lines) as {},
  }),
  may(actor, { me, room, past, before, here, ...named }, { page, lines }, { now }) {
    const gone = mayBring(actor, currentStay(me));
    if (gone) return gone;
    if (!takesPast(room)) return refused('past.notInto');
    if (!past) return refused('past.notFound');
    if (past.state !== 'coming') return refused('past.over');
    if (here) return refused('past.pageHere');
    if (page >= past.pages || (page > 0 && !before)) return refused('past.pageOrder');
    if (lines.some(({ at }) => at > now)) return refused('past.future');
    const people = named as Readonly<Record<string, Person | undefined>>;
    if (Object.keys(namedBy(lines)).some((name) => !people[name])) return refused('directory.personNotFound');
    // Nobody's name is put under what another has said.
    return lines.every(({ who, person: id }) => id === undefined || isName(who, people[`@${id}`]!.name)) ? allowed : refused('past.notTheirName');
  },
  then: ({ past: id, page, lines }, { past }) => [happens(pageBrought, pageBody(id, page, lines)), ...(page + 1 === past!.pages ? [happens(importDone, { past: id })] : [])],
});

const oneShape = { place: idShape, past: idShape };

/** 移行をやめる: no more of it comes, and what is here stays. The same file can then be brought again. */
export const stopImport = command('past.stop', {
  about: 'Ends an import that is under way. What has come of it stays, and is not brought twice.',
  input: z.strictObject(oneShape),
  streams: into,
  offline: false,
  needs: ({ place, past }, actor) => ({ me: membership(roomStream(place), actor.person), past: theImport(past) }),
  may: (actor, { me, past }) => mayBring(actor, currentStay(me)) ?? (!past ? refused('past.notFound') : past.state === 'coming' ? allowed : refused('past.over')),
  then: ({ past }) => [happens(importStopped, { past })],
});

/** 移行を取り消す: it was brought to the wrong place. It is on no screen, is found no more, and nobody fetches its file; the record keeps it. */
export const takeBackImport = command('past.takeBack', {
  about: 'Takes an import back that should not be here. Nobody reads it or fetches its file any more, and it is found no more; the record keeps it.',
  input: z.strictObject({ ...oneShape, why: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
  streams: into,
  alone: true,
  offline: false,
  needs: ({ place, past }, actor) => ({ me: membership(roomStream(place), actor.person), past: theImport(past), files: { many: storedFile.noun, stream: roomStream(place) } as Many<StoredFile> }),
  may: (actor, { me, past }) => mayBring(actor, currentStay(me)) ?? (!past ? refused('past.notFound') : past.state === 'takenBack' ? refused('past.over') : allowed),
  then: ({ place, past, why }, { files }, _actor, { now }) => [
    happens(importTakenBack, { past, why }),
    ...withdrawsFiles(past, files.filter(({ of, state }) => of === past && state !== 'withdrawn').map(({ id: file }) => ({ file }))),
    { later: now, step: 'page', command: 'past.takeBackPage', input: { place, past, page: 0 } },
  ],
});

/** So many pages are taken back at once: the longest talk is found no more within a minute or two, and holds nobody up. */
const backAtOnce = 20;
const steps = Array.from({ length: backAtOnce }, (_, i) => i);

/** Some pages after the other go, each time with a command of its own. The clock does this. */
export const takeBackPage = command('past.takeBackPage', {
  about: 'Takes back the next pages of an import that was taken back.',
  input: z.strictObject({ ...oneShape, page: z.int().check(z.minimum(0)) }),
  streams: into,
  system: true,
  offline: false,
  needs: ({ past, page }) => Object.fromEntries(steps.map((i) => [`p${i}`, ref(pastPage, pageId(past, page + i)) as Ref<PastPage>])) as Record<`p${number}`, Ref<PastPage>>,
  may: (_actor, { p0 }) => (p0 ? allowed : refused('past.notFound')),
  then({ place, past, page }, pages, _actor, { now }) {
    const here = steps.filter((i) => pages[`p${i}`]);
    return [
      ...here.map((i) => happens(pageTakenBack, { past, page: page + i })),
      ...(here.length === backAtOnce ? [{ later: now, step: 'page', command: 'past.takeBackPage', input: { place, past, page: page + backAtOnce } }] : []),
    ];
  },
});
