import type { Id } from '@noroshi/foundations/kernel';
import { Button } from '@noroshi/foundations/ui';
import { useSending, useWords } from '@noroshi/foundations/web';
import { end } from '../attend.ts';
import { Microphone } from './Microphone.tsx';
import type { Session, SessionNow } from './session.ts';

interface ControlsProps {
  readonly session: Session;
  readonly now: SessionNow;
  readonly room: Id;
  readonly canShoot: boolean;
  readonly shooting: boolean;
  readonly onShoot: () => void;
  readonly beside: boolean;
  readonly onBeside: () => void;
  readonly onLeave: () => void;
  readonly mayEnd: boolean;
}

/** What one can do in a call, in words. */
export function Controls({ session, now, room, canShoot, shooting, onShoot, beside, onBeside, onLeave, mayEnd }: ControlsProps) {
  const { t } = useWords();
  const { send } = useSending();
  const { sound, picture } = now.mine;
  // What a telephone cannot show is not offered.
  const hasScreen = 'getDisplayMedia' in (navigator.mediaDevices ?? {});
  return (
    <div class="call-controls" role="group" aria-label={t('call.controls')}>
      <Button pressed={!sound} onClick={() => void session.mute()}><Microphone on={sound} />{t(sound ? 'call.mute' : 'call.unmute')}</Button>
      <Button pressed={picture === 'camera'} icon="video" onClick={() => void session.camera()}>{t(picture === 'camera' ? 'call.cameraOff' : 'call.cameraOn')}</Button>
      {picture === 'camera' && <Button icon="loop" onClick={() => void session.turn()}>{t('call.turn')}</Button>}
      {hasScreen && <Button pressed={picture === 'screen'} icon="image" onClick={() => void session.screen()}>{t(picture === 'screen' ? 'call.screenOff' : 'call.screenOn')}</Button>}
      <Button icon="camera" disabled={!canShoot} busy={shooting ? t('call.shooting') : undefined} onClick={onShoot}>{t('call.shoot')}</Button>
      <Button pressed={beside} icon="talk" onClick={onBeside}>{t('call.words')}</Button>
      {mayEnd && now.seats.length > 0 && <Button kind="quiet" onClick={() => void send(end, { room, call: session.call })}>{t('call.endAll')}</Button>}
      <Button kind="danger" icon="close" onClick={onLeave}>{t('call.leave')}</Button>
    </div>
  );
}
