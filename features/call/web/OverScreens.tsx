import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { memberId, roomStream, type Member } from '@noroshi/foundations/sync';
import { Button, Icon, Tag } from '@noroshi/foundations/ui';
import { useLive, useNow, useRoute, useStair, useWatched, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef } from 'preact/hooks';
import { decline } from '../attend.ts';
import { call as callNoun, ringsFor, type Call } from '../call-noun.ts';
import { ringOnce } from './ring.ts';
import { sessionOf, type Session } from './session.ts';
import './call.css';

/** It rings for so long (milliseconds). The way in stands in the talk for as long as the call runs. */
const ringFor = 60_000;

/** Over every screen: somebody calls; and, on another screen than its own, the call that one is in. */
export default function OverScreens() {
  const stair = useStair();
  const { path } = useRoute();
  const session = useWatched<Session | undefined>(sessionOf);
  const calling = useLive(async ({ replica, actor }) => {
    const running = (await replica.all<Call>(callNoun.noun)).filter(({ value }) => ringsFor(value, actor.person));
    return Promise.all(running.map(async ({ value, stream }) => {
      const room = stream.slice(roomStream('').length);
      const [place, by] = await Promise.all([replica.get<Room>(roomNoun.noun, room), replica.get<Member>('member', memberId(stream, value.by))]);
      return { call: value, room, place: place?.kind === 'direct' ? undefined : place?.name, by: by?.card };
    }));
  });
  const now = useNow(1_000);
  const rings = calling?.filter(({ call, room }) => now - call.at < ringFor && path !== `/call/${room}` && session?.room !== room) ?? [];
  const own = session && path !== `/call/${session.room}` ? session : undefined;
  return (
    <>
      {own && <InCallBar session={own} />}
      {rings.map((one) => <Ringing key={one.call.id} {...one} onLater={() => void stair.send(decline, { room: one.room, call: one.call.id })} />)}
    </>
  );
}

interface RingingProps { readonly call: Call; readonly room: string; readonly place: string | undefined; readonly by: Member['card'] | undefined; readonly onLater: () => void }

/** 着信: in the top layer, so that it is seen over a sheet as well. */
function Ringing({ call, room, place, by, onLater }: RingingProps) {
  const { t } = useWords();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    notice.current?.showPopover?.();
    ringOnce();
    const timer = setInterval(ringOnce, 4_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div ref={notice} class="call-ring" popover="manual" role="alertdialog" aria-labelledby={`ring-${call.id}`}>
      <p id={`ring-${call.id}`}><Icon name="video" /> {call.drill && <Tag kind="drill">{t('talk.drill')}</Tag>} <b>{t(call.kind === 'show' ? 'call.ringsShow' : 'call.rings', { name: by?.name ?? '', org: by?.orgName ?? '' })}</b>{place !== undefined && <span class="sub"> {place}</span>}</p>
      <div class="row"><Button kind="main" low icon="video" href={`/call/${room}`}>{t('call.answer')}</Button><Button onClick={onLater}>{t('call.later')}</Button></div>
    </div>
  );
}

/** The call goes on while one reads elsewhere. */
function InCallBar({ session }: { session: Session }) {
  const { t } = useWords();
  const stair = useStair();
  const now = useWatched(() => session.now, [session]);
  if (!now || now.stage === 'over') return null;
  const leave = (): void => {
    session.end();
    sessionOf(stair).set(undefined);
  };
  return (
    <div class="call-bar" role="region" aria-label={t('call.title')}>
      <Icon name="video" /><span class="grow">{t(now.stage === 'away' ? 'call.comesBack' : now.mine.sound ? 'call.inCall' : 'call.inCallMuted')}</span>
      <Button href={`/call/${session.room}`}>{t('call.back')}</Button><Button kind="danger" onClick={leave}>{t('call.leave')}</Button>
    </div>
  );
}
