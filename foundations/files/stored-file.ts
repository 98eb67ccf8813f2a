import { idShape, type Id } from '@noroshi/foundations/kernel';
import { eventKind, happens, noun, ref, type Happens, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { harmlessName } from './harmless-name.ts';

/** The largest file, in bytes: 50 MB as people's devices count them. */
export const largestFile = 50 * 1024 * 1024;

/**
 * The largest photograph, in bytes. It is held in memory while it is checked; a device sends some hundred kB, and what a
 * camera made may still come as it is. What is larger can be sent as a file.
 */
export const largestPhoto = 15 * 1024 * 1024;

/** A photograph is looked at in the talk and is checked and cleaned for it; a file is only handed on, byte for byte. */
export const fileKinds = ['photo', 'file'] as const;
export type FileKind = (typeof fileKinds)[number];

const sizeShape = z.int().check(z.minimum(1), z.maximum(largestFile));
export const sha256Shape = z.string().check(z.regex(/^[0-9a-f]{64}$/));
export const sideShape = z.int().check(z.minimum(1), z.maximum(20_000));
const typeShape = z.string().check(z.maxLength(120));
export const foundShape = { file: idShape, sha256: sha256Shape, size: sizeShape, type: typeShape };

/** The bytes are here: any device that sees the stream can fetch them. `type`, `size` and the sides are as the server found them. */
export const fileArrived = eventKind('file.arrived', 150, z.object({ ...foundShape, width: z.optional(sideShape), height: z.optional(sideShape) }));

/** The bytes came and were not what they were said to be. The words they belong to stay. */
export const fileRefused = eventKind('file.refused', 151, z.object({ file: idShape, reason: z.string().check(z.maxLength(80)) }));

/** Something was said that has a file: its sender will send the bytes. Nobody else may. */
export const fileAwaited = eventKind('file.awaited', 152, z.object({
  file: idShape,
  /** What it belongs to, such as a message. */
  of: idShape,
  kind: z.enum(fileKinds),
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  size: sizeShape,
  type: typeShape,
  /** Of the bytes that will come, where the device could tell. */
  sha256: z.optional(sha256Shape),
}), { unsaid: ({ file, of, kind }) => ({ file, of, kind, name: '', size: 0, type: '' }) });

/** What it belongs to was withdrawn: nobody can fetch it any more, and its name is told no more. */
export const fileWithdrawn = eventKind('file.withdrawn', 153, z.object({ file: idShape, of: idShape }), { takesBack: true });

/** A small picture of a photograph is here, ahead of the photograph itself. */
export const fileThumbArrived = eventKind('file.thumbArrived', 154, z.object(foundShape));

/** A photograph or file as it is now. */
export interface StoredFile {
  readonly id: Id;
  readonly of: Id;
  readonly by: Id;
  readonly kind: FileKind;
  readonly name: string;
  /** As told by the sender until it has arrived; then as found. */
  readonly size: number;
  readonly type: string;
  readonly state: 'awaited' | 'arrived' | 'refused' | 'withdrawn';
  readonly sha256?: string;
  readonly width?: number;
  readonly height?: number;
  readonly thumb?: { readonly sha256: string; readonly size: number; readonly type: string };
  /** The code of the sentence that tells why it was refused. */
  readonly reason?: string;
}

export const storedFile = noun<StoredFile>('file')
  .begins(fileAwaited, (e) => e.body.file, ({ body: { file, ...told }, by }) => ({ id: file, ...told, by, state: 'awaited' }))
  .on(fileThumbArrived, (e) => e.body.file, (now, { body: { file: _file, ...thumb } }) => (now?.state === 'awaited' ? { ...now, thumb } : undefined))
  .on(fileArrived, (e) => e.body.file, (now, { body: { file: _file, ...found } }) => (now?.state === 'awaited' ? { ...now, ...found, state: 'arrived' } : undefined))
  .on(fileRefused, (e) => e.body.file, (now, { body }) => (now?.state === 'awaited' ? { ...now, state: 'refused', reason: body.reason } : undefined))
  .on(fileWithdrawn, (e) => e.body.file, (now, { body }) => (now?.of === body.of ? { id: now.id, of: now.of, by: now.by, kind: now.kind, name: '', size: 0, type: '', state: 'withdrawn' } : undefined));

export const theFile = (id: Id): Ref<StoredFile> => ref(storedFile, id);

/** What a deed that speaks has to know of a file. */
export interface Awaited { readonly file: Id; readonly kind: FileKind; readonly name: string; readonly size: number; readonly type: string; readonly sha256?: string | undefined }

/**
 * The part of a deed that announces files: put it behind the words, in the same deed.
 * @param of what they belong to, such as the message
 */
export function awaitsFiles(of: Id, files: readonly Awaited[] = [], more: Omit<Happens, 'kind' | 'body'> = {}): Happens[] {
  return files.map(({ file, kind, name, size, type, sha256 }) => happens(fileAwaited, { file, of, kind, name: harmlessName(name), size, type, ...(sha256 ? { sha256 } : {}) }, more));
}

/** The part of a deed that takes words back: their files cannot be fetched from now on. */
export function withdrawsFiles(of: Id, files: readonly { readonly file: Id }[] = [], more: Omit<Happens, 'kind' | 'body'> = {}): Happens[] {
  return files.map(({ file }) => happens(fileWithdrawn, { file, of }, more));
}
