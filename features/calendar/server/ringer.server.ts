import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Language, Words } from '@noroshi/foundations/i18n';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import type { Notice, Teller } from '@noroshi/foundations/notify';
import { currentStay, roomStream, type Doc, type Event, type Member, type StreamKey } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { stale } from '../answer-appointment.ts';
import { answerOf, appointment as appointmentNoun, asksAnyone, isAsked, privateWords, rang, type Appointment, type PrivateWords } from '../appointment.ts';
import { calendar as calendarNoun, deskStream, type Calendar } from '../calendar-place.ts';
import { isDay, type Local } from '../local-time.ts';
import { timeOn } from '../times.ts';

export interface RingerNeeds {
  readonly stair: Stair;
  readonly teller: Teller;
  /** The sentences of a language. */
  readonly words: (language: Language) => Words;
  readonly report: (error: unknown, what: string) => void;
}

/**
 * Whom a reminder is for: those who are asked and have not said that they do not come; where nobody is asked, of a person's own calendar and of what
 * is private those who write, and of a shared one everyone who reads.
 */
export function remindedOf(of: Appointment, on: Local, calendar: Pick<Calendar, 'own'>, readers: readonly Member[], writers: readonly Member[]): Member[] {
  const all = asksAnyone(of) ? readers.filter((who) => isAsked(of, { person: who.person, org: who.card.org })) : calendar.own !== undefined || of.private ? writers : readers;
  return all.filter((who) => currentStay(who) && !who.shut && answerOf(of, who.person, on) !== 'no');
}

/**
 * Tells people when a reminder has rung. Each notice has an id of its own, under which it goes out once, on any number of nodes and after a
 * kill: what rang within the last hour is looked through at each start.
 */
export class Ringer {
  readonly #needs: RingerNeeds;
  readonly #underWay = new Set<Promise<unknown>>();
  #stopped = false;

  constructor(needs: RingerNeeds) {
    this.#needs = needs;
  }

  start(): void {
    const { stair } = this.#needs;
    stair.onCommitted((committed) => {
      for (const { events } of committed) for (const event of events as readonly Event<any>[]) if (event.kind === rang.kind) this.#ring(event.stream, event.body.appointment, event.body.on, event.body.at);
    });
    for (const key of stair.memory.streams.keys()) {
      for (const { value } of stair.memory.of(key, appointmentNoun.noun) as Doc<Appointment>[]) if (value.rang && stair.now() - value.rang.at < stale) this.#ring(key, value.id, value.rang.on, value.rang.due);
    }
  }

  #ring(stream: StreamKey, id: Id, on: Local, due: number): void {
    if (this.#stopped) return;
    const ringing = this.#tell(stream, id, on, due).catch((error: unknown) => this.#needs.report(error, 'a reminder of the calendar')).finally(() => this.#underWay.delete(ringing));
    this.#underWay.add(ringing);
  }

  async #tell(stream: StreamKey, id: Id, on: Local, due: number): Promise<void> {
    const { stair: { memory }, teller } = this.#needs;
    const of = memory.get(appointmentNoun.noun, id)?.value as Appointment | undefined;
    const calendar = memory.get(calendarNoun.noun, stream.slice(roomStream('').length))?.value as Calendar | undefined;
    const time = of && timeOn(of, on);
    if (!of || !calendar || !time) return;
    const members = (key: StreamKey): Member[] => [...memory.streams.get(key)?.byNo.values() ?? []];
    const desk = members(deskStream(calendar.id));
    const said = of.private ? memory.get(privateWords.noun, id)?.value as PrivateWords | undefined : undefined;
    const room = memory.get(roomNoun.noun, calendar.id)?.value as Room | undefined;
    await Promise.all(remindedOf(of, on, calendar, members(stream), desk).map(async ({ person }) => {
      const ways = await teller.reach(person);
      const channel = ways.includes('push') ? 'push' as const : ways.includes('mail') ? 'mail' as const : undefined;
      if (!channel) return;
      const words = this.#needs.words(await teller.languageOf(person));
      const { t, day, beside } = words;
      // What is private is told in words to whoever writes, and to nobody else.
      const what = said && memory.maySee(person, deskStream(calendar.id)) ? { title: said.title, place: said.place } : { title: time.title || t('calendar.busy'), place: time.place };
      const when = isDay(time.start) ? t('calendar.allDay') : `${time.start.slice(11)}–${time.end.slice(11)}`;
      const notice: Notice = {
        id: derivedId(id, `rang/${on}/${due}/${person}`), person, channel,
        title: t('push.calendar', { title: what.title }), body: beside([`${day(Date.parse(`${time.start.slice(0, 10)}T00:00:00+09:00`))} ${when}`, what.place, room?.name]),
        path: `/calendar/${calendar.id}/${id}${of.repeat ? `?on=${on}` : ''}`, tag: `/calendar/${id}`, urgent: false, drill: false,
        // A reminder can wait until morning.
        gentle: true,
      };
      await teller.tell(notice);
    }));
  }

  /** Waits until all that rang is told. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.settled();
  }
}
