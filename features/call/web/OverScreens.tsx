import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { memberId, roomStream, type Member } from '@noroshi/foundations/sync';
import { Button, Icon, Tag } from '@noroshi/foundations/ui';
import { useLive, useNow, useRoute, useStair, useWatched, useWords } from '@noroshi/foundations/web';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
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

/** Where words are being written. */
const isWriting = (): boolean => document.activeElement?.matches('input, textarea, select') ?? false;
/** Whether something can lie over a sheet and not be one: not before Safari 17. There a ring could only be heard, and takes the focus out of the words; they stay. */
const floats = (): boolean => 'showPopover' in HTMLElement.prototype;
/** Whether it may come up over a sheet as a sheet of its own. */
const mayRise = (): boolean => !isWriting() || !floats();
/** Something lies over the screen. */
const hasSheet = (): boolean => document.querySelector('dialog:modal:not(.call-ring)') !== null;

/**
 * 着信: in the top layer, so that it is seen over a sheet as well. The focus comes to it, but not from words that are being written: from there by Esc.
 * Over a sheet it is a sheet too, since what lies outside of one can be pressed by nobody; but not before the words in that sheet are left.
 */
function Ringing({ call, room, place, by, onLater }: RingingProps) {
  const { t } = useWords();
  const notice = useRef<HTMLElement | null>(null);
  const draws = useCallback((one: HTMLElement | null): void => { notice.current = one; }, []);
  // A sheet takes the focus as it comes up, whoever has it.
  const [over, rise] = useState(() => hasSheet() && mayRise());
  useEffect(() => {
    const one = notice.current;
    if (!one) return undefined;
    if (one instanceof HTMLDialogElement) one.showModal();
    else one.showPopover?.();
    if (over || !isWriting()) one.focus();
    const asked = (event: KeyboardEvent): void => {
      const isOnIt = one.contains(document.activeElement);
      if (event.key !== 'Escape' || event.isComposing || (isOnIt && !over)) return;
      // Neither the sheet below it is closed by this nor the ring, which goes on until it is answered or put off.
      event.preventDefault();
      if (hasSheet()) rise(true);
      else if (!isOnIt) one.focus();
    };
    // After a key or a press has done what it does: a ring that rises in the middle of a press would take it.
    const look = (): void => rise((is) => hasSheet() && (is || mayRise()));
    document.addEventListener('keydown', asked);
    document.addEventListener('keyup', look);
    document.addEventListener('click', look);
    ringOnce();
    const timer = setInterval(() => { look(); ringOnce(); }, 4_000);
    return () => {
      clearInterval(timer);
      document.removeEventListener('keydown', asked);
      document.removeEventListener('keyup', look);
      document.removeEventListener('click', look);
    };
  }, [over]);
  // Where one was, one is again.
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      const one = notice.current;
      // A sheet gives the focus back as it closes, to what had it when it came up.
      if (one instanceof HTMLDialogElement) one.close();
      if (before instanceof HTMLElement && (document.activeElement === document.body || one?.contains(document.activeElement))) before.focus();
    };
  }, []);
  const Notice = over ? 'dialog' : 'div';
  // The way back of a telephone closes it in spite of that, once it is asked again and again: it still rings, so it is still seen.
  const again = ({ currentTarget }: { readonly currentTarget: EventTarget }): void => { if (currentTarget instanceof HTMLDialogElement && currentTarget.isConnected) currentTarget.showModal(); };
  return (
    <Notice ref={draws} class="call-ring" popover={over ? undefined : 'manual'} role="alertdialog" aria-labelledby={`ring-${call.id}`} tabIndex={-1} onCancel={(event: Event) => event.preventDefault()} onClose={again}>
      <p id={`ring-${call.id}`}><Icon name="video" /> {call.drill && <Tag kind="drill">{t('talk.drill')}</Tag>} <b>{t(call.kind === 'show' ? 'call.ringsShow' : 'call.rings', { name: by?.name ?? '', org: by?.orgName ?? '' })}</b>{place !== undefined && <span class="sub"> {place}</span>}</p>
      <div class="row"><Button kind="main" low icon="video" href={`/call/${room}`}>{t('call.answer')}</Button><Button onClick={onLater}>{t('call.later')}</Button></div>
      {!over && <p class="hint call-ring-key">{t('call.ringKey')}</p>}
    </Notice>
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
