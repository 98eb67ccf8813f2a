import { answer, message, type Message, type Room } from '@noroshi/features/talk';
import { currentStay, hasRead, isCounted, memberId, roomStream, type Doc, type Member, type Watermark } from '@noroshi/foundations/sync';
import { joined, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { oneLine } from '../newest-line.ts';
import { ofEach, openRooms } from './each-room.ts';
import { owesAnswer } from './use-room.ts';

const titleOf = (value: Message): Owe['title'] => (words) => oneLine(value, words);
const saidIn = (room: Room, by: Member | undefined): Owe['sub'] => ({ beside }) => beside([by && `${by.card.orgName} ${by.card.name}`, room.name]);

/** What one room asks of me, as far as it is told by that room alone. */
interface InRoom {
  readonly room: Room;
  readonly me: Member;
  readonly mark: Watermark;
  readonly people: ReadonlyMap<string, Member>;
  /** Messages that wait for my answer. */
  readonly owed: readonly Message[];
}

const inEachRoom = (stair: LowerEnd): Watched<readonly (InRoom | undefined)[]> => ofEach(stair, openRooms(stair), 'talk/owes', (room) => readRoom(stair, room));

/** Urgent and important messages that wait for my answer, and unread words that name me. */
export function talkOwes(stair: LowerEnd): Watched<readonly Owe[]> {
  const naming = stair.together('talk/naming', () => stair.replica.naming<Message>(stair.actor.person, stair.actor.org));
  return mapped(joined([inEachRoom(stair), naming] as const), ([all, named]) => all.flatMap((one) => (one ? owesIn(stair, one, named) : [])));
}

/** How many urgent messages wait for my answer. */
export const urgentOwed = (stair: LowerEnd): Watched<number> =>
  mapped(inEachRoom(stair), (all) => all.reduce((sum, one) => sum + (one?.owed.filter(({ urgency }) => urgency === 'urgent').length ?? 0), 0));

async function readRoom(stair: LowerEnd, room: Room): Promise<InRoom | undefined> {
  const { replica, actor } = stair;
  const stream = roomStream(room.id);
  const me = await replica.get<Member>('member', memberId(stream, actor.person));
  if (!me || !currentStay(me)) return undefined;
  const people = new Map((await replica.all<Member>('member', stream)).map((doc) => [doc.value.person, doc.value]));
  const items = await replica.outbox.item.where('stream').equals(stream).filter((item) => item.state !== 'refused').sortBy('order');
  const asking = await replica.asking<Message>(stream);
  const now = (items.length > 0 ? await stair.overlay(asking, items) : asking) as Doc<Message>[];
  const held = await replica.db.stream.get(stream);
  const shown = (await replica.db.shown.where('stream').equals(stream).toArray()).flatMap((s) => s.ranges);
  return {
    room, me, people,
    mark: { delivered: 0, read: held?.read ?? 0, ranges: [...(held?.ranges ?? []), ...shown] },
    owed: now.filter((d) => d.noun === message.noun && d.stream === stream && owesAnswer(d, me)).map(({ value }) => value),
  };
}

function owesIn(stair: LowerEnd, { room, me, mark, people, owed }: InRoom, naming: readonly Doc<Message>[]): Owe[] {
  const common = (value: Message) => ({ key: value.id, since: value.at, title: titleOf(value), sub: saidIn(room, people.get(value.by)), href: `/talk/${room.id}?m=${value.id}`, drill: value.drill });
  const answers = owed.map((value): Owe => ({
    ...common(value),
    weight: value.urgency === 'urgent' ? 'urgent' : 'plain',
    tag: { key: value.urgency === 'urgent' ? 'talk.urgent' : 'talk.important' },
    act: { label: 'talk.answer.agreed', run: () => stair.send(answer, { room: room.id, message: value.id, answer: 'agreed' }) },
  }));
  const named = naming
    .filter(({ noun, stream, value, born }) => noun === message.noun && stream === roomStream(room.id) && !value.withdrawn && !value.urgency && value.by !== stair.actor.person && isCounted(me, born) && !hasRead(mark, born))
    .map(({ value }): Owe => ({ ...common(value), weight: 'plain', tag: { key: 'talk.namedYou' } }));
  return [...answers, ...named];
}
