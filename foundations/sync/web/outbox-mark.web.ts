import type { Id, Moment } from '@noroshi/foundations/kernel';

/** Where the mark is kept: a place of its own, which does not go when the browser loses or evicts a database. */
export type MarkPlace = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** What was waiting on this device when its store was lost: no words, only what kind of thing it was and when it was given. */
export interface LostItem { readonly id: Id; readonly name: string; readonly at: Moment }

/**
 * A small mark beside the outbox: what waits in it, by id. Should the outbox itself be gone one day, it is known that
 * something was in it, and how much; nobody waits for what will never be sent.
 */
export class OutboxMark {
  readonly #place: MarkPlace | undefined;
  readonly #waiting: string;
  readonly #lost: string;

  /** @param place left out where there is none: then nothing is marked */
  constructor(person: Id, place: MarkPlace | undefined) {
    this.#place = place;
    this.#waiting = `noroshi-waiting-${person}-`;
    this.#lost = `noroshi-lost-${person}`;
  }

  /** It is about to be kept. Each has a place of its own, so that two windows do not overwrite each other. */
  set({ id, name, at }: LostItem): void {
    try {
      this.#place?.setItem(this.#waiting + id, JSON.stringify([name, at]));
    } catch {
      // No room for a mark is no reason to refuse the words.
    }
  }

  /** These wait, and nothing else does. */
  only(items: readonly LostItem[]): void {
    const wait = new Set(items.map(({ id }) => this.#waiting + id));
    for (const key of this.#marked()) if (!wait.has(key)) this.#place?.removeItem(key);
    for (const item of items) if (this.#place?.getItem(this.#waiting + item.id) === null) this.set(item);
  }

  /** The outbox was made anew: what was marked is not in it. */
  remade(): void {
    const before = this.lost();
    const gone = this.#marked().flatMap((key): LostItem[] => {
      const said = this.#place!.getItem(key);
      this.#place!.removeItem(key);
      if (said === null) return [];
      const [name, at] = JSON.parse(said) as [string, Moment];
      return [{ id: key.slice(this.#waiting.length), name, at }];
    });
    if (gone.length > 0) this.#place!.setItem(this.#lost, JSON.stringify([...before, ...gone].toSorted((a, b) => a.at - b.at)));
  }

  /** What was lost and the person has not put away yet. */
  lost(): readonly LostItem[] {
    return JSON.parse(this.#place?.getItem(this.#lost) ?? '[]') as LostItem[];
  }

  /** The person knows. */
  known(): void {
    this.#place?.removeItem(this.#lost);
  }

  #marked(): string[] {
    const place = this.#place;
    return place ? Array.from({ length: place.length }, (_, i) => place.key(i)!).filter((key) => key.startsWith(this.#waiting)) : [];
  }
}

/** Nothing of a person is marked any more but what still waits. */
export function unmark(person: Id, place: MarkPlace, waits: boolean): void {
  const mark = new OutboxMark(person, place);
  mark.known();
  if (!waits) mark.only([]);
}
