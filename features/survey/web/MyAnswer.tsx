import { AnswerButtons, Button, FieldError, State } from '@noroshi/foundations/ui';
import { useLive, useNow, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { answerSurvey } from '../answer.ts';
import { photosIn, quick, shownOf } from '../form.ts';
import { isOpen, photosOf, saidAt } from '../sheet.ts';
import { questionSays, valueSays } from '../says.ts';
import { Shown } from './Photos.tsx';
import { readBallot } from './cast.ts';
import type { SheetNow } from './known.ts';

/** My own answer: by one press, or in detail; what I said last stands there, and can be changed as long as it is asked. */
export function MyAnswer({ now: { sheet, place, answerOf, waits } }: { now: SheetNow }) {
  const words = useWords();
  const { t, moment } = words;
  const { actor } = useStair();
  const sending = useSending();
  const clock = useNow();
  const mine = answerOf(actor.person);
  const said = mine?.said.at(-1);
  const open = isOpen(sheet, clock);
  const answeredAt = sheet.answered[actor.person];
  // Of an anonymous answer this device knows that it was given, and nothing of what it was.
  const ballot = useLive((stair) => (sheet.anonymous ? readBallot(stair, sheet.id) : Promise.resolve(undefined)), [sheet.id]);
  const lost = sheet.anonymous && answeredAt !== undefined && !ballot;
  const mayChange = open && !(sheet.once && answeredAt !== undefined && (!sheet.anonymous || ballot?.cast)) && !lost;
  const href = `/survey/${sheet.survey}/answer`;
  return (
    <section class="survey-mine form" aria-label={t('survey.mine')}>
      {sheet.anonymous && answeredAt !== undefined && (
        <div>
          {ballot?.cast !== true && ballot ? <p role="status"><State kind="urgent">{t('survey.ballotNotIn')}</State></p> : <p role="status"><State kind="ok">{t('survey.answeredAt', { time: moment(answeredAt) })}</State></p>}
          <p class="sub">{t(lost ? 'survey.ballotOnOther' : 'survey.anonymousSaid')}</p>
        </div>
      )}
      {said && (
        <div>
          <p role="status"><State kind="ok">{t('survey.answeredAt', { time: moment(saidAt(said, sheet.at)) })}</State>{waits(actor.person) && <> <State kind="quiet" icon="clock">{t('board.waiting')}</State></>}</p>
          <ul class="survey-said">{shownOf(sheet.form, said.values).filter(({ id }) => said.values[id] !== undefined).map((one) => <li key={one.id}><span>{questionSays(one, words)}</span> <b>{valueSays(one, said.values[one.id], words)}</b></li>)}</ul>
          <Shown ids={photosIn(sheet.form, said.values)} known={photosOf(mine)} mine />
          {said.by !== actor.person && <p class="sub">{t('survey.heardByPhone')}</p>}
        </div>
      )}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {open && !said && sheet.kind === 'safety' && (
        <AnswerButtons label={t('survey.mine')} answers={(['can', 'cannot'] as const).map((value) => ({ value, label: t(`survey.quick.${value}`), icon: 'check' as const }))}
          onAnswer={(value) => void sending.send(answerSurvey, { place, sheet: sheet.id, values: quick[value] })} />
      )}
      {mayChange && <Button wide kind={answeredAt !== undefined || sheet.kind === 'safety' ? 'plain' : 'main'} icon="edit" href={href}>{t(answeredAt !== undefined ? 'survey.change' : sheet.kind === 'safety' ? 'survey.inDetail' : 'survey.doAnswer')}</Button>}
      {!open && answeredAt === undefined && <p>{t('survey.notAnsweredInTime')}</p>}
    </section>
  );
}
