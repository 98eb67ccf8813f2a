import { beginImport, bringPage, imported, standOf, stopImport, type Imported, type PastLine } from '@noroshi/features/past';
import { roomStream } from '@noroshi/foundations/sync';
import { placeOf, some, type Act } from './act.ts';

/** When the talk was held that is brought: every line of it follows from where it stands. */
const began = Date.parse('2018-06-01T09:00:00+09:00');
const perPage = 3;
const mostPages = 6;

/** A line of the other tool, by its number from 1. */
export const pastLine = (n: number): PastLine => ({ n, at: began + n * 60_000, who: '総務課', kind: 'text', text: `以前の連絡 ${n}` });

/** What an administrator does who brings along what was said in the tool before this one. */
export const past: readonly Act[] = [
  {
    act: 'begin to bring a talk', weight: 2, opens: true, administers: true,
    async do(stage, by) {
      const place = stage.house.groupC;
      const lines = perPage * (1 + stage.dice.below(mostPages));
      const here = (await by.end.replica.all<Imported>(imported.noun)).filter(({ stream }) => stream === roomStream(place)).map(({ value }) => value);
      const text = Array.from({ length: lines }, (_, i) => pastLine(i + 1).text).join('\n');
      const id = by.end.newId();
      await by.give(beginImport, {
        place, id, source: 'talk', name: 'talk.txt', size: Buffer.byteLength(text),
        lines, pages: lines / perPage, left: 0, from: pastLine(1).at, to: pastLine(lines).at, stand: standOf(here),
      });
      // Its first page goes at once, as a device sends it: a round may be over before anybody draws the next.
      await by.give(bringPage, { place, past: id, page: 0, lines: Array.from({ length: perPage }, (_, i) => pastLine(i + 1)) });
      stage.pages.set(id, 1);
    },
  },
  {
    act: 'bring a page, or stop', weight: 12, administers: true,
    async do(stage, by) {
      const doc = await some<Imported>(stage, by, imported.noun, ({ state }) => state === 'coming');
      if (!doc) return;
      const on = { place: placeOf(doc), past: doc.id };
      if (stage.dice.chance(0.05)) return by.give(stopImport, on);
      // Which page is next nobody tells a device; it goes on behind the last it gave. Now and then it has lost count: what is here already is refused, and so is what is too far ahead.
      const next = stage.pages.get(doc.id) ?? 0;
      const page = next < doc.value.pages && stage.dice.chance(0.7) ? next : stage.dice.below(doc.value.pages);
      const given = await by.give(bringPage, { ...on, page, lines: Array.from({ length: perPage }, (_, i) => pastLine(page * perPage + i + 1)) });
      if (given) stage.pages.set(doc.id, page + 1);
      return given;
    },
  },
];
