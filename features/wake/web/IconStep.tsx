import { Button, Icon, State } from '@noroshi/foundations/ui';
import { useLoaded, useRooms, useWords, type FirstStepProps } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isInstalled, kindHere, type DeviceKind } from './this-device.ts';
import './first-steps.css';

/** What a browser hands over that can put an application onto the device itself. Chromium's; the others have nothing like it. */
interface Offer extends Event { prompt(): Promise<unknown>; readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }> }
const offered = (): Offer | undefined => (globalThis as { noroshiOffer?: Offer }).noroshiOffer;

const kinds = ['iphone', 'android', 'pc'] as const;
const words: Readonly<Record<DeviceKind, readonly Key[]>> = {
  iphone: ['first.iphone1', 'first.iphone2', 'first.iphone3'], android: ['first.android1', 'first.android2', 'first.android3'], pc: ['first.pc1', 'first.pc2', 'first.pc3'],
};

/** The icon on the screen, as it is done on this kind of device. (F1c) */
export default function IconStep({ onReady, onDone }: FirstStepProps) {
  const { t } = useWords();
  const here = kindHere();
  const apart = useRooms().flatMap(({ iconApart = [] }) => iconApart);
  const [offer, take] = useState(offered);
  const [stands, stand] = useState(isInstalled);
  useEffect(() => { if (stands) onReady(); }, [stands]);
  const put = async (): Promise<void> => {
    await offer!.prompt();
    const { outcome } = await offer!.userChoice;
    // An offer can be taken up once.
    Object.assign(globalThis, { noroshiOffer: undefined });
    take(undefined);
    if (outcome === 'accepted') stand(true);
  };
  return (
    <>
      <h2 tabIndex={-1}>{t('first.icon')}</h2>
      <p>{t('first.iconSays')}</p>
      <div role="status">{stands && <State kind="ok">{t('first.iconStands')}</State>}</div>
      {!stands && (offer
        ? <Button kind="main" wide icon="plus" onClick={() => void put()}>{t('first.putIcon')}</Button>
        : <Pictures kind={here} />)}
      {!stands && here === 'iphone' && apart.map((load, i) => <Beside key={i} load={load} />)}
      {(stands || !offer) && <Button kind="main" wide onClick={onDone}>{t(stands ? 'first.next' : 'first.iconDone')}</Button>}
      {kinds.filter((kind) => !stands && (kind !== here || offer)).map((kind) => (
        <details key={kind} class="waking-how">
          <summary>{t(`wake.on.${kind}`)}</summary>
          <Pictures kind={kind} />
        </details>
      ))}
    </>
  );
}

function Beside({ load }: { load: () => Promise<{ default: ComponentType }> }) {
  const Part = useLoaded(load);
  return Part ? <Part /> : null;
}

/** Three drawings of a screen, one after another: what to press is marked in each, and said below it. */
function Pictures({ kind }: { kind: DeviceKind }) {
  const { t } = useWords();
  const own = <span class="first-app"><img src="/icon.svg" alt="" width="40" height="40" /><small>{t('app.name')}</small></span>;
  const share = <svg viewBox="0 0 24 24" width="28" height="28"><path d="M8 9H5.5v11.5h13V9H16M12 15V3m-3.8 3.6L12 2.8l3.8 3.8" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" /></svg>;
  const menu = <svg viewBox="0 0 24 24" width="28" height="28"><path d="M12 5.5h.01M12 12h.01M12 18.5h.01" fill="none" stroke="currentColor" stroke-width="3.4" stroke-linecap="round" /></svg>;
  const install = <svg viewBox="0 0 24 24" width="28" height="28"><path d="M20.5 12.5v4h-17v-11h9M8.5 20h7m2.5-16v7.500m-3.300-3.300 3.300 3.300 3.300-3.300" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" /></svg>;
  const screens = {
    iphone: [
      <><i class="first-page" /><span class="first-row end"><em /><b class="first-here">{share}</b><em /></span></>,
      <span class="first-menu"><em /><b class="first-here">{t('first.addIphone')} <Icon name="plus" /></b><em /></span>,
      <span class="first-home">{own}<em /><em /><em /></span>,
    ],
    android: [
      <><span class="first-row"><em class="wide" /><b class="first-here">{menu}</b></span><i class="first-page" /></>,
      <span class="first-menu"><em /><b class="first-here"><Icon name="plus" /> {t('first.addAndroid')}</b><em /></span>,
      <span class="first-home">{own}<em /><em /><em /></span>,
    ],
    pc: [
      <><span class="first-row"><em class="wide" /><b class="first-here">{install}</b></span><i class="first-page" /></>,
      <span class="first-menu"><b>{t('app.name')}</b><b class="first-here">{t('first.addPc')}</b></span>,
      <span class="first-task"><em /><em />{own}</span>,
    ],
  } as const;
  return (
    <ol class={`first-pictures ${kind}`}>
      {screens[kind].map((screen, i) => <li key={i}><span class="first-screen" aria-hidden="true">{screen}</span><span>{t(words[kind][i]!)}</span></li>)}
    </ol>
  );
}
