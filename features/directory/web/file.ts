/** A chosen file's bytes as base64. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onerror = () => failed(reader.error ?? new Error('the file could not be read'));
    reader.onload = () => done(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.readAsDataURL(file);
  });
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
