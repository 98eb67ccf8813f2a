import { derivedId, idShape, type Id } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, roomStream, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

export const categoryShape = z.strictObject({ id: z.string().check(z.minLength(1), z.maxLength(40)), name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)) });
export const categoriesShape = z.array(categoryShape).check(z.minLength(1), z.maxLength(20));

/** 掲示板: its readers are the members of its stream. What it is called stands in its `room`, as of every place where people are. */
export interface Board {
  readonly id: Id;
  readonly categories: readonly z.output<typeof categoryShape>[];
}

/** Numbers 220 to 239 are this room's. */
export const boardSet = eventKind('board.set', 220, z.object({ board: idShape, categories: categoriesShape }));

export const board = noun<Board>('board', { always: true }).on(boardSet, (e) => e.body.board, (_now, { body }) => ({ id: body.board, categories: body.categories }));
export const theBoard = (id: Id): Ref<Board> => ref(board, id);

/** The desk of a board: a place of its own, whose members are those who may write. What is not to be read yet lies there. */
export const deskOf = (id: Id): Id => derivedId(id, 'board/desk');
export const deskStream = (id: Id): StreamKey => roomStream(deskOf(id));
