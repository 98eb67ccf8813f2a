import type { Id } from '@noroshi/foundations/kernel';
import { Button, FieldError, State } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DeviceState } from '../signal.ts';
import { canClip, clipFor, filmClip, type Clip, type Filming } from './clip.ts';
import type { MediaTrouble } from './media.ts';
import { TroubleSays } from './TroubleSays.tsx';
import { useKeepingFiles } from './use-keeping-files.ts';

interface ClipButtonProps {
  readonly room: Id;
  /** Where its picture and sound come from. */
  readonly opens: () => Promise<Filming | MediaTrouble>;
  /** Where it is filmed, where its person tells that. */
  readonly place: DeviceState['place'];
  /** It is what this line bears best. */
  readonly main: boolean;
  /** It is being filmed and kept, or not any more. */
  readonly onBusy?: (busy: boolean) => void;
}

/** 15秒の動画を送る: where a call cannot stand. It is on this device’s disk first, and goes when the line allows, piece by piece. (CA9) */
export function ClipButton({ room, opens, place, main, onBusy }: ClipButtonProps) {
  const { t } = useWords();
  const stair = useStair();
  const keeping = useKeepingFiles(room);
  const [left, setLeft] = useState<number>();
  const [opening, setOpening] = useState(false);
  const [trouble, setTrouble] = useState<MediaTrouble>();
  const clip = useRef<Clip | undefined>(undefined);
  const gone = useRef(false);
  useEffect(() => () => {
    gone.current = true;
    clip.current?.stop();
  }, []);
  const film = async (): Promise<void> => {
    setOpening(true);
    const source = await opens();
    setOpening(false);
    if (typeof source === 'string') return setTrouble(source);
    // Who was asked for the camera may have left meanwhile: nothing is filmed that no screen shows.
    if (gone.current) return source.done();
    setTrouble(undefined);
    const one = filmClip(source.tracks);
    clip.current = one;
    const [until, takenAt] = [Date.now() + clipFor, stair.now()];
    setLeft(clipFor / 1_000);
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000))), 250);
    await keeping.keep(() => one.file.finally(() => {
      clearInterval(timer);
      source.done();
      setLeft(undefined);
    }), { caption: t('call.clip'), takenAt, ...place });
  };
  const filmSeen = async (): Promise<void> => {
    onBusy?.(true);
    try {
      await film();
    } finally {
      onBusy?.(false);
    }
  };
  if (!canClip()) return null;
  return (
    <>
      <p role="status" class="call-says">{keeping.done && <State kind="ok">{t('call.clipKept')}</State>}</p>
      {left === undefined
        ? <Button kind={main ? 'main' : 'plain'} wide icon="camera" busy={opening || keeping.busy ? t('call.shooting') : undefined} onClick={() => void filmSeen()}>{t('call.sendClip')}</Button>
        : <Button kind="danger" wide icon="square" onClick={() => clip.current?.stop()}>{t('call.stopClip', { n: left })}</Button>}
      {trouble && <TroubleSays of="camera" why={trouble} />}
      {keeping.trouble && <FieldError>{keeping.trouble}</FieldError>}
    </>
  );
}
