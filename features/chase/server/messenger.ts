import { askedMessage, message as messageNoun, type Message } from '@noroshi/features/talk';
import type { Asked } from '@noroshi/foundations/asked';
import type { Duty } from '@noroshi/foundations/duty';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import type { Channel, Teller } from '@noroshi/foundations/notify';
import { hasRead, type Doc, type Member, type StreamKey } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { cardIdOf } from '../card-id.ts';
import { phoneCard, type PhoneCard } from '../card.ts';
import { report } from '../climb.ts';
import { dealCard } from '../deal-card.ts';
import { reportReminder } from '../remind.ts';
import { run as runNoun, type Results, type Run, type Try } from '../run.ts';
import { byClock } from './by-clock.ts';
import { callersFor } from './callers.ts';
import { isAsked, type Known } from './known.ts';
import { cardNotice, noticeOf, type About } from './notices.ts';

export interface MessengerNeeds {
  readonly stair: Stair;
  /** What asks for an answer in this house. */
  readonly asked: readonly Asked[];
  /** What says who holds the line. */
  readonly duties?: readonly Duty[];
  readonly teller: Teller;
  readonly report: (error: unknown, what: string) => void;
}

/** Notices of one step under way at once. */
const atOnce = 16;

/** Tells those who are chased, each by the step's way, and writes down what became of it. */
export class Messenger {
  readonly #needs: MessengerNeeds;
  readonly #known: Known;
  readonly #kinds: ReadonlyMap<string, Asked>;

  constructor(needs: MessengerNeeds, known: Known) {
    this.#needs = needs;
    this.#known = known;
    this.#kinds = new Map(needs.asked.map((kind) => [kind.noun, kind]));
  }

