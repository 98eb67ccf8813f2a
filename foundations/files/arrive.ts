import { allowed, idShape, refused, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { fileArrived, fileRefused, fileThumbArrived, foundShape, sideShape, theFile, type StoredFile } from './stored-file.ts';

const stream = z.string().check(z.minLength(1), z.maxLength(80));
const isAwaited = (file: StoredFile | undefined): Verdict => (file?.state === 'awaited' ? allowed : refused('files.notAwaited'));

/** The bytes lie on the disk and were checked: everyone who sees the stream learns that they can be fetched. */
export const arriveFile = command('files.arrive', {
  about: 'Tells that the bytes of a file are here.',
  input: z.strictObject({ stream, ...foundShape, width: z.optional(sideShape), height: z.optional(sideShape) }),
  streams: (input) => [input.stream],
  system: true,
  offline: false,
  needs: (input) => ({ file: theFile(input.file) }),
  may: (_actor, { file }) => isAwaited(file),
  then: ({ stream: on, ...found }) => [happens(fileArrived, found, { on })],
});

/** A small picture of a photograph is here. */
export const arriveThumb = command('files.arriveThumb', {
  about: 'Tells that a small picture of a photograph is here.',
  input: z.strictObject({ stream, ...foundShape }),
  streams: (input) => [input.stream],
  system: true,
  offline: false,
  needs: (input) => ({ file: theFile(input.file) }),
  may: (_actor, { file }) => (file?.thumb ? refused('files.notAwaited') : isAwaited(file)),
  then: ({ stream: on, ...found }) => [happens(fileThumbArrived, found, { on })],
});

/** The bytes were not what they were said to be. */
export const refuseFile = command('files.refuse', {
  about: 'Tells that the bytes of a file were refused, and why.',
  input: z.strictObject({ stream, file: idShape, reason: z.string().check(z.maxLength(80)) }),
  streams: (input) => [input.stream],
  system: true,
  offline: false,
  needs: (input) => ({ file: theFile(input.file) }),
  may: (_actor, { file }) => isAwaited(file),
  then: ({ stream: on, file, reason }) => [happens(fileRefused, { file, reason }, { on })],
});
