import { allowed, canonical, refused, type Id } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream, type Effect, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { entering } from './entering.ts';
import { mayRule, mayTend } from './may-administer.ts';
import { organization, type Organization } from './organization.ts';
import { cardOf, detailsOf, person, personAmended, personDetailsShape, personShape, type Person } from './person.ts';
import { handedOver, post, postAdded, postShape, type Post } from './post.ts';

/** As many as one import takes: more than a prefecture and its towns have on the line. */
export const mostImported = 500;

const deskShape = z.omit(postShape, { org: true, holder: true });

const addedShape = z.strictObject({ ...personShape.def.shape, post: z.optional(deskShape) });
const amendedShape = z.strictObject({
  ...personDetailsShape.def.shape,
  /** As they stood when the file was checked: what someone has changed since is not overwritten. */
  was: z.optional(personDetailsShape),
  /** A desk they get in addition: a new one, or one that stands empty. */
  post: z.optional(deskShape),
});

/** What a checked file comes to. */
export const importShape = z.strictObject({
  add: z.array(addedShape).check(z.maxLength(mostImported)),
  amend: z.array(amendedShape).check(z.maxLength(mostImported)),
});
export type Import = z.output<typeof importShape>;

/** People come in, or change, from a table: all of it or nothing. `directory.checkImport` makes its input from a file. */
export const importPeople = command('directory.import', {
  about: 'Adds and amends people from a checked table, all or nothing. Ask directory.checkImport for the input.',
  input: importShape,
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: () => ({
    people: { many: person.noun } as Many<Person>,
    posts: { many: post.noun } as Many<Post>,
    organizations: { many: organization.noun } as Many<Organization>,
  }),
  may(actor, { people, posts, organizations }, { add, amend }) {
    if (add.length + amend.length === 0) return refused('import.nothing');
    if (add.length + amend.length > mostImported) return refused('input.tooLong', { at: 'add', max: mostImported });
    const known = new Map(people.map((p) => [p.id, p]));
    const desks = new Map(posts.map((p) => [p.id, p]));
    const named = new Set<Id>();
    const desksNamed = new Set<Id>();
    const deskRefusal = (org: Id, desk: { readonly id: Id } | undefined, name: string) => {
      if (!desk) return undefined;
      if (desksNamed.has(desk.id)) return refused('import.postTwice', { name });
      desksNamed.add(desk.id);
      const there = desks.get(desk.id);
      return there && (there.holder || there.org !== org) ? refused('import.postHeld', { name }) : undefined;
    };
    for (const who of add) {
      const verdict = who.role === 'administrator' ? mayRule(actor) : mayTend(actor, who.org);
      if (!verdict.ok) return verdict;
      if (!organizations.some((o) => o.id === who.org)) return refused('directory.organizationNotFound');
      if (known.has(who.id) || named.has(who.id)) return refused('directory.alreadyThere');
      if (who.role === 'guest' && who.post) return refused('directory.guestHoldsNoPost');
      named.add(who.id);
      const wrong = deskRefusal(who.org, who.post, who.name);
      if (wrong) return wrong;
    }
    for (const who of amend) {
      const before = known.get(who.id);
      const verdict = before?.role === 'administrator' && actor.person !== who.id ? mayRule(actor) : mayTend(actor, before?.org);
      if (!verdict.ok) return verdict;
      if (!before || named.has(who.id)) return refused('directory.notFound');
      named.add(who.id);
      if (who.was && canonical(who.was) !== canonical(detailsOf(before))) return refused('import.changedSince', { name: before.name });
      if (before.role === 'guest' && who.post) return refused('directory.guestHoldsNoPost');
      if (before.disabled && who.post) return refused('import.accountClosed', { name: who.name });
      const wrong = deskRefusal(before.org, who.post, who.name);
      if (wrong) return wrong;
    }
    return allowed;
  },
  then({ add, amend }, { people, posts, organizations }, _actor, when): Effect[] {
    const orgs = new Map(organizations.map((o) => [o.id, o]));
    const standing = new Set(posts.map((p) => p.id));
    return [
      ...add.flatMap(({ post: desk, ...who }) => entering(who, orgs.get(who.org)!, desk && { ...desk, org: who.org }, standing.has(desk?.id ?? ''), when)),
      ...amend.flatMap(({ was: _was, post: desk, ...details }): Effect[] => {
        const before = people.find((p) => p.id === details.id)!;
        const after = { ...before, ...details };
        const amended = canonical(detailsOf(after)) === canonical(detailsOf(before)) ? [] : [happens(personAmended, details)];
        if (!desk) return amended;
        const taken: Post = { ...desk, org: before.org, holder: before.id };
        return [
          ...amended,
          standing.has(desk.id) ? happens(handedOver, { post: desk.id, to: before.id }) : happens(postAdded, taken),
          { joins: before.id, card: cardOf(after, orgs.get(before.org)!, taken), history: true, on: workspaceStream },
          { later: when.now, step: `seat/${desk.id}`, command: 'talk.seatPost', input: { post: desk.id } },
        ];
      }),
    ];
  },
});
