import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { answerSurvey } from '../answer.ts';
import { quick } from '../form.ts';
import { isOpen } from '../sheet.ts';
import { titleOf } from '../says.ts';
import { forgetOver } from './cast.ts';
import { readSurveys } from './known.ts';

/** A time that is further away than this is told as a date, not counted down (milliseconds). */
const near = 12 * 3_600_000;

/** What I was asked and have not answered; as it looks through all that was asked, it also forgets what is to be forgotten. 安否・参集 is answered where it stands, by one press. */
export async function surveyOwes(stair: LowerEnd): Promise<Owe[]> {
  const now = stair.now();
  const { surveys } = await readSurveys(stair, 'ja');
  await forgetOver(stair, surveys.flatMap(({ sheets }) => sheets.map(({ sheet }) => sheet)));
  return surveys.flatMap(({ id, mine, incident }): Owe[] => {
    if (!mine || mine.sheet.answered[stair.actor.person] !== undefined || !isOpen(mine.sheet, now) || incident?.closedAt !== undefined) return [];
    const { sheet, place } = mine;
    const safety = sheet.kind === 'safety';
    return [{
      key: `survey/${sheet.id}`, weight: safety ? 'urgent' : sheet.fellDue === undefined ? 'plain' : 'short', since: sheet.at, drill: sheet.drill, tag: { key: safety ? 'survey.tagSafety' : 'survey.tag' },
      title: (words) => titleOf(sheet, words), href: `/survey/${id}`,
      sub: ({ t, moment }) => (sheet.due === undefined ? sheet.kind === 'safety' ? sheet.title : '' : t('survey.until', { time: moment(sheet.due) })),
      ...(sheet.due !== undefined && sheet.due - now < near ? { deadline: sheet.due } : {}),
      ...(safety ? { act: { label: 'survey.quick.can' as const, run: () => stair.send(answerSurvey, { place, sheet: sheet.id, values: quick.can }) } } : {}),
    }];
  });
}
