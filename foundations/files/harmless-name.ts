/** The longest name, in characters: what every disk can hold in any writing. */
const longest = 80;

/** Characters that are not seen, turn the reading direction, or end a line. */
export const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
/** What some disk reads as a path or a command. */
const special = /[/\\:*?"<>|]/g;
/** Names that Windows keeps for devices, with or without an ending. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A file's name that does no harm on any disk and shows the ending it has: no path, no control characters, nothing that
 * turns the reading direction (`写真‮gpj.exe`), no hidden or reserved name. Japanese stays as it is.
 */
export function harmlessName(name: string): string {
  const seen = name.toWellFormed().normalize('NFC').replace(unseen, '').replaceAll('\uFFFD', '').replace(special, '_').replace(/\s+/gu, ' ');
  const trimmed = seen.replace(/^[. ]+/, '').replace(/[. ]+$/, '').replace(device, '_$1');
  return shortened(trimmed) || 'file';
}

/** Cut in the middle, so that the ending stays. */
function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const ending = [...(/\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '')];
  return [...letters.slice(0, longest - ending.length), ...ending].join('');
}
