import { idShape, type Id } from '@noroshi/foundations/kernel';
import * as z from 'zod/mini';
import { eventKind, type StreamKey } from './event.ts';
import { noun, ref, type Ref } from './noun.ts';

/** What a stream says of a member, as it was when they joined. A guest has no directory to look it up in. */
export const memberCardShape = z.strictObject({
  name: z.string(),
  org: idShape,
  orgName: z.string(),
  /** The short name that stands beside a message. */
  mark: z.string(),
  post: z.string(),
  /** Smaller is higher; orders the unread. */
  rank: z.int(),
  guest: z.optional(z.boolean()),
  /** The post by which they are here. Rooms follow posts: a successor takes this place. */
  via: z.optional(idShape),
});
export type MemberCard = z.output<typeof memberCardShape>;

/** One stay in a stream. People leave and come back: each stay has its own interval. */
export interface Stay {
  /** The first event this person may read. */
  readonly visibleFrom: number;
  /** The first event whose reading is asked of this person. */
  readonly countedFrom: number;
  /** The last event of this stay; absent while it lasts. */
  readonly until?: number;
  /** The command that left their place empty: whoever fills it takes up what could be seen from it. */
  readonly vacated?: Id;
}

/** Someone in a stream. `no` is the stream's own small number for them and is never given to another. */
export interface Member {
  readonly no: number;
  readonly person: Id;
  readonly card: MemberCard;
  readonly stays: readonly Stay[];
  /** Their account is closed: they keep their place and can read nothing any more. Said in each stream, since a guest has no directory. */
  readonly shut?: true;
}

/** Someone may now hear a stream. `no` is filled in where events are numbered. */
export const joined = eventKind('stream.joined', 1, z.object({
  person: idShape,
  no: z.int(),
  card: memberCardShape,
  /** Whether what was said before is theirs to read. A successor inherits it. */
  history: z.boolean(),
  /** The first event they may read, where it is neither all nor from now on: who inherits a place sees what could be seen from it. */
  from: z.optional(z.int().check(z.minimum(1))),
  /** The stay before this one was a place that now stands empty, and this command emptied it. */
  vacated: z.optional(idShape),
}));

/** Someone no longer hears a stream. */
export const left = eventKind('stream.left', 2, z.object({
  person: idShape,
  /** Their place stands empty, and this command emptied it. */
  vacated: z.optional(idShape),
}));

/**
 * Something happened here that is not this reader's to hear: it is about what began before their door opened. It stands
 * in its place in the numbers and says nothing. Never written; made where an event goes out.
 */
export const passed = eventKind('stream.passed', 3, z.object({}));

/** The account of someone who has or had a place here is closed, or open again. */
export const memberShut = eventKind('stream.memberShut', 4, z.object({ person: idShape, shut: z.boolean() }));

export const memberId = (stream: StreamKey, person: Id): string => `${stream}/${person}`;

const ended = (stays: readonly Stay[], until: number, vacated: Id | undefined): Stay[] =>
  stays.map((stay) => (stay.until === undefined ? { ...stay, until, ...(vacated && { vacated }) } : stay));

/** Who is and was in a stream. */
export const member = noun<Member>('member', { always: true })
  .on(joined, (e) => memberId(e.stream, e.body.person), (now, e) => ({
    no: now?.no ?? e.body.no,
    person: e.body.person,
    card: e.body.card,
    stays: [
      ...ended(now?.stays ?? [], e.seq - 1, e.body.vacated),
      { visibleFrom: e.body.history ? 1 : Math.min(e.body.from ?? e.seq, e.seq), countedFrom: e.seq + 1 },
    ],
    ...(now?.shut && { shut: true }),
  }))
  .on(left, (e) => memberId(e.stream, e.body.person), (now, e) => now && {
    ...now,
    stays: ended(now.stays, e.seq, e.body.vacated),
  })
  .on(memberShut, (e) => memberId(e.stream, e.body.person), (now, e) => {
    if (!now) return undefined;
    const { shut: _before, ...who } = now;
    return e.body.shut ? { ...who, shut: true } : who;
  });

/** My place in a stream, as a rule's need. */
export function membership(stream: StreamKey, person: Id): Ref<Member> {
  return ref(member, memberId(stream, person));
}

/** The stay that lasts, if any: who has one may see the stream and act in it. */
export function currentStay(who: Member | undefined): Stay | undefined {
  return who?.stays.find((stay) => stay.until === undefined);
}

/** Whether the reading of event `seq` is asked of this member. */
export function isCounted(who: Member, seq: number): boolean {
  return who.stays.some((stay) => stay.countedFrom <= seq && (stay.until === undefined || seq <= stay.until));
}
