import { message, room as roomNoun, type Message, type Room } from '@noroshi/features/talk';
import { currentStay, hasRead, isCounted, memberId, roomStream, type Doc, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { oneLine } from '../newest-line.ts';
import { owesAnswer } from './use-room.ts';

const titleOf = (value: Message): Owe['title'] => (words) => oneLine(value, words);
const saidIn = (room: Room, by: Member | undefined): string => (by ? `${by.card.orgName} ${by.card.name}・${room.name}` : room.name);

/** Urgent and important messages that wait for my answer, and unread words that name me. */
export async function talkOwes(stair: LowerEnd): Promise<readonly Owe[]> {
  const rooms = (await stair.replica.all<Room>(roomNoun.noun)).filter((r) => r.value.closedAt === undefined);
  const naming = await stair.replica.naming<Message>(stair.actor.person, stair.actor.org);
  return (await Promise.all(rooms.map((r) => owesIn(stair, r.value, naming)))).flat();
}

async function owesIn(stair: LowerEnd, room: Room, naming: readonly Doc<Message>[]): Promise<Owe[]> {
  const { replica, actor } = stair;
  const stream = roomStream(room.id);
  const me = await replica.get<Member>('member', memberId(stream, actor.person));
  if (!me || !currentStay(me)) return [];
  const people = new Map((await replica.all<Member>('member', stream)).map((doc) => [doc.value.person, doc.value]));
  const items = await replica.outbox.item.where('stream').equals(stream).filter((item) => item.state !== 'refused').sortBy('order');
  const asking = await replica.asking<Message>(stream);
  const now = (items.length > 0 ? await stair.overlay(asking, items) : asking) as Doc<Message>[];
  const owed = now.filter((d) => d.noun === message.noun && d.stream === stream && owesAnswer(d, me)).map(({ value }): Owe => ({
    key: value.id,
    weight: value.urgency === 'urgent' ? 'urgent' : 'plain',
    since: value.at,
    tag: { key: value.urgency === 'urgent' ? 'talk.urgent' : 'talk.important' },
    title: titleOf(value),
    sub: saidIn(room, people.get(value.by)),
    href: `/talk/${room.id}?m=${value.id}`,
    drill: value.drill,
    act: { label: 'talk.answer.agreed', run: async () => stair.send((await import('@noroshi/features/talk')).answer, { room: room.id, message: value.id, answer: 'agreed' }) },
  }));
  const held = await replica.db.stream.get(stream);
  const shown = (await replica.db.shown.where('stream').equals(stream).toArray()).flatMap((s) => s.ranges);
  const mark = { delivered: 0, read: held?.read ?? 0, ranges: [...(held?.ranges ?? []), ...shown] };
  const named = naming.filter(({ noun, stream: at, value, born }) => noun === message.noun && at === stream && !value.withdrawn && !value.urgency && value.by !== actor.person && isCounted(me, born) && !hasRead(mark, born)).map(({ value }): Owe => ({
    key: value.id, weight: 'plain', since: value.at, tag: { key: 'talk.namedYou' }, title: titleOf(value), sub: saidIn(room, people.get(value.by)), href: `/talk/${room.id}?m=${value.id}`, drill: value.drill,
  }));
  return [...owed, ...named];
}
