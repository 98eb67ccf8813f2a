import { Button, Chips, Facts, Field, FieldError, isWithin, Sheet, Stepper } from '@noroshi/foundations/ui';
import { useStair, useWords, useSending } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { useState } from 'preact/hooks';
import { arrive } from '../arrive.ts';
import { depart } from '../depart.ts';
import { wavesOf, type Answer, type DispatchRequest, type Step } from '../dispatch-request.ts';
import { handOver } from '../hand-over.ts';
import { recall } from '../recall.ts';
import { returnHome } from '../return.ts';
import { takeUp } from '../take-up.ts';
import { turnBack } from '../turn-back.ts';
import type { Names } from './known.ts';
import { useHours } from './use-hours.ts';
import { dutyOf } from './words.ts';

const deeds = { departed: depart, arrived: arrive, active: takeUp, handedOver: handOver, returned: returnHome, turnedBack: turnBack, recalled: recall } as const;

/** The furthest total of each step: everyone who could have taken it. */
function most(answer: Answer, step: Step): number {
  const { departed, arrived, returned, turnedBack, recalled } = answer.moves;
  if (step === 'departed') return answer.count;
  if (step === 'arrived') return answer.count - turnedBack;
  if (step === 'turnedBack') return departed - arrived;
  if (step === 'recalled') return recalled + departed - returned - turnedBack - Math.max(0, recalled - returned - turnedBack);
  return arrived;
}

/** How many it most likely is: those who left are those who arrive. More than that is said by hand. */
function likely(answer: Answer, step: Step): number {
  const { departed, turnedBack } = answer.moves;
  return step === 'arrived' && departed > turnedBack ? departed - turnedBack : most(answer, step);
}

/** The first step that not all of them have taken yet. 引継 is for those whom a wave follows. */
function nextStep(answer: Answer, follows: boolean): Step {
  const { departed, arrived, turnedBack } = answer.moves;
  if (departed === 0) return 'departed';
  if (arrived < departed - turnedBack) return 'arrived';
  const steps: Step[] = ['active', ...(follows ? ['handedOver' as const] : []), 'returned'];
  return steps.find((step) => answer.moves[step] < arrived) ?? 'departed';
}

/** People leave, arrive, hand over, come home: how many of this answer, all together. */
export function MoveSheet({ request, answer, names, onClose }: { request: DispatchRequest; answer: Answer; names: Names; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const time = useHours();
  const stair = useStair();
  const sending = useSending();
  const line = request.lines.find((l) => l.id === answer.line)!;
  const [step, setStep] = useState<Step>(() => nextStep(answer, answer.wave < wavesOf(line)));
  const [count, setCount] = useState<number | undefined>(() => likely(answer, step));
  const [reason, setReason] = useState('');
  const own = stair.actor.org === answer.org;
  const offered: Step[] = ['departed', 'arrived', 'active', 'handedOver', 'returned', 'turnedBack', 'recalled'];
  const furthest = most(answer, step);
  const fits = isWithin(count, 0, furthest);
  const tell = async (): Promise<void> => {
    if (!fits) return;
    const done = await sending.send(deeds[step] as typeof depart, {
      room: request.room, request: request.id, line: answer.line, wave: answer.wave, ...(own ? {} : { org: answer.org }), count, sees: answer.moves.rev,
      ...(step === 'recalled' && reason.trim() ? { reason: reason.trim() } : {}),
    });
    if (done) onClose();
  };
  return (
    <Sheet title={t('request.move.title', { org: names.org(answer.org), duty: dutyOf(line, words) })} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide busy={sending.busy ? t('request.sending') : undefined} disabled={!fits || count === answer.moves[step]} onClick={tell}>{t('request.move.main', { step: t(`request.step.${step}` as Key), count: count ?? 0 })}</Button></>}>
      <div class="form">
        <Facts facts={offered.filter((one) => answer.moves[one] > 0).map((one) => ({ term: t(`request.step.${one}` as Key), is: <>{t('request.people', { n: answer.moves[one] })}　{answer.moves.at[one] !== undefined && time(answer.moves.at[one])}</> }))} />
        <Chips<Step> legend={t('request.move.which')} value={step} onChange={(next) => { setStep(next); setCount(likely(answer, next)); }}
          choices={offered.filter((one) => most(answer, one) > 0).map((one) => ({ value: one, label: t(`request.step.${one}` as Key) }))} />
        {answer.moves.arrived === 0 && <p class="sub">{t('request.move.arriveFirst')}</p>}
        <Field label={t('request.move.count')} hint={t('request.move.hint', { committed: answer.count, departed: answer.moves.departed })}>{(wiring) => (
          <Stepper key={step} id={wiring.id} describedBy={wiring['aria-describedby']} label={t('request.move.count')} less={t('request.less')} more={t('request.more')} unit={t('request.unit')} value={count} onChange={setCount} min={0} max={furthest}
            error={fits ? undefined : t('request.countWrong', { min: 0, max: furthest })} />
        )}</Field>
        {step === 'recalled' && <Field label={t('request.pledge.why')}>{(wiring) => <input {...wiring} maxLength={500} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />}</Field>}
      </div>
    </Sheet>
  );
}
