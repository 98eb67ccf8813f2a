import { allowed, idShape, momentShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, member, workspaceStream, type Many } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { entering } from './entering.ts';
import { checkGuestTime, guestEnds } from './guest-time.ts';
import type { Seat } from './hand-over.ts';
import { mayRule, mayTend } from './may-administer.ts';
import { theOrganization } from './organization.ts';
import {
  awaySet, awayShape, guestTimeSet, personAmended, personDetailsShape, personDisabled, personEnabled, personRoles, personShape, roleGiven, thePerson,
} from './person.ts';
import { postShape, thePost } from './post.ts';
import { toldInRooms } from './told-in-rooms.ts';

/** Someone comes into the directory, usually with the desk they sit at. */
export const addPerson = command('directory.addPerson', {
  about: 'Adds a person, and the post they hold, to the directory. Rooms of their organization open to them. A guest may be let in until a time.',
  input: z.strictObject({ ...personShape.def.shape, post: z.optional(z.omit(postShape, { org: true, holder: true })), until: z.optional(momentShape) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ same: thePerson(input.id), org: theOrganization(input.org), samePost: thePost(input.post?.id ?? '') }),
  may(actor, { same, org, samePost }, input, { now }) {
    const verdict = input.role === 'administrator' ? mayRule(actor) : mayTend(actor, input.org);
    if (!verdict.ok) return verdict;
    if (!org) return refused('directory.organizationNotFound');
    if (same || samePost) return refused('directory.alreadyThere');
    if (input.role === 'guest' && input.post) return refused('directory.guestHoldsNoPost');
    if (input.until !== undefined && input.role !== 'guest') return refused('directory.onlyGuestsEnd');
    return input.until === undefined ? allowed : checkGuestTime(input.until, now);
  },
  then: ({ post, until, ...who }, { org }, _actor, when) => [
    ...entering(who, org!, post && { ...post, org: who.org }, false, when),
    ...(until === undefined ? [] : [happens(guestTimeSet, { id: who.id, until }), guestEnds(who.id, until)]),
  ],
});

/** A person's names and ways to be reached change. */
export const amendPerson = command('directory.amendPerson', {
  about: "Changes a person's name, kana, telephones or e-mail. Everyone may do so for themselves.",
  input: personDetailsShape,
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ who: thePerson(input.id) }),
  may(actor, { who }) {
    if (who && who.id === actor.person) return allowed;
    const verdict = who?.role === 'administrator' ? mayRule(actor) : mayTend(actor, who?.org);
    return verdict.ok && !who ? refused('directory.notFound') : verdict;
  },
  then: (input) => [happens(personAmended, input)],
});

/** 不在: someone is away until a time, and another stands in. Said by themselves, also without a line, or by who tends them. */
export const setAway = command('directory.setAway', {
  about: 'Says until when someone is away and who stands in; without a time they are back. Everyone may say it of themselves. It ends by itself.',
  input: z.strictObject(awayShape.shape),
  streams: () => [workspaceStream],
  needs: ({ person, standIn }) => ({ who: thePerson(person), other: thePerson(standIn ?? '') }),
  may(actor, { who, other }, { person, until, from, standIn }, { now }) {
    if (person !== actor.person) {
      const verdict = who?.role === 'administrator' ? mayRule(actor) : mayTend(actor, who?.org);
      if (!verdict.ok) return verdict;
    }
    if (!who || who.role === 'guest') return refused('directory.notFound');
    if (until === undefined) return allowed;
    if (until <= now) return refused('directory.awayOver');
    if ((from ?? 0) >= until) return refused('directory.awayBackwards');
    if (standIn === person) return refused('directory.standInIsSelf');
    return standIn && (!other || other.disabled || other.role === 'guest') ? refused('directory.personNotFound') : allowed;
  },
  then: (input) => [happens(awaySet, input)],
});

const everySeat = { many: member.noun, stream: '*' } as Many<Seat>;

/** Someone loses the door: at once, on all their lines. What they wrote stays. */
export const disablePerson = command('directory.disablePerson', {
  about: 'Closes an account. All its lines end within a second; what it wrote stays.',
  input: z.strictObject({ id: idShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ who: thePerson(input.id), seats: everySeat }),
  may(actor, { who }, input) {
    const verdict = who?.role === 'administrator' ? mayRule(actor) : mayTend(actor, who?.org);
    if (!verdict.ok) return verdict;
    if (!who) return refused('directory.notFound');
    // Nobody locks themselves out: the last administrator could not be let in again.
    if (input.id === actor.person) return refused('directory.notYourself');
    return allowed;
  },
  then: (input, { seats }) => [happens(personDisabled, { id: input.id }), ...toldInRooms(input.id, seats, true)],
});

/** Someone is let in again. */
export const enablePerson = command('directory.enablePerson', {
  about: 'Opens a closed account again.',
  input: z.strictObject({ id: idShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ who: thePerson(input.id), seats: everySeat }),
  may(actor, { who }, _input, { now }) {
    const verdict = who?.role === 'administrator' ? mayRule(actor) : mayTend(actor, who?.org);
    if (!verdict.ok) return verdict;
    if (!who) return refused('directory.notFound');
    // Nothing would close it again.
    return who.until !== undefined && who.until <= now ? refused('directory.guestTimeOver') : allowed;
  },
  then: (input, { seats }) => [happens(personEnabled, { id: input.id }), ...toldInRooms(input.id, seats, false)],
});

/** The rooms of an account that was closed before they were told of it learn it. A migration of the tables asks for it, once. */
export const tellRooms = command('directory.tellRooms', {
  about: 'Tells the rooms of someone whether their account is closed.',
  input: z.strictObject({ person: idShape }),
  streams: () => [workspaceStream],
  alone: true,
  system: true,
  offline: false,
  needs: (input) => ({ who: thePerson(input.person), seats: everySeat }),
  may: (_actor, { who }) => (who ? allowed : refused('directory.notFound')),
  then: (input, { who, seats }) => toldInRooms(input.person, seats, who!.disabled ?? false),
});

/** What an account may do beyond its rooms changes. */
export const giveRole = command('directory.giveRole', {
  about: 'Makes someone administrator, organization manager or member. A guest stays a guest.',
  input: z.strictObject({ id: idShape, role: z.enum(personRoles) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (input) => ({ who: thePerson(input.id) }),
  may(actor, { who }, input) {
    const verdict = input.role === 'administrator' || who?.role === 'administrator' ? mayRule(actor) : mayTend(actor, who?.org);
    if (!verdict.ok) return verdict;
    if (!who) return refused('directory.notFound');
    if (who.id === actor.person) return refused('directory.notYourself');
    if ((who.role === 'guest') !== (input.role === 'guest')) return refused('directory.guestStaysGuest');
    return allowed;
  },
  then: (input) => [happens(roleGiven, input)],
});
