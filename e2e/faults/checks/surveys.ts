import { answer, sheet, type Answer, type Sheet, type Values } from '@noroshi/features/survey';
import type { Id } from '@noroshi/foundations/kernel';
import { counted, type RoomCheck } from './story.ts';

/** What was answered to one sheet, by the events alone: how often by whom, and what last. */
interface Heard { readonly org: Id; readonly last: Map<Id, Values>; readonly times: Map<Id, number>; isOver: boolean }

/** Each option and how many chose it: what every sum of a survey is made of. */
const chosen = (all: Iterable<Values>): string => counted([...all].flatMap((values) => Object.entries(values).flatMap(([question, value]) => [value].flat().map((one) => `${question}=${String(one)}`))));

/**
 * The sums of each survey are those of the answers that were taken, nothing is taken once it is over, and what the people of one organization said is on no
 * device of another. Of headquarters it is on the devices of whoever administers the house, and of those who came in themselves, by asking or to see it.
 */
export const checkSurveys: RoomCheck = ({ events, views, orgs }, findings) => {
  const sheets = new Map<Id, Heard>();
  const cameIn = new Set(events.filter(({ kind, by, body }) => kind === 'stream.joined' && body.person === by).map(({ stream, by }) => `${stream}/${by}`));
  for (const { kind, stream, seq, body } of events) {
    if (kind === 'survey.asked') sheets.set(body.id, { org: body.org, last: new Map(), times: new Map(), isOver: false });
    const now = sheets.get(body.sheet);
    if (!now) continue;
    if (kind === 'survey.closed') now.isOver = true;
    if (kind !== 'survey.answered') continue;
    if (now.isOver) findings.add('wrongSums', `${stream} ${seq}: an answer was taken of a survey that was over`);
    now.last.set(body.person, body.values);
    now.times.set(body.person, (now.times.get(body.person) ?? 0) + 1);
  }
  for (const { where, who, docs } of views) {
    const answers = Map.groupBy(docs<Answer>(answer.noun), ({ value }) => value.sheet);
    for (const { stream, value: { id, answered } } of docs<Sheet>(sheet.noun)) {
      const { org, last, times } = sheets.get(id)!;
      const here = answers.get(id) ?? [];
      const is = [counted(Object.keys(answered)), chosen(here.map(({ value }) => value.said.at(-1)!.values)), counted(here.flatMap(({ value: { person, said } }) => said.map(() => person)))];
      const due = [counted(last.keys()), chosen(last.values()), counted([...times].flatMap(([person, n]) => Array.from({ length: n }, () => person)))];
      if (is.join('; ') !== due.join('; ')) findings.add('wrongSums', `survey ${id} ${where}: ${is.join('; ')}, by hand ${due.join('; ')}`);
      const mayLook = who?.org === orgs.ehime && (who.role === 'administrator' || cameIn.has(`${stream}/${who.person}`));
      if (who && who.org !== org && !mayLook) findings.add('leaked', `survey ${id} of another organization is ${where}`);
    }
  }
};
