import { chronologyPapers } from '@noroshi/features/chronology/papers';
import type { PapersOf } from '@noroshi/features/record/server';
import { chronicled } from '../chronicled.ts';

/** What goes with a part of the record to be read: the chronology of what was asked for. Of a single room there is none. */
export const papers: PapersOf = ({ stair, actor, asked: { incident, room, from, until }, words }) =>
  (room === undefined ? chronologyPapers({ stair, actor, tells: chronicled, words, incident, from, until }) : []);
