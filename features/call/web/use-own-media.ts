import { useEffect, useRef, useState } from 'preact/hooks';
import { openPicture, openSound, otherPicture, type Facing, type MediaTrouble, type Opened } from './media.ts';

export interface OwnMedia {
  readonly asking: boolean;
  readonly facing: Facing;
  readonly sound: MediaStreamTrack | undefined;
  readonly picture: MediaStreamTrack | undefined;
  /** The picture, to be looked at. */
  readonly stream: MediaStream | undefined;
  readonly troubles: readonly { readonly of: 'sound' | 'camera'; readonly why: MediaTrouble }[];
  /** Where this device is, where its person wants that to be told. */
  readonly place: { readonly lat: number; readonly lon: number } | undefined;
  turn(): Promise<void>;
  /** Closes the microphone, or opens it again: one may come with one’s picture alone. */
  hush(): Promise<void>;
  again(): Promise<void>;
  tellPlace(): Promise<void>;
  /** Hands over what was opened: from now on it is the call's. */
  take(withPicture: boolean): { sound: MediaStreamTrack | null; picture: MediaStreamTrack | null; facing: Facing };
}

type Kind = 'sound' | 'camera';

/** Camera and microphone of this device before a call: opened for this page, and closed with it unless the call takes them. */
export function useOwnMedia(): OwnMedia {
  const [facing, setFacing] = useState<Facing>('user');
  const [told, setTold] = useState<Partial<Record<Kind, Opened>>>({});
  const [asking, setAsking] = useState(true);
  const [hushed, setHushed] = useState(false);
  const [place, setPlace] = useState<OwnMedia['place']>();
  const [stream, setStream] = useState<MediaStream>();
  const open = useRef<Partial<Record<Kind, MediaStreamTrack>>>({});
  const gone = useRef(false);
  const shut = (kind: Kind): void => {
    open.current[kind]?.stop();
    delete open.current[kind];
  };
  const took = (kind: Kind, one: Opened): void => {
    if (gone.current) return void (one.ok && one.track.stop());
    shut(kind);
    if (one.ok) open.current[kind] = one.track;
    if (kind === 'camera') setStream(one.ok ? new MediaStream([one.track]) : undefined);
    setTold((before) => ({ ...before, [kind]: one }));
  };
  const ask = async (which: Facing): Promise<void> => {
    setAsking(true);
    if (!hushed) took('sound', await openSound());
    took('camera', await openPicture(which));
    setAsking(false);
  };
  useEffect(() => {
    void ask(facing);
    return () => {
      gone.current = true;
      shut('sound');
      shut('camera');
    };
  }, []);
  const track = (kind: Kind): MediaStreamTrack | undefined => (told[kind]?.ok ? open.current[kind] : undefined);
  return {
    asking, facing, place, stream, sound: track('sound'), picture: track('camera'),
    troubles: (['sound', 'camera'] as const).flatMap((of) => {
      const one = told[of];
      return one && !one.ok ? [{ of, why: one.trouble }] : [];
    }),
    async turn() {
      const other = facing === 'user' ? 'environment' : 'user';
      setFacing(other);
      took('camera', await otherPicture(other, open.current.camera));
    },
    async hush() {
      setHushed(!hushed);
      if (hushed) return took('sound', await openSound());
      shut('sound');
      setTold(({ sound: _sound, ...rest }) => rest);
    },
    again: () => ask(facing),
    tellPlace: () => new Promise((done) => {
      if (place) return done(setPlace(undefined));
      navigator.geolocation.getCurrentPosition(({ coords }) => done(setPlace({ lat: coords.latitude, lon: coords.longitude })), () => done(), { enableHighAccuracy: true, timeout: 15_000 });
    }),
    take(withPicture) {
      const { sound = null, camera = null } = open.current;
      if (!withPicture) shut('camera');
      open.current = {};
      return { sound, picture: withPicture ? camera : null, facing };
    },
  };
}
