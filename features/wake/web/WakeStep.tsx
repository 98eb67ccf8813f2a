import { Button, FieldError, Icon, State } from '@noroshi/foundations/ui';
import { useWords, type FirstStepProps } from '@noroshi/foundations/web';
import { useEffect } from 'preact/hooks';
import { undoing } from './HowToSetUp.tsx';
import { kindHere } from './this-device.ts';
import { useWaking } from './use-waking.ts';
import './first-steps.css';

/** Why it cannot be turned on here. */
const inWords = { notInstalled: 'first.iconFirst', denied: 'first.denied', unsupported: 'wake.why.unsupported' } as const;

/** May we wake you? What comes, when it makes a sound, and one press. (F1) */
export default function WakeStep({ onReady, onDone }: FirstStepProps) {
  const { t, refusal } = useWords();
  const { state, how, trouble, busy, ready, on, turnOn } = useWaking();
  const cannot = state === 'unsupported' || state === 'notInstalled' || state === 'denied';
  useEffect(() => { if (on || cannot) onReady(); }, [on, cannot]);
  return (
    <>
      <h2 tabIndex={-1}>{t('first.wake')}</h2>
      {/* As it will look; what it says in truth stands beside it. */}
      <div class="first-notice" aria-hidden="true">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <p><b>{t('first.notice')}</b><span>{t('first.noticeSays')}</span></p>
        <Icon name="bell" />
      </div>
      <p>{t('first.wakeSays')}</p>
      <div role="status">{on && <State kind="ok">{t('wake.state.on')}</State>}</div>
      {cannot && <p>{t(inWords[state])}</p>}
      {state === 'denied' && <p>{t(undoing[kindHere()])}</p>}
      {trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>}
      {on || cannot
        ? <Button kind="main" wide onClick={onDone}>{t('first.next')}</Button>
        : <Button kind="main" wide icon="bell" busy={busy || (!ready && !trouble) ? t('wake.working') : undefined} onClick={turnOn}>{t('wake.turnOn')}</Button>}
      {!on && !cannot && how && <p class="sub">{t('first.allow')}</p>}
    </>
  );
}
