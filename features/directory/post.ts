import { idShape, type Id } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** What a post does in a disaster: deputy head, disaster prevention, personnel, headquarters, other. */
export const duties = ['deputyHead', 'disaster', 'personnel', 'headquarters', 'other'] as const;

export const postShape = z.strictObject({
  id: idShape,
  org: idShape,
  /** As it is said: 副市長, 危機管理課 課長補佐. */
  title: z.string().check(z.minLength(1), z.maxLength(60)),
  duty: z.enum(duties),
  /** Smaller is higher; orders the unread. */
  rank: z.int().check(z.minimum(0), z.maximum(99)),
  holder: z.optional(idShape),
  /** Who stands in, by post. */
  deputy: z.optional(idShape),
});

/** A desk. Rooms and duties follow it, whoever sits there. */
export interface Post extends z.output<typeof postShape> {
  /** The commands by which it was left empty since someone was last seated by it: the stays that ended with them hold its rooms, for who fills it. */
  readonly vacancies?: readonly Id[];
}

export const postAdded = eventKind('directory.postAdded', 17, postShape);
export const handedOver = eventKind('directory.handedOver', 18, z.object({
  post: idShape,
  from: z.optional(idShape),
  to: z.optional(idShape),
}));

/** Whoever holds it has taken the rooms that were left with it. */
export const postSeated = eventKind('directory.postSeated', 21, z.object({ post: idShape, vacancies: z.array(idShape) }));

export const postAmended = eventKind('directory.postAmended', 19, z.omit(postShape, { org: true, holder: true }));

export const post = noun<Post>('post')
  .begins(postAdded, (e) => e.body.id, (e) => e.body)
  .on(handedOver, (e) => e.body.post, (now, e) => {
    if (!now) return undefined;
    const { holder: _before, ...desk } = now;
    return e.body.to ? { ...desk, holder: e.body.to } : { ...desk, vacancies: [...(desk.vacancies ?? []), e.id] };
  })
  .on(postSeated, (e) => e.body.post, (now, e) => {
    if (!now) return undefined;
    const { vacancies, ...desk } = now;
    const left = vacancies?.filter((one) => !e.body.vacancies.includes(one)) ?? [];
    return left.length > 0 ? { ...desk, vacancies: left } : desk;
  })
  .on(postAmended, (e) => e.body.id, (now, e) => {
    if (!now) return undefined;
    const { deputy: _before, ...desk } = now;
    return { ...desk, ...e.body };
  });

export const thePost = (id: Id): Ref<Post> => ref(post, id);
