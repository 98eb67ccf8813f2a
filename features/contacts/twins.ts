import { bare } from '@noroshi/features/directory/seek';
import type { Organization, Person } from '@noroshi/features/directory';
import type { Contact, Content } from './contact.ts';

/** By what two are taken for one: they ring the same telephone, have the same mail, or bear the same name at the same desk. */
export type Sameness = 'number' | 'email' | 'name';
/** What was known already: a contact, someone of the house, or another card of the same file. */
export interface Twin { readonly by: Sameness; readonly name: string; readonly href?: string }

/** A number as it is compared: digits alone, and Japan’s own without its country. */
const numberKey = (number: string): string => number.replace(/^\+81/, '0').replace(/\D/g, '');
/** Names as they are compared: whatever the width, the kana, the dress of a character and the spaces. */
const nameKey = (...parts: readonly (string | undefined)[]): string => parts.map((one) => bare(one ?? '')).join('\n');

const keysOf = ({ name, desk, person, phones, email }: Pick<Content, 'name' | 'desk' | 'person' | 'phones' | 'email'>): readonly (readonly [Sameness, string])[] => [
  ...phones.map(({ number }) => ['number', numberKey(number)] as const), ...(email ? [['email', email.toLowerCase()] as const] : []), ['name', nameKey(name, desk, person)],
];

/** Knows who is here, and says of whom a contact may be the double. */
export class Twins {
  readonly #known = new Map<string, Omit<Twin, 'by'>>();

  /** Takes in what is here; whoever was first stays the one that is named. */
  add(one: Pick<Content, 'name' | 'desk' | 'person' | 'phones' | 'email'>, href?: string): void {
    for (const [by, key] of keysOf(one)) if (!this.#known.has(`${by}/${key}`)) this.#known.set(`${by}/${key}`, { name: one.name, ...(href === undefined ? {} : { href }) });
  }

  /** Of whom this may be the double, the surest sign first. @param own the page of the contact itself: nobody is their own double */
  of(one: Parameters<Twins['add']>[0], own?: string): Twin | undefined {
    for (const [by, key] of keysOf(one)) {
      const found = this.#known.get(`${by}/${key}`);
      if (found && (own === undefined || found.href !== own)) return { by, ...found };
    }
    return undefined;
  }
}

/** All that is known on this device: contacts, and the people of the house under the name of their organization. A priority line is named to nobody. */
export function twinsOf(contacts: readonly Contact[], people: readonly Person[], orgOf: (id: string) => Organization | undefined): Twins {
  const twins = new Twins();
  for (const one of contacts) twins.add(one, `/contacts/${one.id}`);
  for (const { id, name, org, phones, email } of people) {
    twins.add({ name: [orgOf(org)?.name, name].filter(Boolean).join(' '), phones: phones.flatMap(({ number, priority }) => (priority ? [] : [{ kind: 'direct' as const, number }])), ...(email ? { email } : {}) }, `/people/${id}`);
  }
  return twins;
}
