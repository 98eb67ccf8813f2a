import type { Finds } from '@noroshi/foundations/found';
import { idTime } from '@noroshi/foundations/kernel';
import { storedFile, type StoredFile } from './stored-file.ts';

/** Photographs and files by their names. One is opened with what it belongs to. */
export const fileFound: Finds<StoredFile> = {
  noun: storedFile.noun, shelf: 'file',
  things: ({ id, by, name, state }) => [{ id, by, at: idTime(id), words: state === 'refused' ? '' : name }],
  shows: ({ name, of }) => ({ title: name, of }),
};
