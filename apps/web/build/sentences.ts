import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Sentences of the frame. */
const always = /^(app(?!\.title)|nav(?!\.board)|line|home(?!\.(notWoken|events|noEvents)))\./;
/** The screens that come first. A sentence that one of these files names, or chooses as it runs, comes with them. */
const firstFiles = [
  'apps/web/shell/*.{ts,tsx}', 'features/talk/newest-line.ts', 'features/talk/web/*.{ts,tsx}', 'foundations/files/web/*.ts',
  'features/incident/web/{IncidentBand,names}.{ts,tsx}', 'features/request/web/{RequestStrip,owes,words,known,duties}.{ts,tsx}',
  // It comes behind them, but may be there before all other sentences are: a button without a name is told to nobody.
  'features/call/web/CallStrip.tsx',
];
/** What only the server says never comes to a device. */
const serverSentences = /^(api|document|outside|push|notice)\./;

/** Parts the language files in three, so that the first screen does not wait for every refusal there is, nor any page for what explains it. */
export function sentences(): Plugin {
  const name = /^virtual:sentences\/(ja|en)\/(first|rest|help)$/;
  return {
    name: 'sentences',
    resolveId: (id) => (name.test(id) ? `\0${id}` : undefined),
    load(id) {
      const found = name.exec(id.slice(1));
      if (!id.startsWith('\0') || !found) return undefined;
      const file = join(import.meta.dirname, `../../../foundations/i18n/${found[1]}.json`);
      this.addWatchFile(file);
      const root = join(import.meta.dirname, '../../..');
      const screens = firstFiles.flatMap((files) => globSync(files, { cwd: root })).filter((path) => !/HelloStep|SettingsPage|MorePage|TabTitle|LongWords|Refused|Events|Pins|RoomInfoPage|NewRoomPage|PeoplePicker|Sheet|help\.|\.test\./.test(path)).map((path) => readFileSync(join(root, path), 'utf8')).join('');
      const named = new Set([...screens.matchAll(/'([a-z]+(?:\.\w+)+)'/gi)].map((match) => match[1]));
      const begun = [...screens.matchAll(/`([a-z]+(?:\.\w+)*\.)\$\{/gi)].map((match) => match[1]!);
      const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
      const isFirst = (key: string): boolean => (always.test(key) && !key.startsWith('app.title')) || named.has(key) || begun.some((prefix) => key.startsWith(prefix));
      // What explains the screens comes when someone asks for it: no page waits for it.
      const partOf = (key: string): string => (key.startsWith('help.') ? 'help' : isFirst(key) ? 'first' : 'rest');
      const part = all.filter(([key]) => !serverSentences.test(key) && partOf(key) === found[2]);
      return `export default ${JSON.stringify(Object.fromEntries(part))}`;
    },
  };
}
