import { Band, Bar, Button, EmptyNote, FieldError, ItemRow, Loading, Page, SectionHead, Tag } from '@noroshi/foundations/ui';
import { useFiles } from '@noroshi/foundations/files/web';
import { leaving } from '@noroshi/foundations/sync/web';
import { useFrame, useLive, useWords } from '@noroshi/foundations/web';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { devices, signOutDevice, signOutOthers } from '../devices.ts';
import { signOut } from '../sign-in.ts';
import { askAtDoor } from './ask-at-door.ts';
import { NumberShown } from './NumberShown.tsx';
import { countUnsent } from './unsent.ts';
import './account.css';

type Devices = Awaited<ReturnType<typeof list>>;
const list = () => askAtDoor(devices, {});

/** The devices that are signed in as me, and how to end one that is not. */
export default function DevicesPage() {
  const { t, refusal, moment } = useWords();
  const frame = useFrame();
  const [here, setHere] = useState<Devices>();
  const [trouble, setTrouble] = useState<string>();
  const [asking, ask] = useState<string>();
  const [adding, add] = useState(false);
  const files = useFiles();
  const unsent = useLive((stair) => countUnsent(stair, files)) ?? 0;
  const look = useCallback(() => list().then(setHere), []);
  useEffect(() => void look(), [look]);

  const end = async (how: () => Promise<{ ok: boolean; code?: string }>): Promise<void> => {
    ask(undefined);
    setTrouble(undefined);
    const answer = await how();
    if (!answer.ok) setTrouble(refusal(answer.code ?? ''));
    await look();
  };
  const others = here?.ok ? here.value.devices.filter((device) => !device.here) : [];
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('account.devices')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {!here && <Loading>{t('app.loading')}</Loading>}
      {here?.ok === false && <EmptyNote>{refusal(here.code, here.params)}</EmptyNote>}
      {trouble && <FieldError>{trouble}</FieldError>}
      {here?.ok && (
        <>
          <p class="sub">{t('account.devicesSay')}</p>
          <ul>
            {here.value.devices.map((device) => (
              <ItemRow key={device.session} end={device.here ? <Tag>{t('account.here')}</Tag>
                : asking === device.session
                  ? <Button kind="danger" onClick={() => void end(() => askAtDoor(signOutDevice, { session: device.session }))}>{t('account.signOutReally')}</Button>
                  : <Button onClick={() => ask(device.session)}>{t('account.signOutOne')}</Button>}>
                <b>{device.name}</b>
                <p class="sub">{t('account.seen', { seen: moment(device.seen), since: moment(device.created) })}</p>
              </ItemRow>
            ))}
          </ul>
          {adding
            ? <section class="number-steps"><h2>{t('number.add')}</h2><p>{t('number.steps', { address: location.origin })}</p><NumberShown onEntered={() => void look()} /></section>
            : <Button icon="plus" onClick={() => add(true)}>{t('number.add')}</Button>}
          {others.length > 1 && (asking === 'others'
            ? <Button kind="danger" onClick={() => void end(() => askAtDoor(signOutOthers, {}))}>{t('account.signOutOthersReally', { n: others.length })}</Button>
            : <Button onClick={() => ask('others')}>{t('account.signOutOthers')}</Button>)}
          <SectionHead title={t('account.leave')} />
          <p class="sub">{t('account.leaveSays')}</p>
          {asking === 'here'
            ? (
              <>
                {unsent > 0 && <Band kind="off">{t('account.leaveUnsent', { n: unsent })}</Band>}
                <Button kind="danger" onClick={() => void end(leave)}>{t('account.leaveReally')}</Button>
              </>
            )
            : <Button onClick={() => ask('here')}>{t('account.leave')}</Button>}
        </>
      )}
    </Page>
  );
}

/** Leaves, and begins anew at the door: nothing of the one who was in stays on the screen, nor on the device. */
async function leave(): Promise<Awaited<ReturnType<typeof askAtDoor>>> {
  const stay = leaving();
  const answer = await askAtDoor(signOut, {});
  if (answer.ok) location.assign('/');
  else stay();
  return answer;
}
