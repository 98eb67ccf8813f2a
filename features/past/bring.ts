import { person, type Person } from '@noroshi/features/directory';
import { awaitsFiles } from '@noroshi/foundations/files';
import { allowed, idShape, refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, ref, roomStream, type Many, type Member, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { imported, importBegun, importDone, importId, importShape, importStopped, importTakenBack, ofFile, theImport, type Imported } from './imported.ts';
import { pageBody, pageBrought, pageId, pageLines, pageTakenBack, pastLineShape, pastPage, type PastPage } from './page.ts';

const into = ({ place }: { readonly place: Id }): readonly StreamKey[] => [roomStream(place)];

/** Who brings the past: administrators who sit in the room themselves. Of a room that they do not see they learn nothing. */
function mayBring(actor: Actor, me: Member | undefined): Refusal | undefined {
  if (!currentStay(me)) return refused('stream.notFound');
  return actor.role === 'administrator' ? undefined : refused('past.notAllowed');
}

/** 移行を始める: what a file comes to is told, and its bytes are announced. Its lines follow page by page. */
export const beginImport = command('past.begin', {
  about: 'Begins to bring what was said in another tool into a room or onto a board. For administrators who are in it. The file itself is uploaded behind it; its lines follow with past.bring.',
  input: z.strictObject({ place: idShape, ...importShape, file: idShape }),
  streams: into,
  alone: true,
  offline: false,
  needs: ({ place }, actor) => ({ me: membership(roomStream(place), actor.person), all: { many: imported.noun, stream: roomStream(place) } as Many<Imported> }),
  may(actor, { me, all }, { place, id, sha256, from, to, lines, pages }) {
    const gone = mayBring(actor, me);
    if (gone) return gone;
    const same = ofFile(all, sha256);
    if (same.some(({ state }) => state === 'whole')) return refused('past.hereAlready');
    if (all.some(({ state }) => state === 'coming')) return refused('past.underWay');
    return id === importId(place, sha256, same.length) && from <= to && lines <= pages * pageLines && pages <= lines ? allowed : refused('past.wrongSum');
  },
  then: ({ place: _place, file, ...told }) => [
    happens(importBegun, told),
    ...awaitsFiles(told.id, [{ file, kind: 'file', name: told.name, size: told.size, type: 'text/plain', sha256: told.sha256 }]),
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
    me: membership(roomStream(place), actor.person), past: theImport(past),
    before: ref(pastPage, pageId(past, page - 1)) as Ref<PastPage>, here: ref(pastPage, pageId(past, page)) as Ref<PastPage>, ...namedBy(lines) as {},
  }),
  may(actor, { me, past, before, here, ...named }, { page, lines }, { now }) {
    const gone = mayBring(actor, me);
    if (gone) return gone;
    if (!past) return refused('past.notFound');
    if (past.state !== 'coming') return refused('past.over');
    if (here) return refused('past.pageHere');
    if (page >= past.pages || (page > 0 && !before)) return refused('past.pageOrder');
    if (lines.some(({ at }) => at > now)) return refused('past.future');
    return Object.keys(namedBy(lines)).every((name) => (named as Record<string, unknown>)[name] !== undefined) ? allowed : refused('directory.personNotFound');
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
  may: (actor, { me, past }) => mayBring(actor, me) ?? (!past ? refused('past.notFound') : past.state === 'coming' ? allowed : refused('past.over')),
  then: ({ past }) => [happens(importStopped, { past })],
});

/** 移行を取り消す: it was brought to the wrong place. It is on no screen and is found no more; the record keeps it. */
export const takeBackImport = command('past.takeBack', {
  about: 'Takes an import back that should not be here. Nobody reads it any more, and it is found no more; the record keeps it.',
  input: z.strictObject({ ...oneShape, why: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
  streams: into,
  offline: false,
  needs: ({ place, past }, actor) => ({ me: membership(roomStream(place), actor.person), past: theImport(past) }),
  may: (actor, { me, past }) => mayBring(actor, me) ?? (!past ? refused('past.notFound') : past.state === 'takenBack' ? refused('past.over') : allowed),
  then: ({ place, past, why }, _facts, _actor, { now }) => [
    happens(importTakenBack, { past, why }), { later: now, step: 'page', command: 'past.takeBackPage', input: { place, past, page: 0 } },
  ],
});

/** Page after page goes, each with a command of its own: a talk of ten years holds nobody up. The clock does this. */
export const takeBackPage = command('past.takeBackPage', {
  about: 'Takes back one page of an import that was taken back.',
  input: z.strictObject({ ...oneShape, page: z.int().check(z.minimum(0)) }),
  streams: into,
  system: true,
  offline: false,
  needs: ({ past, page }) => ({ page: ref(pastPage, pageId(past, page)) as Ref<PastPage> }),
  may: (_actor, { page }) => (page ? allowed : refused('past.notFound')),
  then: ({ place, past, page }, _facts, _actor, { now }) => [
    happens(pageTakenBack, { past, page }), { later: now, step: 'page', command: 'past.takeBackPage', input: { place, past, page: page + 1 } },
  ],
});

