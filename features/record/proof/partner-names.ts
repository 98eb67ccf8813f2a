import { canonical, type Id } from '@noroshi/foundations/kernel';
import { calledHere, mostNames, type Speaker } from '@noroshi/foundations/parcel';
import type { EventLine } from './form.ts';
import type { Values } from './parcel-says.ts';

/** Someone comes into a room, with a card: it says what they are called there from here on. */
const joined = 1;

/** The card of someone in a room that counts now, and as which of theirs. */
interface InForce { readonly name: unknown; readonly orgName: unknown; readonly post: unknown; readonly nth: number }

const isCard = (card: unknown): card is Values => typeof card === 'object' && card !== null;

/** As whom a partner's people stand in the rooms, held against what they are called in what was signed. */
export class PartnerNames {
  /** By room and person. */
  readonly #cards = new Map<string, InForce>();
  /** Under which organization each person came in. */
  readonly #orgs = new Map<Id, Id>();

  /** An event of a room, in its order. */
  next({ stream, kind }: EventLine, { person, card }: Values): void {
    if (kind !== joined || typeof person !== 'string' || !isCard(card)) return;
    const key = `${stream} ${person}`;
    this.#cards.set(key, { name: card['name'], orgName: card['orgName'], post: card['post'], nth: (this.#cards.get(key)?.nth ?? 0) + 1 });
    if (typeof card['org'] === 'string') this.#orgs.set(person, card['org']);
  }

  /** Under which organization somebody came in, as far as that is shown. */
  orgOf = (person: Id): Id | undefined => this.#orgs.get(person);

  /**
   * Whether whoever stands under an event of a room that is shown from its beginning has the card that was made of what was signed. Whoever has changed
   * it so often that it is changed no more keeps the last.
   * @param partner what their house is called
   */
  isCalled({ stream, by }: EventLine, who: Speaker, partner: string): boolean {
    const card = this.#cards.get(`${stream} ${by}`);
    if (!card) return false;
    const { nth, ...called } = card;
    return nth >= mostNames || canonical(called) === canonical(calledHere(who, partner));
  }
}
