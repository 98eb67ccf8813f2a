import { idShape, type Id } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** 電話中: who rings someone of a room now, by which cards. Whatever it is about, they have one telephone. */
export interface Ringing { readonly whom: Id; readonly held: readonly { readonly card: Id; readonly by: Id; readonly drill?: boolean }[] }

/** A card is taken, or (`over`) is free again. Without a word of what it is about: everyone in the room may know, or two would ring. */
export const rings = eventKind('chase.rings', 190, z.object({ whom: idShape, card: idShape, over: z.optional(z.literal(1)) }));

const ringingId = (stream: StreamKey, whom: Id): string => `${stream}/${whom}`;
export const ringing = noun<Ringing>('ringing', { always: true }).on(rings, ({ stream, body }) => ringingId(stream, body.whom), (now, { by, drill, body: { whom, card, over } }) => ({
  whom, held: [...(now?.held ?? []).filter((one) => one.card !== card), ...(over ? [] : [{ card, by, ...(drill && { drill }) }])],
}));
export const theRinging = (stream: StreamKey, whom: Id): Ref<Ringing> => ref(ringing, ringingId(stream, whom));
