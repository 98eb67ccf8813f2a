import type { Attachment } from '@noroshi/features/talk';
import { cleanPicture, takenIn } from '@noroshi/foundations/files/pictures';
import type { Id } from '@noroshi/foundations/kernel';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The photographs of the demo, drawn for it, with what a sender's phone would have made of each: its blur, and beside it its small picture. */
const photos = {
  flood: { preview: 'YAgGHYQZSFaPhndzh3dndWdweAeH', name: '野村町の浸水.jpg', caption: '野村町の市街地。1階の軒まで水' },
  shelter: { preview: 'IykGHYRnZ3d/iXdyhXlXdWhwdwVn', name: '避難所.jpg', caption: '小学校の体育館' },
  water: { preview: '5fcNDYBYeHd/hndld4eGeNQJuQfj', name: '給水を待つ列.jpg', caption: '給水を待つ列' },
  landslide: { preview: 'XvgNFYJrdoiPh3d4hph2dkJwQxCp', name: '吉田町の土砂崩れ.jpg', caption: '吉田町。道がふさがっている' },
} as const;
export type DemoPhoto = keyof typeof photos;

/** A photograph as its sender's phone has it in hand. */
export interface InHand { readonly attachment: Attachment; readonly bytes: Uint8Array; readonly thumb: Uint8Array }

/**
 * One of the photographs.
 * @param takenAt the story is told as of now, so the camera's own time would be years off
 */
export async function photoInHand(photo: DemoPhoto, file: Id, takenAt: number): Promise<InHand> {
  const folder = join(import.meta.dirname, 'photos');
  const asTaken = await readFile(join(folder, `${photo}.jpg`));
  const { lat, lon } = takenIn(asTaken, 0);
  const { bytes, type, width, height } = cleanPicture(asTaken)!;
  const { preview, name, caption } = photos[photo];
  return {
    attachment: { file, kind: 'photo', name, size: bytes.length, type, width, height, preview, takenAt, caption, ...(lat === undefined || lon === undefined ? {} : { lat, lon }) },
    bytes, thumb: await readFile(join(folder, `${photo}.thumb.webp`)),
  };
}
