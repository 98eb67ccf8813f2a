import { addOrganization, addPerson, mayRule, mayTend, person as personNoun, organization as organizationNoun, type Organization, type Person } from '@noroshi/features/directory';
import { derivedId, newId, refused, systemActor, type Actor, type Id, type Refusal, type Verdict } from '@noroshi/foundations/kernel';
import { workspaceStream, type Deed } from '@noroshi/foundations/sync';
import type { AtDoor } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import {
  acceptInvitation, attempts, beginHouse, changePassword, chooseLanguage, deviceName, devices, ended, endSessions, invite, judgePassword, loginKey, me,
  openInvitation, reissue, signIn, signOut, signOutDevice, signOutOthers, standings, withdrawInvitation, type Invitation,
} from '../account.ts';
import type { Rooms, Visit } from './visit.server.ts';
import type { AccountRow } from './accounts.server.ts';
import { at } from './at.server.ts';
import { holding } from './holding.server.ts';
import { meOf } from './me-of.server.ts';
import { numberKeepers } from './number-keepers.server.ts';
import { isSecret, type Session } from './sessions.server.ts';

/** Of so many people who share an e-mail address the password is asked at most; the others sign in by their login. */
const mostSharing = 20;

/** How each door is answered. */
export function keepers(rooms: Rooms): [string, AtDoor<Visit>][] {
  return [...comingIn(rooms), ...numberKeepers(rooms), ...mine(rooms), ...invitations(rooms), ...administration(rooms)];
}

const thePerson = (rooms: Rooms, id: Id): Person | undefined => rooms.stair.memory.get(personNoun.noun, id)?.value as Person | undefined;
const theOrganization = (rooms: Rooms, id: Id): Organization | undefined => rooms.stair.memory.get(organizationNoun.noun, id)?.value as Organization | undefined;
const organizations = (rooms: Rooms): Organization[] => rooms.stair.memory.of(workspaceStream, organizationNoun.noun).map((doc) => doc.value as Organization);

/** Everyone with this e-mail address. */
const theirMail = (rooms: Rooms, key: string): Person[] => rooms.stair.memory.of(workspaceStream, personNoun.noun).map((doc) => doc.value as Person).filter((who) => who.email && loginKey(who.email) === key);

/** What a guesser would try first against this person. */
function ownWords(who: Person, org: Organization | undefined, login: string): string[] {
  return [login, who.name, who.name.replaceAll(/\s/g, ''), who.kana, who.email ?? '', org?.name ?? '', org?.kana ?? '', org?.romaji ?? '', org?.short ?? ''];
}

