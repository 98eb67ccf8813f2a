import { imported, pastPage, type Imported, type PastPage } from '@noroshi/features/past';
import { pastLine } from '../acts/past.ts';
import type { RoomCheck } from './story.ts';

/** What was brought stands in the order of its file, each line once; it is whole when all of it is here, and its pages lie in the tables alone. */
export const checkPast: RoomCheck = ({ views }, findings) => {
  for (const { where, who, docs } of views) {
    const pages = Map.groupBy(docs<PastPage>(pastPage.noun), ({ value }) => value.past);
    if (who && pages.size > 0) findings.add('leaked', `pages of what was brought are ${where}`);
    if (who) continue;
    for (const { id, value: { state, lines } } of docs<Imported>(imported.noun)) {
      const here = (pages.get(id) ?? []).map(({ value }) => value).toSorted((a, b) => a.page - b.page).flatMap((page) => page.lines);
      here.forEach(({ n, words }, i) => { if (n !== i + 1 || words?.text !== pastLine(n).text) findings.add('misordered', `line ${i + 1} of what was brought as ${id} is ${n}: ${words?.text}`); });
      if ((state === 'whole') !== (here.length === lines)) findings.add('wrongSums', `of ${id}, which is ${state}, ${here.length} of ${lines} lines are here`);
    }
  }
};
