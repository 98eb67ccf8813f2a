import type { Language } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Driver, Letter, Place, Sent } from '../letter.ts';
import { channels, type Channel, type Notice, type Teller, type Told } from '../notice.ts';
import { Notices } from './notice.store.ts';
import { Turns } from './turns.server.ts';

/** Who knows where people can be told. */
export interface Whereabouts {
  places(person: Id, channel: Channel): Promise<readonly Place[]>;
  languageOf(person: Id): Promise<Language>;
  /** How much waits for this person, for the icon of the application. */
  waiting(person: Id): Promise<number>;
  /** Whether this person wants quiet at this hour. */
  isQuiet(person: Id): Promise<boolean>;
  /** What became of one letter at one of these places: a place that is gone is given no more. */
  became(place: Place, sent: Sent): Promise<void>;
}

export interface NotifierNeeds {
  readonly pool: pg.Pool;
  readonly now: () => Moment;
  /** The channels that this house has. */
  readonly drivers: Readonly<Partial<Record<Channel, Driver>>>;
  readonly where: Whereabouts;
  /** The address at which people open the house, without a slash at its end; empty where nobody has said it. */
  readonly base: string;
  readonly report: (error: unknown, what: string) => void;
}

const aMinute = 60_000;
const aDay = 24 * 60 * aMinute;
/** After so long nobody hears any more what became of a notice: each driver has given up long before. */
const unheard = 5 * aMinute;
/** Whoever stops the house waits no longer than this for what is under way. */
const lastMoment = 2_000;
/** How long it is kept who was told by what, and with what result. As long as the trail of sign-ins. */
const kept = 400 * aDay;

/** Tells people by the channels of this house, each notice at most once. */
export class Notifier implements Teller {
  readonly #needs: NotifierNeeds;
  readonly #notices: Notices;
  readonly #turns = new Turns();
  readonly #running = new Map<Id, Promise<Told>>();

  constructor(needs: NotifierNeeds) {
    this.#needs = needs;
    this.#notices = new Notices(needs.pool, needs.now);
  }

  tell(notice: Notice): Promise<Told> {
    let telling = this.#running.get(notice.id);
    if (!telling) {
      telling = this.#tell(notice).finally(() => this.#running.delete(notice.id));
      this.#running.set(notice.id, telling);
    }
    return telling;
  }

  async #tell(notice: Notice): Promise<Told> {
    const { drivers, where } = this.#needs;
    const driver = drivers[notice.channel];
    if (!driver) return { ok: false, code: 'notify.noChannel' };
    const [places, language] = await Promise.all([where.places(notice.person, notice.channel), where.languageOf(notice.person)]);
    if (places.length === 0) return { ok: false, code: 'notify.nowhere' };
    return this.#turns.take(notice.person, notice.urgent, async () => {
      if (!(await this.#notices.begin(notice))) return (await this.#notices.became(notice.id)) ?? { ok: false, code: 'notify.unknown' };
      const quiet = notice.channel === 'push' && notice.gentle && (await where.isQuiet(notice.person)) ? { silent: true } : {};
      const letter = notice.channel === 'push' ? { ...this.#letter(notice, language), ...quiet, badge: await where.waiting(notice.person) } : this.#letter(notice, language);
      const all = await Promise.all(places.map((place) => this.#send(driver, place, letter)));
      const reached = all.filter((sent) => sent.ok).length;
      const failed = all.find((sent) => !sent.ok);
      const told: Told = reached > 0 || !failed || failed.ok ? { ok: true, to: reached } : { ok: false, code: failed.code };
      await this.#notices.end(notice.id, told).catch((error: unknown) => this.#needs.report(error, 'what became of a notice was not written'));
      return told;
    });
  }

  #letter({ person: _person, channel: _channel, gentle: _gentle, ...notice }: Notice, language: Language): Letter {
    return { ...notice, language, link: `${this.#needs.base}${notice.path}` };
  }

  async #send(driver: Driver, place: Place, letter: Letter): Promise<Sent> {
    const { where, report } = this.#needs;
    const sent = await driver.send(place, letter).catch((error: unknown): Sent => {
      report(error, 'a driver of notices');
      return { ok: false, code: 'notify.away' };
    });
    await where.became(place, sent).catch((error: unknown) => report(error, 'what became of a notice was not written'));
    return sent;
  }

  /** Sends to one place of someone, beside the notices: to see whether it works. */
  async try(channel: Channel, place: Place, notice: Omit<Notice, 'channel'>, more: { readonly language: Language; readonly confirm: string }): Promise<Sent> {
    const driver = this.#needs.drivers[channel];
    if (!driver) return { ok: false, code: 'notify.noChannel' };
    const letter = { ...this.#letter({ ...notice, channel }, more.language), confirm: more.confirm };
    return this.#turns.take(notice.person, notice.urgent, () => this.#send(driver, place, letter));
  }

  async reach(person: Id): Promise<readonly Channel[]> {
    const found = await Promise.all(channels.map(async (channel) => (this.has(channel) && (await this.#needs.where.places(person, channel)).length > 0 ? channel : undefined)));
    return found.filter((channel) => channel !== undefined);
  }

  /** Whether this house has a channel at all. */
  has(channel: Channel): boolean {
    return this.#needs.drivers[channel] !== undefined;
  }

  languageOf(person: Id): Promise<Language> {
    return this.#needs.where.languageOf(person);
  }

  /** Settles what a kill left open, and forgets what is long past. Bears being done twice. */
  tidy(): Promise<void> {
    return this.#notices.tidy(this.#needs.now() - unheard, this.#needs.now() - kept);
  }

  /** Waits a moment for what is under way. What is not known by then stays unknown, and is not sent twice. */
  async close(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#running.values()), pause(lastMoment, undefined, { ref: false })]);
    for (const driver of Object.values(this.#needs.drivers)) driver.close?.();
  }
}
