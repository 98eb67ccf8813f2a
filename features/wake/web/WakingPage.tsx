import { Bar, Button, EmptyNote, FieldError, Loading, Page, SectionHead, State } from '@noroshi/foundations/ui';
import { ask, useFrame, useWords } from '@noroshi/foundations/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import { useEffect, useState } from 'preact/hooks';
import { mine, type DeviceState, type Mine } from '../device.ts';
import { HowToSetUp } from './HowToSetUp.tsx';
import { MutedRooms } from './MutedRooms.tsx';
import { QuietHours } from './QuietHours.tsx';
import { registered, resync, stateHere, subscribe, unsubscribe } from './this-device.ts';
import { Trial } from './Trial.tsx';
import './wake.css';

/** Whether notifications reach this device, how they do, a trial, and what one does not want to be woken for. */
export default function WakingPage() {
  const { t, refusal, language, moment } = useWords();
  const frame = useFrame();
  const [state, setState] = useState<DeviceState>(stateHere);
  const [how, setHow] = useState<Mine>();
  const [trouble, setTrouble] = useState<Refusal>();
  const [registration, setRegistration] = useState<ServiceWorkerRegistration>();
  const [busy, setBusy] = useState(false);

  const took = (told: { ok: true; value: Mine } | Refusal): void => {
    setState(stateHere());
    if (told.ok) setHow(told.value);
    setTrouble(told.ok ? undefined : told);
  };
  useEffect(() => {
    void (async () => {
      took(await resync(language));
      // Known before it is pressed: Safari asks only in the press itself.
      const known = await ask(mine, {});
      if (known.ok) setHow(known.value);
      if ('serviceWorker' in navigator) setRegistration(await registered());
    })().catch((error: unknown) => console.warn(error));
  }, []);

  const press = (deed: Promise<Parameters<typeof took>[0]>): void => {
    setBusy(true);
    void deed.then(took).finally(() => setBusy(false));
  };
  const on = how?.on === true && state === 'on';
  const word = busy ? t('wake.working') : undefined;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('wake.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      <div role="status" class="waking">
        {!how && !trouble ? <Loading>{t('app.loading')}</Loading>
          : on ? <State kind="ok">{t('wake.state.on')}</State> : <State kind="short">{t('wake.state.not')}</State>}
        {how && !on && <p>{t(`wake.why.${state === 'on' ? 'failed' : state}`)}</p>}
        {on && how.worked !== undefined && <p class="sub">{t('wake.lastWorked', { at: moment(how.worked) })}</p>}
        {how?.failed !== undefined && <p class="sub">{t('wake.lastFailed', { why: refusal(how.failed) })}</p>}
      </div>
      {trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>}
      {how && !on && state !== 'unsupported' && state !== 'notInstalled' && state !== 'denied' && (
        <Button kind="main" icon="bell" busy={registration ? word : t('wake.working')} onClick={() => press(subscribe(registration!, how.publicKey, language))}>{t('wake.turnOn')}</Button>
      )}
      {on && (
        <>
          <Trial onTried={setHow} onRefused={() => void resync(language).then(took)} />
          <Button busy={word} onClick={() => press(unsubscribe(language))}>{t('wake.turnOff')}</Button>
        </>
      )}
      {!on && <HowToSetUp />}
      {how && (
        <>
          <SectionHead title={t('wake.others')} />
          {how.others.length > 0 ? <ul>{how.others.map((channel) => <li key={channel}>{t(`wake.channel.${channel}`)}</li>)}</ul> : <EmptyNote>{t('wake.noOthers')}</EmptyNote>}
          <QuietHours hours={how.hours} onSaved={setHow} />
          <MutedRooms mutes={how.mutes} onChanged={setHow} />
        </>
      )}
      {on && <HowToSetUp />}
    </Page>
  );
}
