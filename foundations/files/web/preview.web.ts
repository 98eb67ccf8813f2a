/**
 * A blurred picture from the few bytes that came with the words; `undefined` where they are none. What draws it is
 * fetched with the first photograph, not with the first word.
 */
export async function previewUrl(preview: string): Promise<string | undefined> {
  try {
    const { thumbHashToDataURL } = await import('thumbhash');
    const bytes = Uint8Array.from(atob(preview), (letter) => letter.charCodeAt(0));
    return bytes.length >= 5 ? thumbHashToDataURL(bytes) : undefined;
  } catch {
    // Another sender's bytes: then there is no preview.
    return undefined;
  }
}
