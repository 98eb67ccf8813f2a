import type { Id } from '@noroshi/foundations/kernel';
import { Button, FieldError, State } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { clipFor, filmClip, type Clip } from './clip.ts';
import type { OwnMedia } from './use-own-media.ts';
import { useKeepingFiles } from './use-keeping-files.ts';

interface ClipButtonProps {
  readonly room: Id;
  readonly media: OwnMedia;
  /** It is what this line bears best. */
  readonly main: boolean;
}

/** 15秒の動画を送る: where a call cannot stand. It is on this device’s disk first, and goes when the line allows, piece by piece. (CA9) */
export function ClipButton({ room, media, main }: ClipButtonProps) {
  const { t } = useWords();
  const stair = useStair();
  const keeping = useKeepingFiles(room);
  const [left, setLeft] = useState<number>();
  const clip = useRef<Clip | undefined>(undefined);
  useEffect(() => () => clip.current?.stop(), []);
  const film = async (): Promise<void> => {
    const one = filmClip([media.picture, media.sound].filter((track) => track !== undefined));
    clip.current = one;
    const [until, takenAt] = [Date.now() + clipFor, stair.now()];
    setLeft(clipFor / 1_000);
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000))), 250);
    await keeping.keep(() => one.file.finally(() => {
      clearInterval(timer);
      setLeft(undefined);
    }), { caption: t('call.clip'), takenAt, ...media.place });
  };
  return (
    <>
      {left === undefined
        ? <Button kind={main ? 'main' : 'plain'} wide icon="camera" disabled={!media.picture} busy={keeping.busy ? t('call.shooting') : undefined} onClick={() => void film()}>{t('call.sendClip')}</Button>
        : <Button kind="danger" wide icon="square" onClick={() => clip.current?.stop()}>{t('call.stopClip', { n: left })}</Button>}
      <p role="status" class="call-says">{keeping.done && <State kind="ok">{t('call.clipKept')}</State>}</p>
      {keeping.trouble && <FieldError>{keeping.trouble}</FieldError>}
    </>
  );
}
