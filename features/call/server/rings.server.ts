import type { Visit } from '@noroshi/features/account/server';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { refused } from '@noroshi/foundations/kernel';
import type { Teller } from '@noroshi/foundations/notify';
import { currentStay, roomStream } from '@noroshi/foundations/sync';
import { asRefusal, ComeBackLater, type AtDoor, type Stair } from '@noroshi/foundations/sync/server';
import { rings } from '../rings.ts';

/** Who is rung by nothing: a line that is open rings by itself, and a push where there is none. (CA15) */
export const ringsKeeper = (stair: Stair, teller: Teller): [string, AtDoor<Visit>] => [rings.door, async ({ actor }, input) => {
  if (!actor) return refused('account.signedOut');
  try {
    stair.takesQuestion(actor);
  } catch (error) {
    if (error instanceof ComeBackLater) return asRefusal(error);
    throw error;
  }
  const { memory, hub } = stair;
  const { room } = input as { room: string };
  const stream = memory.streams.get(roomStream(room));
  const known = memory.get(roomNoun.noun, room)?.value as Room | undefined;
  // Who calls there has a seat; what devices people of the house have is no guest's to know.
  if (!stream || !known || known.kind === 'board' || actor.role === 'guest' || !currentStay(memory.member(stream.key, actor.person))) return refused('talk.roomNotFound');
  if (!stair.isAlone) return { none: [] };
  const silent = [...stream.byNo.values()].filter((who) => who.person !== actor.person && currentStay(who) && !who.shut && hub.lines.presence(who.person).devices === 0);
  const none = await Promise.all(silent.map(async ({ person }) => ((await teller.reach(person)).includes('push') ? [] : [person])));
  return { none: none.flat() };
}];
