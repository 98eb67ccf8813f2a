import { nameIn, organization, type Organization } from '@noroshi/features/directory';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Language } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, member as memberNoun, memberId, roomStream, type Doc, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { board as boardNoun, deskStream, type Board } from '../board-place.ts';
import { inOrder, post as postNoun, type Post } from '../board-post.ts';
import { comment as commentNoun, type Comment } from '../comment.ts';
import { plannedPost, type PlannedPost } from '../planned-post.ts';

/** A notice as it stands in the log: by its number it is marked as read. */
export type PostDoc = Doc<Post>;

/** One board as this device knows it, with what waits in the outbox. */
export interface BoardNow {
  readonly id: Id;
  readonly name: string;
  readonly short: string;
  readonly closed: boolean;
  readonly categories: Board['categories'];
  readonly members: readonly Member[];
  readonly byPerson: ReadonlyMap<Id, Member>;
  readonly me: Member | undefined;
  readonly mayWrite: boolean;
  readonly posts: readonly PostDoc[];
  readonly comments: readonly Doc<Comment>[];
  readonly plans: readonly PlannedPost[];
  /** What is on this device alone: 仮. */
  readonly waits: (id: Id) => boolean;
  /** Whether I was shown a notice. */
  readonly hasRead: (doc: PostDoc) => boolean;
}

export interface Known { readonly boards: readonly BoardNow[]; readonly org: (id: Id, otherwise?: string) => string }

/** Reads the boards that this person sees. */
export async function readBoards(stair: LowerEnd, language: Language): Promise<Known> {
  const { replica, actor } = stair;
  const [boards, rooms, held, organizations] = await Promise.all([
    replica.all<Board>(boardNoun.noun), replica.all<Room>(roomNoun.noun),
    Promise.all([replica.all<Post>(postNoun.noun), replica.all<Comment>(commentNoun.noun), replica.all<PlannedPost>(plannedPost.noun)]).then((all) => all.flat() as Doc[]),
    replica.all<Organization>(organization.noun),
  ]);
  const items = (await replica.outbox.item.toArray()).filter(({ name, state }) => name.startsWith('board.') && state !== 'refused');
  const now = await stair.overlay(held, items);
  const before = new Map(held.map((doc) => [`${doc.noun}/${doc.id}`, doc.value]));
  const changed = new Set(now.filter((doc) => before.get(`${doc.noun}/${doc.id}`) === undefined).map(({ id }) => id));
  const orgs = new Map(organizations.map((doc) => [doc.id, doc.value]));
  const of = <T>(noun: string, stream: string): Doc<T>[] => now.filter((doc) => doc.noun === noun && doc.stream === stream) as Doc<T>[];
  const all = await Promise.all(boards.map(async ({ value }): Promise<BoardNow | undefined> => {
    const room = rooms.find(({ id }) => id === value.id)?.value;
    if (!room) return undefined;
    const stream = roomStream(value.id);
    const [members, stood, desk, shown] = await Promise.all([
      replica.all<Member>(memberNoun.noun, stream), replica.db.stream.get(stream), replica.get<Member>(memberNoun.noun, memberId(deskStream(value.id), actor.person)),
      replica.db.shown.where('stream').equals(stream).toArray(),
    ]);
    const people = members.map((doc) => doc.value);
    const posts = of<Post>(postNoun.noun, stream);
    const byId = new Map(posts.map((doc) => [doc.id, doc]));
    const ranges = [...(stood?.ranges ?? []), ...shown.flatMap((one) => one.ranges)];
    return {
      id: value.id, name: room.name, short: room.short, closed: room.closedAt !== undefined, categories: value.categories,
      members: people, byPerson: new Map(people.map((who) => [who.person, who])), me: people.find(({ person }) => person === actor.person),
      mayWrite: currentStay(desk) !== undefined && room.closedAt === undefined,
      posts: inOrder(posts.map((doc) => doc.value)).map(({ id }) => byId.get(id)!),
      comments: of<Comment>(commentNoun.noun, stream).toSorted((a, b) => a.value.at - b.value.at),
      plans: of<PlannedPost>(plannedPost.noun, deskStream(value.id)).map((doc) => doc.value).filter(({ over }) => !over).toSorted((a, b) => a.due - b.due),
      waits: (id) => changed.has(id),
      hasRead: ({ born, value: { by } }) => by === actor.person || born <= (stood?.read ?? 0) || ranges.some(([from, to]) => from <= born && born <= to),
    };
  }));
  return {
    boards: all.filter((one) => one !== undefined).toSorted((a, b) => Number(a.closed) - Number(b.closed) || (a.id < b.id ? -1 : 1)),
    org: (id, otherwise = '') => (orgs.has(id) ? nameIn(orgs.get(id), language) : otherwise),
  };
}

/** 県 渡部 花子: who wrote it, as they were known on this board. */
export function authorOf({ org }: Known, { byPerson }: BoardNow, by: Id, orgId: Id): string {
  const card = byPerson.get(by)?.card;
  return [org(orgId, card?.orgName), card?.name].filter(Boolean).join(' ');
}

/** Those who are in it now. */
export const readersOf = ({ members }: Pick<BoardNow, 'members'>): Member[] => members.filter((who) => currentStay(who) && !who.shut);
