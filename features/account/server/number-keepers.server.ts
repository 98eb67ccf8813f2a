import { refused } from '@noroshi/foundations/kernel';
import type { AtDoor } from '@noroshi/foundations/sync/server';
import { deviceName, enterByNumber, makeNumber } from '../account.ts';
import { at } from './at.server.ts';
import { holding } from './holding.server.ts';
import { meOf } from './me-of.server.ts';
import type { Rooms, Visit } from './visit.server.ts';

/** つなぐ番号: a device that is in shows a number, and another comes in by it. */
export function numberKeepers(rooms: Rooms): [string, AtDoor<Visit>][] {
  const { numbers, guessing, sessions, attempts: noted, stair } = rooms;
  return [
    at(makeNumber, async (visit) => numbers.make(visit.session!)),
    at(enterByNumber, async (visit, { number, device, claim }) => {
      const name = device ?? deviceName(visit.agent);
      // Each number is a login of its own: what slows a guesser down is the address, and what all of them may try together.
      const guess = `number ${number}`;
      const may = await guessing.mayTry(guess, visit.address);
      const taken = may.ok ? numbers.take(number, claim) : may;
      if ('ok' in taken) {
        await noted.note(taken.code === 'account.slowDown' ? 'slowed' : 'wrong', undefined, visit.address, name);
        return taken;
      }
      const { person, id: shownBy } = taken.by;
      const begun = await holding(stair.pool, person, async (db) => {
        if (!rooms.actorOf(person) || !(await sessions.lastsWithin(db, shownBy))) return undefined;
        if (taken.before && !(await sessions.lastsWithin(db, taken.before))) return undefined;
        const before = taken.before ? await sessions.endWithin(db, person, { only: taken.before }) : [];
        return { before, ...await sessions.beginWithin(db, person, name) };
      }).catch((error: unknown) => {
        taken.giveBack();
        throw error;
      });
      if (!begun) {
        taken.giveBack();
        await noted.note('wrong', person, visit.address, name);
        return refused('account.numberWrong');
      }
      taken.let(begun.session.id);
      sessions.ended(person, [...begun.before, ...begun.pushedOut]);
      await guessing.forgive(guess, visit.address);
      await noted.note('number', person, visit.address, name);
      if (visit.session) await sessions.end(visit.session.person, { only: visit.session.id });
      visit.keep(begun.secret);
      return meOf(rooms, begun.session);
    }),
  ];
}
