import { Button, Chips, Facts, Field, FieldError, Sheet, Stepper } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { useState } from 'preact/hooks';
import { arrive } from '../arrive.ts';
import { depart } from '../depart.ts';
import type { Answer, DispatchRequest, Step } from '../dispatch-request.ts';
import { handOver } from '../hand-over.ts';
import { recall } from '../recall.ts';
import { returnHome } from '../return.ts';
import { takeUp } from '../take-up.ts';
import { turnBack } from '../turn-back.ts';
import type { Names } from './known.ts';
import { useSending } from './use-sending.ts';
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

/** The step that comes next for most of them: what one most likely came to tell. */
function nextStep(answer: Answer): Step {
  const { departed, arrived, returned } = answer.moves;
  if (arrived > 0 && arrived >= departed) return returned < arrived ? 'returned' : 'departed';
  return departed > 0 ? 'arrived' : 'departed';
}

/** People leave, arrive, hand over, come home: how many of this answer, all together. */
export function MoveSheet({ request, answer, names, onClose }: { request: DispatchRequest; answer: Answer; names: Names; onClose: () => void }) {
  const words = useWords();
  const { t, time } = words;
  const stair = useStair();
  const sending = useSending();
  const [step, setStep] = useState<Step>(() => nextStep(answer));
  const [count, setCount] = useState(() => most(answer, nextStep(answer)));
  const [reason, setReason] = useState('');
  const own = stair.actor.org === answer.org;
  const offered: Step[] = ['departed', 'arrived', 'active', 'handedOver', 'returned', 'turnedBack', 'recalled'];
  const line = request.lines.find((l) => l.id === answer.line)!;
  const tell = async (): Promise<void> => {
    const done = await sending.send(deeds[step] as typeof depart, {
      room: request.room, request: request.id, line: answer.line, wave: answer.wave, ...(own ? {} : { org: answer.org }), count, sees: answer.moves.rev,
      ...(step === 'recalled' && reason.trim() ? { reason: reason.trim() } : {}),
    });
    if (done) onClose();
  };
  return (
    <Sheet title={t('request.move.title', { org: names.org(answer.org), duty: dutyOf(line, words) })} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide busy={sending.busy ? t('request.sending') : undefined} disabled={count === answer.moves[step]} onClick={tell}>{t('request.move.main', { step: t(`request.step.${step}` as Key), count })}</Button></>}>
      <div class="form">
        <Facts facts={offered.filter((one) => answer.moves[one] > 0).map((one) => ({ term: t(`request.step.${one}` as Key), is: <>{t('request.people', { n: answer.moves[one] })}　{answer.moves.at[one] !== undefined && time(answer.moves.at[one])}</> }))} />
        <Chips<Step> legend={t('request.move.which')} value={step} onChange={(next) => { setStep(next); setCount(most(answer, next)); }}
          choices={offered.map((one) => ({ value: one, label: t(`request.step.${one}` as Key), disabled: most(answer, one) === 0 }))} />
        <Field label={t('request.move.count')} hint={t('request.move.hint', { committed: answer.count })}>{(wiring) => <Stepper id={wiring.id} label={t('request.move.count')} less={t('request.less')} more={t('request.more')} unit={t('request.unit')} value={count} onChange={setCount} min={0} max={most(answer, step)} />}</Field>
        {step === 'recalled' && <Field label={t('request.pledge.why')}>{(wiring) => <input {...wiring} maxLength={500} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />}</Field>}
      </div>
    </Sheet>
  );
}
