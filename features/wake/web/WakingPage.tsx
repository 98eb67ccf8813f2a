import { Bar, Button, EmptyNote, FieldError, Loading, Page, SectionHead, State } from '@noroshi/foundations/ui';
import { useFrame, useWords } from '@noroshi/foundations/web';
import { HowToSetUp } from './HowToSetUp.tsx';
import { MutedRooms } from './MutedRooms.tsx';
import { QuietHours } from './QuietHours.tsx';
import { resync, unsubscribe } from './this-device.ts';
import { Trial } from './Trial.tsx';
import { useWaking } from './use-waking.ts';
import './wake.css';

/** Whether notifications reach this device, how they do, a trial, and what one does not want to be woken for. */
export default function WakingPage() {
  const { t, refusal, language, moment } = useWords();
  const frame = useFrame();
  const { state, how, trouble, busy, ready, on, took, setHow, press, turnOn } = useWaking();
  const word = busy ? t('wake.working') : undefined;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('wake.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      <div role="status" class="waking">
        {!how && !trouble ? <Loading>{t('app.loading')}</Loading>
          : on ? <State kind="ok">{t('wake.state.on')}</State> : <State kind="short">{t('wake.state.not')}</State>}
        {how && !on && <p>{t(`wake.why.${state === 'on' ? 'failed' : state}`)}</p>}
        {on && how?.worked !== undefined && <p class="sub">{t('wake.lastWorked', { at: moment(how.worked) })}</p>}
        {how?.failed !== undefined && <p class="sub">{t('wake.lastFailed', { why: refusal(how.failed) })}</p>}
      </div>
      {trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>}
      {how && !on && state !== 'unsupported' && state !== 'notInstalled' && state !== 'denied' && (
        <Button kind="main" icon="bell" busy={ready ? word : t('wake.working')} onClick={turnOn}>{t('wake.turnOn')}</Button>
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
