import { textAt } from './segments.ts';

/** Types by which a device finds the programme that opens a file, where the content agrees with them. */
const zipped = new Set([
  'application/zip', 'application/epub+zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
]);
const compound = new Set(['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint']);
const plain = new Set(['text/plain', 'text/csv']);

/** What nobody has recognised. It is never shown, only handed on. */
export const unknownType = 'application/octet-stream';

/**
 * The type under which a file is handed on. A claim counts only where the first bytes agree; what a browser would run
 * (HTML, SVG, XML, scripts) is always unknown.
 * @param head its first bytes; some dozens are enough
 */
export function downloadType(claimed: string, head: Uint8Array): string {
  const claim = claimed.split(';')[0]!.trim().toLowerCase();
  const starts = textAt(head, 0, 8);
  if (starts.startsWith('%PDF-')) return 'application/pdf';
  if (starts.startsWith('PK\x03\x04')) return zipped.has(claim) ? claim : 'application/zip';
  if (starts.startsWith('\xd0\xcf\x11\xe0')) return compound.has(claim) ? claim : unknownType;
  if (starts.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (starts.startsWith('\x89PNG\r\n')) return 'image/png';
  if (starts.startsWith('GIF8')) return 'image/gif';
  if (starts.startsWith('RIFF') && textAt(head, 8, 4) === 'WEBP') return 'image/webp';
  if (starts.startsWith('\x1a\x45\xdf\xa3') && textAt(head, 0, 64).includes('webm')) return 'video/webm';
  if (textAt(head, 4, 4) === 'ftyp') return mediaTypes[textAt(head, 8, 4)] ?? 'video/mp4';
  return plain.has(claim) && !head.includes(0) ? claim : unknownType;
}

const mediaTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif', avis: 'image/avif', heic: 'image/heic', heix: 'image/heic', mif1: 'image/heif', 'qt  ': 'video/quicktime', 'M4A ': 'audio/mp4',
};
