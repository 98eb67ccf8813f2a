import type { MediaTrouble, Opened } from './media.ts';

/** So long a clip is at most (milliseconds). */
export const clipFor = 15_000;
/** Bits a second of picture and sound: fifteen seconds are half a megabyte, which a line of 32 kbit/s takes two minutes for. */
const bits = { videoBitsPerSecond: 240_000, audioBitsPerSecond: 24_000 };

const types = ['video/webm;codecs=vp8,opus', 'video/mp4'] as const;

export interface Clip {
  /** Ends it; it goes on to `file`. */
  stop(): void;
  /** What was filmed, once it has ended by itself or by `stop`. */
  readonly file: Promise<File>;
}

/** Whether this browser can film. */
export const canClip = (): boolean => typeof MediaRecorder !== 'undefined' && types.some((type) => MediaRecorder.isTypeSupported(type));

/** What a clip is made of. `done`: what was opened for it alone is closed again. */
export interface Filming { readonly tracks: readonly MediaStreamTrack[]; done(): void }
/** A picture or sound that is there, one to be opened for the clip, or none. */
type Way = MediaStreamTrack | (() => Promise<Opened>) | null | undefined;

/** A picture, and a sound where there may be one. @returns why not, where there is no picture */
export async function filming(picture: Way, sound: Way): Promise<Filming | MediaTrouble> {
  const mine: MediaStreamTrack[] = [];
  const open = async (way: Way): Promise<Opened> => {
    if (typeof way !== 'function') return way ? { ok: true, track: way } : { ok: false, trouble: 'none' };
    const told = await way();
    if (told.ok) mine.push(told.track);
    return told;
  };
  const seen = await open(picture);
  if (!seen.ok) return seen.trouble;
  const heard = await open(sound);
  return { tracks: [seen.track, ...(heard.ok ? [heard.track] : [])], done: () => { for (const track of mine) track.stop(); } };
}

/** Films what these tracks show and say, for fifteen seconds. */
export function filmClip(tracks: readonly MediaStreamTrack[]): Clip {
  const type = types.find((one) => MediaRecorder.isTypeSupported(one))!;
  const recorder = new MediaRecorder(new MediaStream([...tracks]), { mimeType: type, ...bits });
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const file = new Promise<File>((done, failed) => {
    recorder.addEventListener('stop', () => {
      const plain = type.split(';')[0]!;
      done(new File(parts, `clip.${plain.endsWith('mp4') ? 'mp4' : 'webm'}`, { type: plain }));
    });
    recorder.addEventListener('error', () => failed(new Error('the recorder failed')));
  });
  recorder.start();
  const timer = setTimeout(() => stop(), clipFor);
  const stop = (): void => {
    clearTimeout(timer);
    if (recorder.state !== 'inactive') recorder.stop();
  };
  return { stop, file };
}
