import { addPeople, amend, message, openRoom, react, reactions, removePerson, say, withdraw, type Message } from '@noroshi/features/talk';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import type { Client } from '../client.ts';
import { fresh, placeOf, someRoom, type Act, type Stage } from './act.ts';

const words = ['堤防が越水しています', '避難所は三か所です', '応援をお願いします', '了解しました', '道路が通れません', '毛布が足りません'];

async function someMessage(stage: Stage, by: Client): Promise<Doc<Message> | undefined> {
  const room = await someRoom(stage, by);
  const docs = room ? await by.end.replica.newest<Message>(message.noun, roomStream(room), 20) : [];
  return docs.length > 0 ? stage.dice.pick(docs) : undefined;
}

/** What people do in a talk. */
export const talking: readonly Act[] = [
  {
    act: 'say something', weight: 12,
    async do(stage, by) {
      const room = stage.dice.chance(0.6) ? stage.house.groupC : await someRoom(stage, by);
      if (!room) return;
      const token = stage.token();
      const urgent = stage.dice.chance(0.1) ? { urgency: 'important' as const } : {};
      await by.give(say, { room, text: `${stage.dice.pick(words)}（${token}）`, ...urgent }, token);
    },
  },
  {
    act: 'read what is on the screen', weight: 9,
    async do(stage, by) {
      const room = await someRoom(stage, by);
      if (!room) return;
      const stream = roomStream(room);
      await by.look(stream);
      const docs = await by.end.replica.newest<Message>(message.noun, stream, 30);
      if (docs.length === 0) return;
      // A screenful somewhere: what lies between is not read by it.
      const from = stage.dice.below(docs.length);
      const seen = docs.slice(from, from + 1 + stage.dice.below(6));
      await by.show(stream, seen[0]!.born, seen.at(-1)!.born);
    },
  },
  {
    act: 'open a room on the screen', weight: 2,
    async do(stage, by) {
      const room = await someRoom(stage, by);
      by.end.openRoom(room ? roomStream(room) : undefined);
      if (room && stage.dice.chance(0.4)) void by.end.older(roomStream(room), 10);
    },
  },
  {
    act: 'look again whether there is a line', weight: 2,
    async do(_stage, by) {
      by.end.hurry();
    },
  },
  {
    act: 'amend, withdraw or react', weight: 5,
    async do(stage, by) {
      const doc = await someMessage(stage, by);
      if (!doc) return;
      const on = { room: placeOf(doc), message: doc.id };
      const which = stage.dice.below(5);
      if (which === 0) await by.give(amend, { ...on, text: `${stage.dice.pick(words)}（訂正）` });
      else if (which === 1) await by.give(withdraw, on);
      else await by.give(react, { ...on, reaction: stage.dice.pick(reactions), on: stage.dice.chance(0.7) });
    },
  },
  {
    act: 'open a room, let someone in, or out', weight: 1,
    async do(stage, by) {
      const { dice, rooms, clients } = stage;
      if (rooms.length === 0 || dice.chance(0.2)) {
        const id = fresh();
        if (await by.give(openRoom, { id, kind: 'purpose', name: `相談 ${rooms.length + 1}`, short: '談', orgs: [], people: [clients[dice.below(clients.length)]!.who.actor.person] })) rooms.push(id);
        return;
      }
      const room = dice.pick(rooms);
      const { person } = dice.pick(clients).who.actor;
      if (dice.chance(0.7)) await by.give(addPeople, { room, people: [person], history: dice.chance(0.5) });
      else await by.give(removePerson, { room, person });
    },
  },
];
