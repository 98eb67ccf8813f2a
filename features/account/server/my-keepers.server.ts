import { refused } from '@noroshi/foundations/kernel';
import type { AtDoor } from '@noroshi/foundations/sync/server';
import { changePassword, chooseLanguage, devices, me, signOutDevice, signOutOthers } from '../account.ts';
import { at } from './at.server.ts';
import { hashOf, ownWords } from './hash-of.server.ts';
import { holding } from './holding.server.ts';
import { theOrganization, thePerson } from './in-the-book.server.ts';
import { meOf } from './me-of.server.ts';
import type { Rooms, Visit } from './visit.server.ts';

/** What everyone sees to for themselves: language, password, devices. */
export function myKeepers(rooms: Rooms): [string, AtDoor<Visit>][] {
  const { accounts, sessions, hashing, guessing, stair } = rooms;
  return [
    at(me, async (visit) => {
      // A browser forgets a cookie 400 days after it was given: it is given again each time the application opens.
      visit.keep(visit.secret);
      return meOf(rooms, visit.session!);
    }),
    at(chooseLanguage, async (visit, { language }) => {
      await accounts.setLanguage(visit.session!.person, language);
      return meOf(rooms, visit.session!);
    }),
    at(changePassword, async (visit, { current, password, endOthers }) => {
      const { person, id: session } = visit.session!;
      const account = await accounts.of(person);
      if (!account) return refused('account.noLogin');
      if (account.password !== null) {
        // A device left lying open is no way to guess its owner's password either.
        const may = await guessing.mayTry(account.login, visit.address);
        if (!may.ok) return may;
        const right = await hashing.verify(account.password, current ?? '', visit.address);
        if (typeof right !== 'boolean') {
          await guessing.notMade(account.login, visit.address);
          return right;
        }
        if (!right) return refused('account.wrongPassword');
        await guessing.forgive(account.login, visit.address);
      }
      const who = thePerson(rooms, person)!;
      const hashed = await hashOf(rooms, password, ownWords(who, theOrganization(rooms, who.org), account.login), visit.address);
      if (typeof hashed !== 'string') return hashed;
      const ended = await holding(stair.pool, person, async (db) => {
        if (!(await accounts.changePassword(db, person, session, account.password, hashed))) return undefined;
        return endOthers ? sessions.endWithin(db, person, { but: session }) : [];
      });
      // Either this device has been signed out meanwhile, or another one has changed the password.
      if (!ended) return refused(await sessions.find(visit.secret!) ? 'account.wrongPassword' : 'account.signedOut');
      sessions.ended(person, ended);
      return {};
    }),
    at(devices, async (visit) => {
      const all = await sessions.of(visit.session!.person);
      return { devices: all.map(({ id, device, created, seen }) => ({ session: id, name: device, created, seen, here: id === visit.session!.id })) };
    }),
    at(signOutDevice, async (visit, { session }) => {
      const ended = await sessions.end(visit.session!.person, { only: session });
      if (ended === 0) return refused('account.deviceNotFound');
      if (session === visit.session!.id) visit.keep(undefined);
      return {};
    }),
    at(signOutOthers, async (visit) => ({ ended: await sessions.end(visit.session!.person, { but: visit.session!.id }) })),
  ];
}
