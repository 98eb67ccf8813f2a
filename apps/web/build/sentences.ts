import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { fold } from '../fold.ts';

/** Sentences of the frame. */
const always = /^(app(?!\.title)|nav(?!\.board)|line|home(?!\.(events|noEvents)))\./;
/** The screens that come first. A sentence that one of these files names, or chooses as it runs, comes with them. */
const firstFiles = [
  'apps/web/shell/*.{ts,tsx}', 'features/talk/newest-line.ts', 'features/talk/web/*.{ts,tsx}', 'foundations/files/web/*.ts',
  'features/incident/web/{IncidentBand,names}.{ts,tsx}', 'features/request/web/{RequestStrip,owes,words,known,duties}.{ts,tsx}',
  // It comes behind them, but may be there before all other sentences are: a button without a name is told to nobody.
  'features/call/web/CallStrip.tsx',
];
/** Notices of what seldom happens, and in few talks: they come with all others. */
const seldom = /^note\.federation\.(shared|ended|endedThere|held|heldOver|redactWish)$/;
/** What only the server says never comes to a device. */
const serverSentences = /^(api|document|outside|push|notice)\./;

/** Bytes of text in a piece: about 10 kB on the line, more than a second of a thin one, in which words wait behind it. */
const pieceSize = 40_000;

/**
 * Parts the language files in three, so that the first screen does not wait for every refusal there is, nor any page for what explains it.
 * What comes behind the first comes in pieces: each names the others that there are as `more`, the first of them all.
 */
export function sentences(): Plugin {
  const name = /^virtual:sentences\/(ja|en)\/(first|rest|help)(\d*)$/;
  return {
    name: 'sentences',
    resolveId: (id) => (name.test(id) ? `\0${id}` : undefined),
    load(id) {
      const found = name.exec(id.slice(1));
      if (!id.startsWith('\0') || !found) return undefined;
      const [, language, wanted, piece] = found;
      const file = join(import.meta.dirname, `../../../foundations/i18n/${language}.json`);
      this.addWatchFile(file);
      const root = join(import.meta.dirname, '../../..');
      const screens = firstFiles.flatMap((files) => globSync(files, { cwd: root })).filter((path) => !/HelloStep|SettingsPage|MorePage|TabTitle|LongWords|Refused|Events|Pins|RoomInfoPage|NewRoomPage|PeoplePicker|Sheet|help\.|\.test\./.test(path)).map((path) => readFileSync(join(root, path), 'utf8')).join('');
      const named = new Set([...screens.matchAll(/'([a-z]+(?:\.\w+)+)'/gi)].map((match) => match[1]));
      const begun = [...screens.matchAll(/`([a-z]+(?:\.\w+)*\.)\$\{/gi)].map((match) => match[1]!);
      const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
      const isFirst = (key: string): boolean => !seldom.test(key) && ((always.test(key) && !key.startsWith('app.title')) || named.has(key) || begun.some((prefix) => key.startsWith(prefix)));
      // What explains the screens comes when someone asks for it: no page waits for it.
      const partOf = (key: string): string => (key.startsWith('help.') ? 'help' : isFirst(key) ? 'first' : 'rest');
      const part = all.filter(([key]) => !serverSentences.test(key) && partOf(key) === wanted);
      const pieces = wanted === 'first' ? [part] : inPieces(part);
      const more = piece || pieces.length === 1 ? '' : `export const more = [${pieces.slice(1).map((_, i) => `() => import('virtual:sentences/${language}/${wanted}${i + 1}')`).join()}];`;
      return `export default ${JSON.stringify(fold(pieces[Number(piece)]!))};${more}`;
    },
  };
}

/** In the order of the file: what is said in one room lies together, and compresses well. */
function inPieces(sentences: readonly [string, string][]): [string, string][][] {
  const pieces: [string, string][][] = [];
  let size = Infinity;
  for (const one of sentences) {
    if (size > pieceSize) size = pieces.push([]) && 0;
    pieces.at(-1)!.push(one);
    size += Buffer.byteLength(one.join());
  }
  return pieces;
}
