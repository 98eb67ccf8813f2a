import { refused, type Refusal } from '@noroshi/foundations/kernel';
import type { AtDoor } from '@noroshi/foundations/sync/server';
import { deviceName, ended, loginKey, signIn, signOut } from '../account.ts';
import type { AccountRow } from './accounts.server.ts';
import { at } from './at.server.ts';
import { holding } from './holding.server.ts';
import { theirMail } from './in-the-book.server.ts';
import { meOf } from './me-of.server.ts';
import { isSecret } from './sessions.server.ts';
import type { Rooms, Visit } from './visit.server.ts';

/** Of so many people who share an e-mail address the password is asked at most; the others sign in by their login. */
const mostSharing = 20;

/** Signing in by a password, signing out, and what a device asks that was signed out elsewhere. */
export function signInKeepers(rooms: Rooms): [string, AtDoor<Visit>][] {
  const { accounts, sessions, guessing, hashing, attempts: noted, stair } = rooms;

  /**
   * Whose login this is. An e-mail address serves too. A section often shares one, and anyone can write any address into
   * their own card: so it names everyone who has it and a password, and the password says who of them it is. Nobody
   * takes it from another. Whoever had an account first comes first, should they be too many.
   */
  const whose = async (key: string): Promise<readonly AccountRow[]> => {
    const byLogin = await accounts.byLogin(key);
    const people = theirMail(rooms, key).filter((who) => !who.disabled).map((who) => who.id);
    // Asked for in either case, so that both take the same time.
    const byMail = await accounts.withPassword(people, mostSharing);
    return byLogin ? [byLogin] : byMail;
  };

  /**
   * The one account among these that has this password; `undefined` for none, and for more than one, since then nobody
   * can say who it is. All are asked, so that the answer does not come sooner for one than for another.
   */
  const whoHas = async (candidates: readonly AccountRow[], password: string, from: string): Promise<AccountRow | undefined | Refusal> => {
    const right: AccountRow[] = [];
    // An unknown login takes as long as a known one.
    for (const account of candidates.length > 0 ? candidates : [undefined]) {
      const verdict = await hashing.verify(account?.password ?? null, password, from);
      if (typeof verdict !== 'boolean') return verdict;
      if (verdict && account) right.push(account);
    }
    return right.length === 1 ? right[0] : undefined;
  };

  return [
    at(signIn, async (visit, { login, password, device }) => {
      const key = loginKey(login);
      const name = device ?? deviceName(visit.agent);
      const may = await guessing.mayTry(key, visit.address);
      const candidates = await whose(key);
      const meant = candidates.length === 1 ? candidates[0]!.person : undefined;
      if (!may.ok) {
        await noted.note('slowed', meant, visit.address, name);
        return may;
      }
      const account = await whoHas(candidates, password, visit.address);
      if (account && 'ok' in account) {
        await guessing.notMade(key, visit.address);
        return account;
      }
      if (!account) {
        await noted.note('wrong', meant, visit.address, name);
        return refused('account.wrong');
      }
      await guessing.forgive(key, visit.address);
      if (!rooms.actorOf(account.person)) {
        await noted.note('disabled', account.person, visit.address, name);
        return refused('account.disabled');
      }
      // What was right when it was asked may have ended while it was hashed.
      const begun = await holding(stair.pool, account.person, async (db) => {
        const still = (await accounts.of(account.person, db))?.password === account.password && rooms.actorOf(account.person);
        return still ? sessions.beginWithin(db, account.person, name) : undefined;
      });
      if (!begun) {
        await noted.note('wrong', account.person, visit.address, name);
        return refused('account.wrong');
      }
      sessions.ended(account.person, begun.pushedOut);
      await noted.note('in', account.person, visit.address, name);
      if (visit.session) await sessions.end(visit.session.person, { only: visit.session.id });
      visit.keep(begun.secret);
      return meOf(rooms, begun.session);
    }),
    at(signOut, async (visit) => {
      if (visit.session) await sessions.end(visit.session.person, { only: visit.session.id });
      visit.keep(undefined);
      visit.clear();
      return {};
    }),
    at(ended, async (visit) => {
      const known = visit.secret !== undefined && isSecret(visit.secret) ? await sessions.endOf(visit.secret) : undefined;
      // A closed account ends its sessions a moment after it is closed.
      const isEnded = known !== undefined && (known.revoked || !rooms.actorOf(known.person));
      // The secret stays with the device: should it be turned off before it has cleared itself, it learns the same again.
      if (isEnded) visit.clear();
      return { ended: isEnded };
    }),
  ];
}
