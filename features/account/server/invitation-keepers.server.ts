import { addOrganization, addPerson, person as personNoun, type Person } from '@noroshi/features/directory';
import { derivedId, newId, refused, systemActor, type Id, type Refusal, type Verdict } from '@noroshi/foundations/kernel';
import { workspaceStream, type Deed } from '@noroshi/foundations/sync';
import type { AtDoor } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { acceptInvitation, beginHouse, deviceName, invite, loginKey, openInvitation, reissue, withdrawInvitation, type Invitation } from '../account.ts';
import { at } from './at.server.ts';
import { hashOf, ownWords } from './hash-of.server.ts';
import { holding } from './holding.server.ts';
import { organizations, theirMail, theOrganization, thePerson } from './in-the-book.server.ts';
import { mayInvite } from './may-invite.server.ts';
import { meOf } from './me-of.server.ts';
import type { Session } from './sessions.server.ts';
import type { Rooms, Visit } from './visit.server.ts';

/** 招待: a link is made, opened and used, the first one to begin the house. */
export function invitationKeepers(rooms: Rooms): [string, AtDoor<Visit>][] {
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
