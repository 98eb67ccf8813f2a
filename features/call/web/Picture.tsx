import { useEffect, useRef } from 'preact/hooks';

interface PictureProps {
  readonly stream: MediaStream;
  /** One's own face, as in a mirror. */
  readonly mirrored?: boolean | undefined;
  /** All of it is to be read, as of a screen: nothing is cut off at its edges. */
  readonly whole?: boolean | undefined;
  /** How wide it is for its height, whenever that is known or changes. */
  readonly onRatio?: ((ratio: number) => void) | undefined;
  readonly handle?: { current: HTMLVideoElement | null } | undefined;
}

/** What a camera sees, here or at another's. Its sound is heard elsewhere: it goes on whichever screen is open. */
export function Picture({ stream, mirrored = false, whole = false, handle, onRatio }: PictureProps) {
  const own = useRef<HTMLVideoElement>(null);
  const video = handle ?? own;
  useEffect(() => {
    const it = video.current!;
    it.srcObject = stream;
    // One that is taken off the screen at once never begins to play.
    it.play().catch(() => undefined);
    return () => { it.srcObject = null; };
  }, [stream]);
  return <video ref={video} class={`call-picture${mirrored ? ' mirrored' : ''}${whole ? ' whole' : ''}`} muted playsInline autoPlay aria-hidden="true"
    onResize={({ currentTarget: { videoWidth, videoHeight } }) => { if (videoHeight > 0) onRatio?.(videoWidth / videoHeight); }} />;
}
