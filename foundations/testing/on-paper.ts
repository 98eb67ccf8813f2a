import { derivedId, systemActor, type Actor, type Id, type Moment, type Refusal } from '@noroshi/foundations/kernel';
import { fold, workspaceStream, type Deed, type Doc, type Event, type Happens, type House, type Later, type Many, type Ref } from '@noroshi/foundations/sync';

export type PaperAnswer = { readonly ok: true; readonly id: Id; readonly events: readonly Event[] } | Refusal;

/**
 * The rules alone, without server, database or wire: each deed is judged by what those before it have made true, as the
 * committer does it. For tests of rules, thousands a second. It knows no members: who may hear a stream is not asked here.
 */
export class Paper {
  now: Moment = Date.UTC(2018, 6, 7, 0, 0);
  readonly events: Event[] = [];
  readonly #house: House;
  readonly #docs = new Map<string, Doc>();
  readonly #heads = new Map<string, number>();
  #jobs: (Later & { id: Id })[] = [];
  #made = 0;

  constructor(house: House) {
    this.#house = house;
  }

  id(): Id {
    return derivedId('00000000-0000-8000-8000-000000000000', `paper/${this.#made++}`);
  }

  /** One thing as it is now. */
  get<T>(noun: string, id: string): T | undefined {
    return this.#docs.get(`${noun}\0${id}`)?.value as T | undefined;
  }

  /** Something that other deeds would have made. */
  put(noun: string, id: string, value: unknown, stream = workspaceStream): void {
    this.#docs.set(`${noun}\0${id}`, { noun, id, stream, born: 0, seq: 0, value });
  }

  /** Judges a deed and lets it happen. @throws when its input has not the right shape: a test means what it says */
  do<I>(actor: Actor, deed: Deed<I, any> & { deed: string }, input: I, id: Id = this.id()): PaperAnswer {
    const said = deed.input.parse(input);
    const when = { now: this.now, id, newId: (label: string): Id => derivedId(id, label) };
    const needs = deed.needs(said, actor) as Record<string, Ref | Many>;
    const facts = Object.fromEntries(Object.entries(needs).map(([name, need]) => [name, 'noun' in need ? this.get(need.noun, need.id) : this.#many(need)]));
    const verdict = deed.may(actor, facts, said, when);
    if (!verdict.ok) return verdict;
    const home = deed.streams(said)[0]!;
    const events: Event[] = [];
    for (const effect of deed.then(said, facts, actor, when)) {
      if ('later' in effect) this.#jobs.push({ ...effect, id: derivedId(id, effect.step) });
      if (!('kind' in effect)) continue;
      const { kind, body, on = home, incident, drill } = effect as Happens;
      const seq = (this.#heads.get(on) ?? 0) + 1;
      this.#heads.set(on, seq);
      const event: Event = { stream: on, seq, id, n: events.length, kind: kind.kind, at: this.now, by: actor.person, org: actor.org, incident, drill, body };
      for (const doc of fold(this.#house.nouns, event, (noun, name) => this.#docs.get(`${noun}\0${name}`))) this.#docs.set(`${doc.noun}\0${doc.id}`, doc);
      events.push(event);
    }
    this.events.push(...events);
    return { ok: true, id, events };
  }

  /** Lets time pass; what is due is done on the way, in its order. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#jobs.toSorted((a, b) => a.later - b.later)[0];
      if (!next || next.later > end) break;
      this.#jobs = this.#jobs.filter((job) => job !== next);
      this.now = Math.max(this.now, next.later);
      const deed = this.#house.deeds.get(next.command);
      if (deed) this.do(systemActor, deed as Deed & { deed: string }, next.input, next.id);
    }
    this.now = end;
  }

  #many(need: Many): unknown[] {
    return [...this.#docs.values()].filter((doc) => doc.noun === need.many && (need.stream === '*' || doc.stream === (need.stream ?? workspaceStream))).map((doc) => doc.value);
  }
}

/** The refusal's code, or `ok`. */
export const codeOf = (answer: PaperAnswer): string => (answer.ok ? 'ok' : answer.code);