  /** Tells those of a step, and writes down what became of it. */
  async step(stream: StreamKey, id: Id, step: number): Promise<void> {
    const { stair } = this.#needs;
    const run = stair.memory.get(runNoun.noun, id)?.value as Run | undefined;
    const one = run?.tries.find((t) => t.step === step);
    const room = this.#known.room(stream);
    const kind = run && this.#kinds.get(run.noun);
    const doc = run && (await this.#known.thing(run.noun, run.thing));
    if (!run || !one || one.told || !room || !kind || !doc) return;
    const tells = kind.tells(doc.value, room.id);
    const about = { room: room.id, noun: run.noun, thing: run.thing, ...(tells.incident ? { incident: tells.incident } : {}), drill: tells.drill };
    const way = run.steps[step]!.way;
    // The first push is the one by which the message itself wakes people: whoever hands it over first, it is sent once.
    const isFirst = step === 0 && way === 'push' && run.from === tells.at;
    const idOf = (who: Member): Id => (isFirst ? derivedId(run.thing, `wake/${who.person}`) : derivedId(run.id, `notice/${step}/${who.no}`));
    const results = way === 'phone' && !one.held
      ? await this.#deal(stream, run, one, doc, about)
      : await this.#each(stream, doc.born, one.people, async (who) => (one.held ? 'held' : this.#notice({ tells, thing: run.thing, room: room.name, by: this.#known.card(stream, tells.by), urgent: true, gentle: this.#known.isGentle(tells) }, who.person, way as Channel, idOf(who))));
    await byClock(this.#needs, report, derivedId(run.id, `told/${step}`), { ...about, run: id, step, results });
  }

  /** Tells those who have not read a message once more. */
  async again(stream: StreamKey, id: Id, times: number, command: Id): Promise<void> {
    const { stair } = this.#needs;
    const doc = (await this.#known.thing(messageNoun.noun, id)) as Doc<Message> | undefined;
    const room = this.#known.room(stream);
    if (!doc || !room || doc.value.withdrawn) return;
    const { value } = doc;
    const marks = await stair.marks.of(stair.memory.streams.get(stream)!.no);
    const unread = this.#known.members(stream).filter((who) => who.person !== value.by && isAsked(who, doc.born) && !hasRead(marks.get(who.no), doc.born) && !value.answers?.[who.person] && !value.proxies?.[who.person]);
    const tells = askedMessage.tells(value, room.id);
    const about = { tells, thing: id, room: room.name, by: this.#known.card(stream, value.by), urgent: value.urgency === 'urgent', gentle: this.#known.isGentle(tells) };
    const results = await this.#each(stream, doc.born, unread.map(({ no }) => no), (who) => this.#notice(about, who.person, 'push', derivedId(command, `${who.no}`)));
    await byClock(this.#needs, reportReminder, command, { room: room.id, message: id, times, results });
  }

  /** Tells everyone of whom it is asked and who has not been shown it, whatever they muted. Told twice, they hear it once: the notice's id says so. */
  async all(stream: StreamKey, kind: Asked, thing: Id, id: Id): Promise<void> {
    const { stair } = this.#needs;
    const doc = await this.#known.thing(kind.noun, thing);
    const room = this.#known.room(stream);
    if (!doc || !room || room.closedAt !== undefined) return;
    const marks = await stair.marks.of(stair.memory.streams.get(stream)!.no);
    const unread = this.#known.members(stream).filter((who) => isAsked(who, doc.born) && !hasRead(marks.get(who.no), doc.born) && !kind.isTold?.(doc.value, who.person, who.card.org));
    const tells = kind.tells(doc.value, room.id);
    const about = { tells, thing, room: room.name, by: this.#known.card(stream, tells.by), urgent: false, gentle: this.#known.isGentle(tells) };
    await this.#each(stream, doc.born, unread.map(({ no }) => no), (who) => this.#notice(about, who.person, 'push', derivedId(id, `${who.no}`)));
  }

  async #notice(about: About, person: Id, channel: Channel, id: Id): Promise<string> {
    const { teller } = this.#needs;
    const became = await teller.tell(noticeOf(about, person, channel, id, await teller.languageOf(person)));
    return became.ok ? 'sent' : became.code;
  }

  /** What became of it for each, gathered by result. Who has left the room meanwhile is told nothing. */
  async #each(stream: StreamKey, born: number, people: readonly number[], tell: (who: Member) => Promise<string>): Promise<Results> {
    const { stair } = this.#needs;
    const byNo = stair.memory.streams.get(stream)!.byNo;
    const results = new Map<string, number[]>();
    for (let i = 0; i < people.length; i += atOnce) {
      await Promise.all(people.slice(i, i + atOnce).map(async (no) => {
        const who = byNo.get(no);
        const isHere = who && isAsked(who, born);
        const result = isHere ? await tell(who).catch((error: unknown) => { this.#needs.report(error, 'telling someone'); return 'failed'; }) : 'gone';
        results.set(result, [...(results.get(result) ?? []), no]);
      }));
    }
    return [...results].map(([result, nos]) => ({ result, people: nos.toSorted((a, b) => a - b) }));
  }

  /** Asks a colleague of each to ring them. */
  async #deal(stream: StreamKey, run: Run, { people }: Try, doc: Doc, about: { room: Id; noun: string; thing: Id; incident?: Id; drill: boolean }): Promise<Results> {
    const { stair, teller } = this.#needs;
    const dealt = await callersFor({ ...this.#needs, known: this.#known, kinds: this.#kinds }, stream, people, doc, about.drill);
    return this.#each(stream, doc.born, people, async (whom) => {
      const caller = dealt.get(whom.no);
      // A card is for somebody: without one who has read it, headquarters sees that nobody was asked.
      if (!caller) return 'nobody';
      const card = cardIdOf(run.thing, whom.person);
      const deal = derivedId(run.id, `deal/${whom.no}`);
      const refusal = await byClock(this.#needs, dealCard, deal, { ...about, whom: whom.person, since: (doc.value as { at: number }).at, caller: caller.person, from: run.from });
      // `idReused`: it was dealt, and told of by halves; another would be chosen by now. Whose card it is stands on it.
      if (refusal !== undefined && refusal !== 'command.idReused') return refusal;
      const asked = (stair.memory.get(phoneCard.noun, card)?.value as PhoneCard | undefined)?.caller ?? caller.person;
      await teller.tell(cardNotice(card, deal, asked, `${whom.card.orgName} ${whom.card.name}`, { drill: about.drill, gentle: this.#known.isGentle(about), standIn: this.#known.person(this.#known.standIn(whom.person) ?? '')?.name }, await teller.languageOf(asked)));
      return 'card';
    });
  }
}
