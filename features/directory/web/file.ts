/** A chosen file's bytes as base64. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onerror = () => failed(reader.error ?? new Error('the file could not be read'));
    reader.onload = () => done(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.readAsDataURL(file);
  });
}

/** What stands in pictures and programs, and in no text. */
const unprinted = '\0\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12';
const decoded = (encoding: string, bytes: ArrayBuffer): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * The letters of a chosen file: UTF-8, UTF-16 where its first bytes say so, or what older programs of this country write.
 * @returns undefined for what is no text, such as a workbook or a picture
 */
export function letters(file: ArrayBuffer): string | undefined {
  const [first, second] = new Uint8Array(file, 0, Math.min(2, file.byteLength));
  const wide = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  const text = wide ? decoded(wide, file) : decoded('utf-8', file) ?? decoded('shift_jis', file);
  return text === undefined || [...unprinted].some((letter) => text.includes(letter)) ? undefined : text;
}

/** Hands a file to the person: the browser asks where to, or puts it where it always does. */
export function save({ name, type, file }: { readonly name: string; readonly type: string; /** As it is, or in base64. */ readonly file: Blob | string }): void {
  const bytes = typeof file === 'string' ? Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)) : file;
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
