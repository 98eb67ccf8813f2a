import { idShape, momentShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type MemberCard, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import type { Organization } from './organization.ts';
import type { Post } from './post.ts';

export const phoneKinds = ['mobile', 'direct', 'office', 'home', 'satellite'] as const;

/** What a telephone number consists of: digits and hyphens, for other countries with a plus at its head. */
export const phoneNumber = /^\+?[0-9][0-9-]{6,18}$/;

/** What is roughly an e-mail address. The dots divide it in one way only: a text of nothing but dots must not keep the server busy. */
export const emailAddress = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** A number to ring. */
export const phoneShape = z.strictObject({
  kind: z.enum(phoneKinds),
  number: z.string().check(z.regex(phoneNumber)),
  /**
   * 災害時優先電話: its *outgoing* calls pass when lines are congested. The ministry tells holders not to publish
   * the number, so it is shown to those who may call and is never exported.
   */
  priority: z.optional(z.boolean()),
});
export type Phone = z.output<typeof phoneShape>;

export const personRoles = ['administrator', 'manager', 'member', 'guest'] as const;

const details = {
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  kana: z.string().check(z.maxLength(80)),
  /** In the order in which they are to be tried. */
  phones: z.array(phoneShape).check(z.maxLength(8)),
  email: z.optional(z.string().check(z.maxLength(254), z.regex(emailAddress))),
};
export const personShape = z.strictObject({ id: idShape, org: idShape, role: z.enum(personRoles), ...details });
export const personDetailsShape = z.strictObject({ id: idShape, ...details });

/** Someone with an account. Their posts are in `post`, which knows its holder. */
export interface Person extends z.output<typeof personShape> {
  readonly disabled?: boolean;
  /** 緊急 was taken from them: by whom, and when. Whoever is no guest has it from the start. */
  readonly noUrgent?: { readonly by: Id; readonly at: Moment };
  /** A guest is let in until then. */
  readonly until?: Moment;
  /** 不在, as it was said last: it may be over, or not yet begun (`awayNow`). */
  readonly away?: z.output<typeof awayShape>;
}

/** Until when someone is away, from when, and who stands in. Without `until` they are back. */
export const awayShape = z.object({ person: idShape, until: z.optional(momentShape), from: z.optional(momentShape), standIn: z.optional(idShape) });

/** What is said of someone's absence at this moment; nothing where they are here. It ends by the clock, and nobody has to end it. */
export function awayNow({ away }: Pick<Person, 'away'>, now: Moment): { readonly until: Moment; readonly standIn?: Id | undefined } | undefined {
  return away?.until !== undefined && now < away.until && now >= (away.from ?? 0) ? { until: away.until, standIn: away.standIn } : undefined;
}

export const personAdded = eventKind('directory.personAdded', 12, personShape);
export const personAmended = eventKind('directory.personAmended', 13, personDetailsShape);
export const personDisabled = eventKind('directory.personDisabled', 14, z.object({ id: idShape }));
export const personEnabled = eventKind('directory.personEnabled', 15, z.object({ id: idShape }));
export const roleGiven = eventKind('directory.roleGiven', 16, z.object({ id: idShape, role: z.enum(personRoles) }));
export const guestTimeSet = eventKind('directory.guestTimeSet', 29, z.object({ id: idShape, until: momentShape }));
export const urgentGiven = eventKind('directory.urgentGiven', 20, z.object({ id: idShape, given: z.boolean() }));
export const awaySet = eventKind('directory.awaySet', 22, awayShape);

export const person = noun<Person>('person')
  .begins(personAdded, (e) => e.body.id, (e) => e.body)
  .on(personAmended, (e) => e.body.id, (now, e) => {
    if (!now) return undefined;
    const { email: _before, ...who } = now;
    return { ...who, ...e.body };
  })
  .on(personDisabled, (e) => e.body.id, (now, e) => now && { ...now, disabled: e.seq > 0 })
  .on(personEnabled, (e) => e.body.id, (now) => now && { ...now, disabled: false })
  .on(roleGiven, (e) => e.body.id, (now, e) => now && { ...now, role: e.body.role })
  .on(guestTimeSet, (e) => e.body.id, (now, e) => now && { ...now, until: e.body.until })
  .on(urgentGiven, (e) => e.body.id, (now, e) => {
    if (!now) return undefined;
    const { noUrgent, ...who } = now;
    return e.body.given ? who : { ...who, noUrgent: noUrgent ?? { by: e.by, at: e.at } };
  })
  .on(awaySet, (e) => e.body.person, (now, e) => now && { ...now, away: e.body });

export const thePerson = (id: Id): Ref<Person> => ref(person, id);

/** What a person may change of themselves: their names and how to reach them. */
export function detailsOf({ id, name, kana, phones, email }: z.output<typeof personDetailsShape>): z.output<typeof personDetailsShape> {
  return { id, name, kana, phones, ...(email === undefined ? {} : { email }) };
}

/** What a room says of a member: taken down when they come in, so that a record keeps the desk they spoke from. */
export function cardOf(who: Person, org: Organization, post: Post | undefined): MemberCard {
  return {
    name: who.name, org: org.id, orgName: org.name, mark: org.short,
    post: post?.title ?? '', rank: post?.rank ?? 99,
    ...(who.role === 'guest' ? { guest: true } : {}),
    ...(post ? { via: post.id } : {}),
  };
}
