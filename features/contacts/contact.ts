import { emailAddress, phoneNumber } from '@noroshi/features/directory';
import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { Blacked, Part, Redacts } from '@noroshi/foundations/redacts';
import { eventKind, noun, ref, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** Whom one rings outside the house, in the order of the list: other prefectures, ministries, the Self-Defense Forces, police and fire, and so on. */
export const contactKinds = ['prefecture', 'ministry', 'defence', 'rescue', 'utility', 'hospital', 'transport', 'partner', 'other'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** What a number reaches: the switchboard, a desk, whoever is there at night, a mobile, a satellite telephone, a fax. */
export const lineKinds = ['office', 'direct', 'night', 'mobile', 'satellite', 'fax'] as const;
const lineShape = z.strictObject({ kind: z.enum(lineKinds), number: z.string().check(z.regex(phoneNumber)) });
export type Line = z.output<typeof lineShape>;

/** So many numbers at most; they stand in the order in which they are to be tried. */
export const mostLines = 8;

const words = (most: number) => z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(most)));
const content = {
  kind: z.enum(contactKinds),
  /** The body, as one says it. */
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  kana: z.string().check(z.trim(), z.maxLength(80)),
  phones: z.array(lineShape).check(z.maxLength(mostLines)),
  /** 部署・係. */
  desk: words(80),
  /** Who is asked for there. */
  person: words(60),
  personKana: words(80),
  email: z.optional(z.string().check(z.maxLength(254), z.regex(emailAddress))),
  place: words(200),
  note: words(500),
};
export const contentShape = z.strictObject(content);
export type Content = z.output<typeof contentShape>;
export const contentFields = Object.keys(content) as readonly (keyof Content)[];

const wordless = { kind: 'other', name: '', kana: '', phones: [] } as const;
/** What an event says of a contact. Of what was taken out of the record nothing is left. */
const said = (body: Partial<Content>): Content => Object.assign({ ...wordless, phones: [] }, Object.fromEntries(contentFields.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]]]))));

// Numbers 360 to 379 are this room's.
export const contactPut = eventKind('contacts.put', 360, z.object({ id: idShape, org: idShape, ...content }), { unsaid: ({ id, org }) => ({ id, org, ...said({}) }) });
export const contactAmended = eventKind('contacts.amended', 361, z.object({ contact: idShape, ...content }), { unsaid: ({ contact: of }) => ({ contact: of, ...said({}) }) });
export const contactRemoved = eventKind('contacts.removed', 362, z.object({ contact: idShape, org: idShape }), { takesBack: true });
/** まだ合っています. */
export const contactConfirmed = eventKind('contacts.confirmed', 363, z.object({ contact: idShape }));

/** 外部の連絡先: someone to ring who has no account here. It stands in the list of the organization that tends it, and all inside see it. */
export interface Contact extends Content {
  readonly id: Id;
  readonly org: Id;
  /** How often its words were changed: whoever writes names what they had before them. */
  readonly rev: number;
  /** Who said last that it is right, by writing it or by looking at it. */
  readonly checked: { readonly by: Id; readonly at: Moment };
  readonly removed?: { readonly by: Id; readonly at: Moment };
  readonly redacted?: readonly Blacked[];
}

const marksOf = ({ redacted }: Contact): Pick<Contact, 'redacted'> => (redacted ? { redacted } : {});

export const contact = noun<Contact>('contact')
  .begins(contactPut, (e) => e.body.id, ({ by, at, body }) => ({ ...said(body), id: body.id, org: body.org, rev: 1, checked: { by, at } }))
  .on(contactAmended, (e) => e.body.contact, (now, { by, at, body }) => now && { ...said(body), id: now.id, org: now.org, rev: now.rev + 1, checked: { by, at }, ...marksOf(now) })
  .on(contactConfirmed, (e) => e.body.contact, (now, { by, at }) => now && { ...now, checked: { by, at } })
  // Its words leave with it: what stays says that something stood here, and who took it out.
  .on(contactRemoved, (e) => e.body.contact, (now, { by, at }) => now && { ...said({}), id: now.id, org: now.org, rev: now.rev + 1, checked: now.checked, removed: { by, at }, ...marksOf(now) });
export const theContact = (id: Id): Ref<Contact> => ref(contact, id);

/** How many stand in the list of an organization. */
export const contactCount = noun<{ readonly n: number }>('contactCount')
  .on(contactPut, (e) => e.body.org, (now) => ({ n: (now?.n ?? 0) + 1 }))
  .on(contactRemoved, (e) => e.body.org, (now) => now && { n: now.n - 1 });
export const theCount = (org: Id): Ref<{ readonly n: number }> => ref(contactCount, org);

const fieldsOf: Readonly<Partial<Record<Part, readonly (keyof Content)[]>>> = { text: ['name', 'kana', 'desk', 'note', 'place'], people: ['person', 'personKana', 'phones', 'email'] };
/** Who is named with which numbers goes by itself; the body, its desk, its place and what was noted go by themselves. */
export const contactRedacts: Redacts<Contact> = {
  noun: contact, inRoom: false,
  fields: fieldsOf,
  says: (one, part) => (fieldsOf[part] ?? []).flatMap((field) => (field === 'phones' ? one.phones.map(({ number }) => number) : one[field] || [])),
  without(one, parts) {
    const gone: readonly string[] = [...parts].flatMap((part) => fieldsOf[part] ?? []);
    const { id, org, rev, checked, removed } = one;
    return { ...said(Object.fromEntries(Object.entries(one).filter(([field]) => !gone.includes(field)))), id, org, rev, checked, ...(removed ? { removed } : {}), ...marksOf(one) };
  },
  bearing: ({ checked, removed }) => ({ at: checked.at, gone: removed !== undefined, earlier: ['text', 'people'] }),
  href: (_now, id) => `/contacts/${id}`,
};
