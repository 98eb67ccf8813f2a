// What is taken of real files of other calendars: node bench/ics.ts FOLDER
// Each .ics file below it is read as it is read on a device that imports it, and counted by the program that wrote it (PRODID).
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mostBytes, readIcs, type IcsNote, type IcsRead, type IcsRefused } from '../features/calendar/ics/read-ics.ts';
import { letters } from '../features/directory/web/file.ts';

const programs: readonly (readonly [string, RegExp])[] = [['Microsoft', /microsoft|outlook|exchange/i], ['Google', /google/i], ['Apple', /apple|\bi(?:cal|phone|os)\b|mac os x/i], ['others', /^/]];

/** `told` by the files, of which `left` were not taken and `partly` not whole; `made` of them: times beside a rule become appointments of their own. */
interface Count { files: number; told: number; made: number; readonly left: Record<string, number>; readonly partly: Record<string, number> }

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('ファイルのあるフォルダを指定してください。 / Name the folder with the files: node bench/ics.ts FOLDER');
  process.exit(1);
}
const counts = new Map<string, Count>(programs.map(([name]) => [name, { files: 0, told: 0, made: 0, left: {}, partly: {} }]));
for (const path of globSync('**/*.ics', { cwd: folder })) {
  const bytes = readFileSync(join(folder, path));
  const text = letters(new Uint8Array(bytes).buffer) ?? '';
  const told = text.match(/^BEGIN:VEVENT/gim)?.length ?? 0;
  if (told === 0) continue;
  const by = /^PRODID(?:;[^:]*)?:(.*)/im.exec(text)?.[1] ?? '';
  const count = counts.get(programs.find(([, writes]) => writes.test(by))![0])!;
  const read: IcsRead | IcsRefused = bytes.length > mostBytes ? 'icsTooLarge' : readIcs(text);
  count.files++;
  count.told += told;
  if (typeof read === 'string') {
    count.left[read] = (count.left[read] ?? 0) + told;
    continue;
  }
  const put = (into: Record<string, number>, notes: readonly IcsNote[]): void => { for (const { why } of notes) into[why] = (into[why] ?? 0) + 1; };
  count.made += read.appointments.length;
  put(count.left, read.left);
  put(count.partly, read.partly);
}
for (const [program, count] of counts) console.log(JSON.stringify({ program, ...count }));
