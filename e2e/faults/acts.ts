import { randomBytes } from 'node:crypto';
import { accept, acknowledge, arrive, commit, consider, decline, depart, request, send, type DispatchRequest } from '@noroshi/features/request';
import { addPeople, amend, message, openRoom, react, reactions, removePerson, say, withdraw, type Message } from '@noroshi/features/talk';
import { newId, type Id } from '@noroshi/foundations/kernel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import type { Dice } from '@noroshi/foundations/testing';
import type { BaseHouse } from './base-house.ts';
import type { Client } from './client.ts';

/** What people may use while they act. */
export interface Stage {
  readonly dice: Dice;
  readonly house: BaseHouse;
  readonly clients: readonly Client[];
  /** Rooms that were opened since. */
  readonly rooms: Id[];
  /** Makes words that stand nowhere else. */
  readonly token: () => string;
}

const words = ['堤防が越水しています', '避難所は三か所です', '応援をお願いします', '了解しました', '道路が通れません', '毛布が足りません'];

async function someRoom({ dice }: Stage, { end }: Client): Promise<Id | undefined> {
  const rooms = (await end.replica.db.stream.toArray()).filter(({ key }) => key.startsWith('r:'));
  return rooms.length > 0 ? dice.pick(rooms).key.slice(2) : undefined;
}

async function someMessage({ dice }: Stage, { end }: Client): Promise<Doc<Message> | undefined> {
  const rooms = (await end.replica.db.stream.toArray()).filter(({ key }) => key.startsWith('r:'));
  const docs = rooms.length > 0 ? await end.replica.newest<Message>(message.noun, dice.pick(rooms).key, 20) : [];
  return docs.length > 0 ? dice.pick(docs) : undefined;
}

async function someRequest({ dice }: Stage, { end }: Client): Promise<DispatchRequest | undefined> {
  const all = await end.replica.all<DispatchRequest>(request.noun);
  return all.length > 0 ? dice.pick(all).value : undefined;
}

interface Act { readonly act: string; readonly weight: number; readonly do: (stage: Stage, by: Client) => Promise<unknown> }

/** What people do, and how often. */
export const acts: readonly Act[] = [
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
      const on = { room: doc.stream.slice(2), message: doc.id };
      const which = stage.dice.below(5);
      if (which === 0) await by.give(amend, { ...on, text: `${stage.dice.pick(words)}（訂正）` });
      else if (which === 1) await by.give(withdraw, on);
      else await by.give(react, { ...on, reaction: stage.dice.pick(reactions), on: stage.dice.chance(0.7) });
    },
  },
  {
    act: 'ask for staff', weight: 1,
    async do(stage, by) {
      const { dice, house } = stage;
      const lines = (['shelter', 'houseSurvey'] as const).slice(0, 1 + dice.below(2)).map((duty) => ({ duty, count: 1 + dice.below(20) }));
      await by.give(send, { room: house.groupC, incident: house.incident, lines });
    },
  },
  {
    act: 'answer a request', weight: 6,
    async do(stage, by) {
      const { dice } = stage;
      const now = await someRequest(stage, by);
      if (!now) return;
      const at = { room: now.room, request: now.id };
      const line = dice.pick(now.lines);
      const { org } = by.who.actor;
      const mine = now.answers[`${line.id}/${org}/1`];
      const part = { line: line.id, wave: 1, sees: mine?.rev ?? 0 };
      const which = dice.below(10);
      if (which < 5) await by.give(commit, { ...at, parts: [{ ...part, count: 1 + dice.below(12) }] });
      else if (which < 6) await by.give(consider, { ...at, parts: [{ ...part, count: 1 + dice.below(5) }] });
      else if (which < 7) await by.give(decline, { ...at, parts: [part], reason: 'noStaff' });
      else if (which < 8) await by.give(acknowledge, at);
      else if (mine) {
        const moved = { ...at, line: line.id, wave: 1, count: 1 + dice.below(mine.count || 1), sees: mine.moves.rev };
        await by.give(which < 9 ? depart : arrive, moved);
      }
    },
  },
  {
    act: 'accept what was offered', weight: 2,
    async do(stage, by) {
      const now = await someRequest(stage, by);
      const offered = now && Object.values(now.answers).filter((answer) => answer.count > 0);
      if (!now || !offered || offered.length === 0) return;
      const { line, org, wave, rev } = stage.dice.pick(offered);
      await by.give(accept, { room: now.room, request: now.id, parts: [{ line, org, wave, sees: rev }] });
    },
  },
  {
    act: 'open a room, let someone in, or out', weight: 1,
    async do(stage, by) {
      const { dice, rooms, clients } = stage;
      if (rooms.length === 0 || dice.chance(0.2)) {
        const id = newId(Date.now(), randomBytes(10));
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
