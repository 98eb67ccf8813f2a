import { AnswerButtons, Button, FieldError, State } from '@noroshi/foundations/ui';
import { Marks, useLive, useNow, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { answerSurvey } from '../answer.ts';
import { photosIn, quick, quickAt, shownOf, type Values } from '../form.ts';
import { answer as answerNoun, answerId, isOpen, photosOf, saidAt, type Sheet } from '../sheet.ts';
import { questionSays, valueSays } from '../says.ts';
import { hoursAhead, hourSays } from '../arrivals.ts';
import { Shown } from './Photos.tsx';
import { readBallot } from './cast.ts';
import { isMarked } from '../tally.ts';
import type { SheetNow } from './known.ts';
import { toLocal } from '@noroshi/foundations/kernel';
import { useState } from 'preact/hooks';

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
          {!waits(actor.person) && <Marks noun={answerNoun.noun} id={answerId(sheet.id, actor.person)} room={place} said={said.id} marked={isMarked(mine, said.id)} />}
        </div>
      )}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {open && !said && sheet.kind === 'safety' && (
        <QuickAnswers sheet={sheet} clock={clock} onAnswer={(values) => void sending.send(answerSurvey, { place, sheet: sheet.id, values })} />
      )}
      {mayChange && <Button wide kind={answeredAt !== undefined || sheet.kind === 'safety' ? 'plain' : 'main'} icon="edit" href={href}>{t(answeredAt !== undefined ? 'survey.change' : sheet.kind === 'safety' ? 'survey.inDetail' : 'survey.doAnswer')}</Button>}
      {!open && answeredAt === undefined && <p>{t('survey.notAnsweredInTime')}</p>}
    </section>
  );
}

/** 無事・参集できる, できない, or from when on: the next hours stand there, each one press. Without a line it waits like every answer. */
function QuickAnswers({ sheet, clock, onAnswer }: { sheet: Sheet; clock: number; onAnswer: (values: Values) => void }) {
  const words = useWords();
  const { t } = words;
  const [when, ask] = useState(false);
  // What was asked before a time could be named takes none.
  const timed = sheet.form.some(({ id }) => id === 'hour');
  return <>
    <AnswerButtons label={t('survey.mine')} current={when ? 'at' as const : undefined} answers={(timed ? ['can', 'at', 'cannot'] as const : ['can', 'cannot'] as const).map((value) => ({ value, label: t(`survey.quick.${value}`), icon: value === 'at' ? 'clock' as const : 'check' as const }))}
      onAnswer={(value) => (value === 'at' ? ask(!when) : onAnswer(quick[value]))} />
    {when && (
      <div class="survey-hours" role="group" aria-label={t('survey.when')}>
        <p>{t('survey.when')}</p>
        {hoursAhead(clock).map((at) => <Button key={at} onClick={() => onAnswer(quickAt(toLocal(at)))}>{t('survey.about', { time: hourSays(at, clock, words) })}</Button>)}
      </div>
    )}
  </>;
}