function comingIn(rooms: Rooms): [string, AtDoor<Visit>][] {
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

function mine(rooms: Rooms): [string, AtDoor<Visit>][] {
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

async function hashOf(rooms: Rooms, password: string, own: readonly string[], from: string): Promise<string | Refusal> {
  const verdict = judgePassword(password, own);
  return verdict.ok ? rooms.hashing.hash(password, from) : verdict;
}

/** Who tends someone's account: administrators everyone's, managers those of their own organization but no administrator's. */
function mayInvite(actor: Actor, who: Person | undefined): Verdict {
  const verdict = who?.role === 'administrator' ? mayRule(actor) : mayTend(actor, who?.org);
  if (!verdict.ok) return refused('account.notAllowed');
  if (!who) return refused('directory.personNotFound');
  return who.disabled ? refused('account.disabledPerson') : verdict;
}

function invitations(rooms: Rooms): [string, AtDoor<Visit>][] {
  const { accounts, sessions, attempts: noted, stair } = rooms;

  /** @param first what is asked or ends before, in the same transaction; where it refuses, no link is made */
  const linkFor = async (visit: Visit, who: Person, login: string | undefined, first: (db: pg.PoolClient) => Promise<Refusal | undefined> = async () => undefined): Promise<Invitation | Refusal> => {
    // Whoever signs in by e-mail would meet this account instead of their own.
    if (login !== undefined && theirMail(rooms, loginKey(login)).some((other) => other.id !== who.id)) return refused('account.loginTaken', { login });
    const given = await accounts.giveLogin(who.id, login, theOrganization(rooms, who.org)?.romaji ?? '');
    if (typeof given !== 'string') return given;
    const made = await holding(stair.pool, who.id, async (db) => {
      const refusal = await first(db);
      return refusal ?? rooms.invitations.make(who.id, visit.actor!.person, db);
    });
    if ('ok' in made) return made;
    const { secret, expires } = made;
    const url = `${visit.base}/invitation#${secret}`;
    const { renderSVG } = await import('uqr');
    return { person: who.id, url, qr: renderSVG(url, { border: 2 }), login: given, expiresAt: expires };
  };

  const comeIn = async (visit: Visit, token: string, claim: Id | undefined, device: string | undefined, then: Parameters<typeof rooms.invitations.use>[3]): Promise<Session | Refusal> => {
    const name = device ?? deviceName(visit.agent);
    const begun = await rooms.invitations.use(token, claim, name, then);
    if ('ok' in begun) return begun;
    if (visit.session) await sessions.end(visit.session.person, { only: visit.session.id });
    await noted.note('invitation', begun.session.person, visit.address, name);
    visit.keep(begun.secret);
    return begun.session;
  };

  const bySystem = async (deed: Deed<any, any>, input: unknown): Promise<Verdict> => {
    const answer = await stair.submit(systemActor, { id: newId(stair.now(), randomBytes(10)), name: deed.deed, input });
    return answer.ok ? { ok: true } : (answer as Refusal);
  };

  return [
    at(invite, async (visit, { person, login, fresh }) => {
      const who = thePerson(rooms, person);
      const verdict = mayInvite(visit.actor!, who);
      const first = async (db: pg.PoolClient): Promise<Refusal | undefined> => (fresh && await rooms.invitations.isInvited(person, db) ? refused('account.invitedAlready') : undefined);
      return verdict.ok ? linkFor(visit, who!, login, first) : verdict;
    }),
    at(reissue, async (visit, { person, login, endSessions: all }) => {
      const who = thePerson(rooms, person);
      const verdict = mayInvite(visit.actor!, who);
      if (!verdict.ok) return verdict;
      if (!all) return linkFor(visit, who!, login);
      let ended: Id[] = [];
      const link = await linkFor(visit, who!, login, async (db) => {
        // The devices first: what one of them is just changing finds no session, or ends with all else.
        ended = await sessions.endWithin(db, person, { but: person === visit.session!.person ? visit.session!.id : undefined });
        await accounts.setPassword(person, null, db);
        return undefined;
      });
      sessions.ended(person, ended);
      return link;
    }),
    at(withdrawInvitation, async (visit, { person }) => {
      const verdict = mayInvite(visit.actor!, thePerson(rooms, person));
      if (!verdict.ok) return verdict;
      return (await rooms.invitations.withdraw(person)) > 0 ? {} : refused('account.invitationNotFound');
    }),
    at(openInvitation, async (_visit, { token }) => {
      const invited = await rooms.invitations.look(token);
      if ('ok' in invited) return invited;
      if (invited.person === null) {
        const prefecture = organizations(rooms).find((org) => org.kind === 'prefecture');
        return { kind: 'first', ...(prefecture ? { orgName: prefecture.name } : {}), hasPassword: false, expiresAt: invited.expires };
      }
      const who = thePerson(rooms, invited.person);
      if (!who || who.disabled) return refused('account.invitationWithdrawn');
      const account = await accounts.of(who.id);
      return {
        kind: 'person', name: who.name, orgName: theOrganization(rooms, who.org)?.name ?? '',
        ...(account ? { login: account.login } : {}), hasPassword: account?.password != null, expiresAt: invited.expires,
      };
    }),
    at(acceptInvitation, async (visit, { token, password, device, claim }) => {
      const invited = await rooms.invitations.look(token);
      // Hashed before the link is taken, so that it is not held while others wait; a used one goes no further.
      let hashed: string | undefined;
      if (password !== undefined && !('ok' in invited) && invited.person !== null) {
        const who = thePerson(rooms, invited.person);
        const account = await accounts.of(invited.person);
        const made = who && await hashOf(rooms, password, ownWords(who, theOrganization(rooms, who.org), account?.login ?? ''), visit.address);
        if (made !== undefined && typeof made !== 'string') return made;
        hashed = made;
      }
      const session = await comeIn(visit, token, claim, device, async (link, db) => {
        if (link.person === null) return refused('account.invitationNotFound');
        if (!rooms.actorOf(link.person)) return refused('account.invitationWithdrawn');
        if (hashed !== undefined) await accounts.setPassword(link.person, hashed, db);
        return link.person;
      });
      return 'ok' in session ? session : meOf(rooms, session);
    }),
    at(beginHouse, async (visit, input) => {
      const invited = await rooms.invitations.look(input.token);
      if (!('ok' in invited) && invited.person !== null) return refused('account.invitationNotFound');
      const hashed = 'ok' in invited ? undefined : await hashOf(rooms, input.password, [input.login, input.name, input.kana, input.organization?.name ?? '', input.organization?.romaji ?? ''], visit.address);
      if (hashed !== undefined && typeof hashed !== 'string') return hashed;
      const session = await comeIn(visit, input.token, input.claim, input.device, async (link) => {
        if (link.person !== null) return refused('account.invitationNotFound');
        const first = derivedId(link.id, 'administrator');
        // Another has begun the house meanwhile, by whatever way.
        if (stair.memory.of(workspaceStream, personNoun.noun).some(({ value }) => (value as Person).role === 'administrator' && !(value as Person).disabled && (value as Person).id !== first)) return refused('account.invitationWithdrawn');
        if (!thePerson(rooms, first)) {
          let prefecture = organizations(rooms).find((org) => org.kind === 'prefecture')?.id;
          if (!prefecture) {
            if (!input.organization) return refused('input.missing', { at: 'organization' });
            prefecture = derivedId(link.id, 'prefecture');
            const added = await bySystem(addOrganization, { ...input.organization, id: prefecture, kind: 'prefecture' });
            if (!added.ok) return added;
          }
          const added = await bySystem(addPerson, { id: first, org: prefecture, role: 'administrator', name: input.name, kana: input.kana, phones: [] });
          if (!added.ok) return added;
        }
        const login = await accounts.giveLogin(first, input.login, '');
        if (typeof login !== 'string') return login;
        if (hashed !== undefined) await accounts.setPassword(first, hashed);
        if (input.language) await accounts.setLanguage(first, input.language);
        return first;
      });
      return 'ok' in session ? session : meOf(rooms, session);
    }),
  ];
}

function administration(rooms: Rooms): [string, AtDoor<Visit>][] {
  const { accounts, sessions, stair } = rooms;
  return [
    at(standings, async (visit) => {
      const actor = visit.actor!;
      const people = stair.memory.of(workspaceStream, personNoun.noun).map((doc) => doc.value as Person).filter((who) => mayTend(actor, who.org).ok).map((who) => who.id);
      if (people.length === 0) return refused('account.notAllowed');
      const [rows, counts, invited] = await Promise.all([accounts.all(people), sessions.count(people), rooms.invitations.open(people)]);
      return {
        standings: people.map((person) => {
          const account = rows.get(person);
          const seen = counts.get(person)?.seen;
          const until = invited.get(person);
          return {
            person, hasPassword: account?.password != null, devices: counts.get(person)?.devices ?? 0,
            ...(account ? { login: account.login } : {}), ...(seen !== undefined ? { seen } : {}), ...(until !== undefined ? { invitedUntil: until } : {}),
          };
        }),
      };
    }),
    at(endSessions, async (visit, { person }) => {
      const verdict = mayInvite(visit.actor!, thePerson(rooms, person));
      return verdict.ok ? { ended: await sessions.end(person) } : verdict;
    }),
    at(attempts, async (visit, { before }) => {
      const verdict = mayRule(visit.actor!);
      return verdict.ok ? { attempts: await rooms.attempts.before(before) } : refused('account.notAllowed');
    }),
  ];
}
