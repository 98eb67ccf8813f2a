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
export const openPicture = (facing: Facing): Promise<Opened> => opened({ video: { width: { ideal: 1_280 }, height: { ideal: 720 }, frameRate: { ideal: 15, max: 24 }, facingMode: facing } });

/** The screen of this device, as its person chooses. */
export async function openScreen(): Promise<Opened> {
  if (!navigator.mediaDevices?.getDisplayMedia) return { ok: false, trouble: 'none' };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 10 } }, audio: false });
    return { ok: true, track: stream.getVideoTracks()[0]! };
  } catch (error) {
    return { ok: false, trouble: troubleOf(error) };
  }
}
