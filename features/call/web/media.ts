/** Why there is no sound or picture of this device: the page says which, and what to do. (CA10) */
export type MediaTrouble = 'refused' | 'held' | 'none' | 'insecure' | 'unknown';

/** What a browser threw, as people are told it. */
export function troubleOf(error: unknown): MediaTrouble {
  switch ((error as { name?: string } | undefined)?.name) {
    case 'NotAllowedError': case 'SecurityError': return 'refused';
    case 'NotReadableError': case 'AbortError': case 'TrackStartError': return 'held';
    case 'NotFoundError': case 'OverconstrainedError': return 'none';
    default: return 'unknown';
  }
}

export type Facing = 'user' | 'environment';

/** A sound or picture of this device, or why there is none. */
export type Opened = { readonly ok: true; readonly track: MediaStreamTrack } | { readonly ok: false; readonly trouble: MediaTrouble };

const opened = async (what: MediaStreamConstraints): Promise<Opened> => {
  // A page that did not come safely has no camera at all.
  if (!navigator.mediaDevices?.getUserMedia) return { ok: false, trouble: 'insecure' };
  try {
    return { ok: true, track: (await navigator.mediaDevices.getUserMedia(what)).getTracks()[0]! };
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) };
  }
};

/** Each by itself: a camera that is refused must not take the voice along. */
export const openSound = (): Promise<Opened> => opened({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
export const openPicture = (which: Facing | { readonly deviceId: ConstrainDOMString }): Promise<Opened> =>
  opened({ video: { width: { ideal: 1_280 }, height: { ideal: 720 }, frameRate: { ideal: 15, max: 24 }, ...(typeof which === 'string' ? { facingMode: which } : which) } });

/**
 * The camera on the other side of this device. Those of a PC have no sides: there it is the next one.
 * @param now the picture that is open; it is closed first, since many telephones open one camera only
 */
export async function otherPicture(facing: Facing, now: MediaStreamTrack | null | undefined): Promise<Opened> {
  const { deviceId, facingMode } = now?.getSettings() ?? {};
  now?.stop();
  if (facingMode || !deviceId) return openPicture(facing);
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
  const next = cameras[(cameras.findIndex((one) => one.deviceId === deviceId) + 1) % cameras.length];
  return openPicture(next ? { deviceId: { exact: next.deviceId } } : facing);
}

/** The screen of this device, as its person chooses. */
export async function openScreen(): Promise<Opened> {
  if (!navigator.mediaDevices?.getDisplayMedia) return { ok: false, trouble: 'none' };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 10 } }, audio: false });
    const track = stream.getVideoTracks()[0]!;
    // It is to be read: rather fewer pictures than blurred ones.
    track.contentHint = 'detail';
    return { ok: true, track };
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) };
  }
}
