import { beginImport, bringPage, imported, stopImport, type Imported, type PastLine } from '@noroshi/features/past';
import { placeOf, some, type Act } from './act.ts';

/** When the talk was held that is brought: every line of it follows from where it stands. */
const began = Date.parse('2018-06-01T09:00:00+09:00');
const perPage = 3;

/** A line of the other tool, by its number from 1. */
export const pastLine = (n: number): PastLine => ({ n, at: began + n * 60_000, who: '総務課', kind: 'text', text: `以前の連絡 ${n}` });

/** What an administrator does who brings along what was said in the tool before this one. */
export const past: readonly Act[] = [
  {
    act: 'begin to bring a talk', weight: 0.4,
    async do(stage, by) {
      const place = stage.house.groupC;
      const lines = perPage * (1 + stage.dice.below(3));
      const text = Array.from({ length: lines }, (_, i) => pastLine(i + 1).text).join('\n');
      await by.give(beginImport, {
        place, id: by.end.newId(), source: 'talk', name: 'talk.txt', size: Buffer.byteLength(text),
        lines, pages: lines / perPage, left: 0, from: pastLine(1).at, to: pastLine(lines).at,
      });
    },
  },
  {
    act: 'bring a page, or stop', weight: 2,
    async do(stage, by) {
      const doc = await some<Imported>(stage, by, imported.noun, ({ state }) => state === 'coming');
      if (!doc) return;
      const on = { place: placeOf(doc), past: doc.id };
      if (stage.dice.chance(0.1)) return by.give(stopImport, on);
      // Which page is next nobody tells a device: one that is here already is refused, and so is one too far ahead.
      const page = stage.dice.below(doc.value.pages);
      return by.give(bringPage, { ...on, page, lines: Array.from({ length: perPage }, (_, i) => pastLine(page * perPage + i + 1)) });
    },
  },
];
