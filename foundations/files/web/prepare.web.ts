import { refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { rgbaToThumbHash } from 'thumbhash';
import { takenIn, type Taken } from '../exif.ts';
import { harmlessName } from '../harmless-name.ts';
import { largestFile, type FileKind } from '../stored-file.ts';

/** The long side of a photograph, of a photograph on a bad line, and of the small picture that goes ahead, in pixels. */
const longSide = { usual: 1_600, low: 960, thumb: 480, preview: 64 };
/** A picture that is larger than this is not even opened. */
const largestPicture = 200 * 1024 * 1024;
/** Where a camera's notes lie in a JPEG: within its first segments. */
const notesWithin = 512 * 1024;

/** A picked file, made ready to be kept and sent. */
export interface Prepared {
  readonly file: Id;
  readonly kind: FileKind;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly width?: number;
  readonly height?: number;
  readonly preview?: string;
  readonly sha256?: string;
  /** What the camera noted; told only if the sender wants it. */
  readonly taken: Taken;
  readonly blob: Blob;
  readonly thumb?: Blob | undefined;
  /** A picture that this device cannot open: it goes as a file, with all that is in it. */
  readonly asItIs?: boolean;
}

/**
 * Makes a picked file ready: a photograph is turned upright, made smaller and freed of all that its camera noted; any
 * other file stays as it is.
 * @param lowData whether the line is poor or every byte costs
 */
export async function prepare(picked: File, { newId, lowData }: { newId: () => Id; lowData: boolean }): Promise<Prepared | Refusal> {
  if (picked.size === 0) return refused('files.empty');
  const isPicture = /^image\/(?!svg|gif)/.test(picked.type);
  const photo = isPicture && picked.size <= largestPicture ? await openPicture(picked) : undefined;
  if (photo) {
    try {
      return await preparePhoto(picked, photo, newId(), lowData);
    } finally {
      photo.close();
    }
  }
  if (picked.size > largestFile) return refused('files.tooLarge');
  const sha256 = await hashOf(picked);
  return {
    file: newId(), kind: 'file', name: harmlessName(picked.name), size: picked.size, type: picked.type.slice(0, 120) || 'application/octet-stream',
    ...(sha256 ? { sha256 } : {}), taken: {}, blob: picked, ...(isPicture ? { asItIs: true } : {}),
  };
}

const openPicture = (picked: File): Promise<ImageBitmap | undefined> => createImageBitmap(picked, { imageOrientation: 'from-image' }).catch(() => undefined);

async function preparePhoto(picked: File, photo: ImageBitmap, file: Id, lowData: boolean): Promise<Prepared> {
  const notes = picked.type === 'image/jpeg' ? picked.slice(0, notesWithin) : picked;
  const taken = takenIn(new Uint8Array(await notes.arrayBuffer()), -new Date(picked.lastModified).getTimezoneOffset());
  const whole = drawn(photo, lowData ? longSide.low : longSide.usual);
  const blob = await encoded(whole, 0.8);
  const thumb = await encoded(drawn(photo, longSide.thumb), 0.7);
  const small = drawn(photo, longSide.preview);
  const { data } = small.getContext('2d')!.getImageData(0, 0, small.width, small.height);
  const preview = btoa(String.fromCharCode(...rgbaToThumbHash(small.width, small.height, data)));
  const sha256 = await hashOf(blob);
  const name = harmlessName(`${picked.name.replace(/\.[^.]*$/, '')}.${blob.type === 'image/webp' ? 'webp' : 'jpg'}`);
  return {
    file, kind: 'photo', name, size: blob.size, type: blob.type, width: whole.width, height: whole.height, preview,
    ...(sha256 ? { sha256 } : {}), taken, blob, thumb,
  };
}

function drawn(photo: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(photo.width, photo.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(photo.width * scale));
  canvas.height = Math.max(1, Math.round(photo.height * scale));
  const pen = canvas.getContext('2d', { alpha: false })!;
  // JPEG has no clear ground, and black would hide what is written on it.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(photo, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** As WebP, or as JPEG where the browser writes none. */
async function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  const as = (type: string): Promise<Blob | null> => new Promise((done) => canvas.toBlob(done, type, quality));
  const webp = await as('image/webp');
  const blob = webp?.type === 'image/webp' ? webp : await as('image/jpeg');
  if (!blob) throw new Error('the canvas gave no picture');
  return blob;
}

/** SHA-256 in hex; `undefined` where the page is not on a safe connection and the browser offers none. */
async function hashOf(blob: Blob): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
