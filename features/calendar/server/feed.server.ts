import { person as personNoun, type Person } from '@noroshi/features/directory';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Words } from '@noroshi/foundations/i18n';
import { refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import { Buckets, type Stair } from '@noroshi/foundations/sync/server';
import { createHash, randomBytes } from 'node:crypto';
import { appointment as appointmentNoun, privateWords, type Appointment, type PrivateWords } from '../appointment.ts';
import { calendar as calendarNoun, deskStream, type Calendar } from '../calendar-place.ts';
import type { FeedNow } from '../feed.ts';
import { writeIcs } from '../ics/write-ics.ts';
import { dropFeed, feedAt, fetchedBy, putFeed } from './feed.store.ts';

/** The secret of an address, in bytes: nobody guesses 192 bits. */
const secretBytes = 24;
const fingerprint = (secret: string): Buffer => createHash('sha256').update(secret).digest();
/** Where it is fetched; behind it stand the secret and `.ics`. */
export const feedPath = '/ics/';

/** Addresses at which other programs subscribe. What they tell is asked anew each time: it is never more than the person sees in the application. */
export class Feeds {
  readonly #stair: Stair;
  readonly #makes: Buckets<Id>;

  constructor(stair: Stair) {
    this.#stair = stair;
    this.#makes = new Buckets({ burst: 5, perSecond: 1 / 20 }, stair.now);
  }

  #sees = (person: Id, calendar: Id): boolean => this.#stair.memory.maySee(person, roomStream(calendar)) !== undefined && this.#stair.memory.get(calendarNoun.noun, calendar) !== undefined;

  async now(person: Id, calendar: Id): Promise<FeedNow | Refusal> {
    if (!this.#sees(person, calendar)) return refused('calendar.notFound');
    const row = await feedAt(this.#stair.pool, calendar, person);
    return row ? { since: row.since, ...(row.fetched === null ? {} : { fetched: row.fetched }) } : {};
  }

  /** Makes an address. It is told here and never again. @param base where the house is open */
  async make(person: Id, calendar: Id, base: string): Promise<{ address: string; since: number } | Refusal> {
    if (!this.#sees(person, calendar)) return refused('calendar.notFound');
    if (this.#makes.take(person) > 0) return refused('calendar.tooManyFeeds');
    const secret = randomBytes(secretBytes).toString('base64url');
    const since = this.#stair.now();
    await putFeed(this.#stair.pool, calendar, person, fingerprint(secret), since);
    return { address: `${base}${feedPath}${secret}.ics`, since };
  }

  async end(person: Id, calendar: Id): Promise<FeedNow> {
    await dropFeed(this.#stair.pool, calendar, person);
    return {};
  }

  /**
   * What an address tells now.
   * @returns nothing where there is no such address, its person's account is closed, or they do not see the calendar any more: nobody learns which
   */
  async tell(secret: string, words: (person: Id) => Promise<Words>, base: string): Promise<string | undefined> {
    const { memory, pool, now } = this.#stair;
    const whose = await fetchedBy(pool, fingerprint(secret), now());
    if (!whose) return undefined;
    const who = memory.get(personNoun.noun, whose.person)?.value as Person | undefined;
    const stream = roomStream(whose.calendar);
    const stay = memory.maySee(whose.person, stream);
    const here = memory.get(calendarNoun.noun, whose.calendar)?.value as Calendar | undefined;
    if (!who || who.disabled || !stay || !here) return undefined;
    const desk = memory.maySee(whose.person, deskStream(whose.calendar));
    const { t } = await words(whose.person);
    const appointments = (memory.of(stream, appointmentNoun.noun) as Doc<Appointment>[]).filter((doc) => memory.isVisible(doc, stay)).map(({ value }): Appointment => {
      const said = value.private && desk ? memory.get(privateWords.noun, value.id) as Doc<PrivateWords> | undefined : undefined;
      return said && memory.isVisible(said, desk!) ? { ...value, title: said.value.title, place: said.value.place, note: said.value.note } : value;
    });
    const name = (memory.get(roomNoun.noun, whose.calendar)?.value as Room | undefined)?.name ?? (here.own === whose.person ? t('calendar.mine') : t('calendar.of', { name: here.name ?? '' }));
    return writeIcs({ name, appointments, busy: t('calendar.busy'), href: ({ id }) => `${base}/calendar/${whose.calendar}/${id}` });
  }
}
