import { canonical, derivedId, type Id } from '@noroshi/foundations/kernel';
import { contentFields, type Contact, type Content } from './contact.ts';
import { Twins, type Twin } from './twins.ts';
import type { ReadCard } from './vcard/read-vcard.ts';

/**
 * What would become of a card. `new`: it comes in. `changes`: it is here, and says something else now. `same`: it is here as it is.
 * `gone`: it was taken out here and stays out. `twin`: someone is here who seems to be the same.
 */
export type Does = 'new' | 'changes' | 'same' | 'gone' | 'twin';
export interface CardRow { readonly id: Id; readonly line: number; readonly content: Content; readonly does: Does; readonly twin?: Twin }

const contentOf = (one: Content): Content => Object.fromEntries(contentFields.flatMap((field) => (one[field] === undefined ? [] : [[field, one[field]]]))) as unknown as Content;
export const sameContent = (a: Content, b: Content): boolean => canonical(contentOf(a)) === canonical(contentOf(b));

const ours = /^urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;
/**
 * Which contact of a list a card is: one that went out from here is itself; one of elsewhere is the same whenever the same card comes
 * again, by its UID or by all that it says.
 */
export function idOfCard(org: Id, { uid, content }: ReadCard, isHere: (id: Id) => boolean): Id {
  const own = ours.exec(uid ?? '')?.[1];
  return own !== undefined && isHere(own) ? own : derivedId(org, `vcard/${uid ?? canonical(content)}`);
}

/**
 * A dry run: what would become of each card of a file in the list of an organization. Nothing happens by it. (AB9)
 * @param all everything that ever stood in that list, also what was taken out
 * @param known who is here already, in any list and in the directory
 */
export function checkCards(cards: readonly ReadCard[], org: Id, all: ReadonlyMap<Id, Contact>, known: Twins): CardRow[] {
  const taken = new Set<Id>();
  const inFile = new Twins();
  return cards.map((card): CardRow => {
    const { line, content } = card;
    const id = idOfCard(org, card, (one) => all.get(one)?.org === org);
    const before = all.get(id);
    const row = (does: Does, twin?: Twin): CardRow => ({ id, line, content, does, ...(twin ? { twin } : {}) });
    if (before?.removed) return row('gone');
    if (before && !taken.has(id)) {
      taken.add(id);
      return row(sameContent(before, content) ? 'same' : 'changes');
    }
    const twin = taken.has(id) ? { by: 'name' as const, name: content.name } : known.of(content) ?? inFile.of(content);
    taken.add(id);
    inFile.add(content);
    return twin ? row('twin', twin) : row('new');
  });
}
