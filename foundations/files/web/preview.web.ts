import { thumbHashToDataURL } from 'thumbhash';

/** A blurred picture from the few bytes that came with the words; `undefined` where they are none. */
export function previewUrl(preview: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(preview), (letter) => letter.charCodeAt(0));
    return bytes.length >= 5 ? thumbHashToDataURL(bytes) : undefined;
  } catch {
    // Another sender's bytes: then there is no preview.
    return undefined;
  }
}
