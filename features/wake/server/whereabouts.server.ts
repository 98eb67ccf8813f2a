import type { Language } from '@noroshi/features/account';
import { person as personNoun, type Person } from '@noroshi/features/directory';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Channel } from '@noroshi/foundations/notify';
import type { Place, Sent, Whereabouts } from '@noroshi/foundations/notify/server';
import type { Stair } from '@noroshi/foundations/sync/server';
import { isQuiet } from '../whether.ts';
import { became, devicesOf, hoursOf, messagesAt, type WakeDevice } from './wake.store.ts';

/** That pushes to a device are taken is written down so often (milliseconds), not each time. */
const workedEvery = 60 * 60_000;

/** Where people can be told: their devices, and what the directory knows. Those asked for in one turn of the loop are read together. */
export class Places implements Whereabouts {
  readonly #stair: Stair;
  readonly #language: (person: Id) => Promise<Language>;
  #asked = new Map<Id, PromiseWithResolvers<readonly WakeDevice[]>>();
  /** When it was last written down that an endpoint works. */
  readonly #worked = new Map<string, Moment>();

  /** @param language of someone none of whose devices says it */
  constructor(stair: Stair, language: (person: Id) => Promise<Language>) {
    this.#stair = stair;
    this.#language = language;
  }

  /** A person's devices that can be woken now. */
  devices(person: Id): Promise<readonly WakeDevice[]> {
    let asked = this.#asked.get(person);
    if (!asked) {
      if (this.#asked.size === 0) setImmediate(() => void this.#read());
      this.#asked.set(person, (asked = Promise.withResolvers()));
    }
    return asked.promise;
  }

  async #read(): Promise<void> {
    const asked = this.#asked;
    this.#asked = new Map();
    try {
      const found = Map.groupBy(await devicesOf(this.#stair.pool, [...asked.keys()], this.#stair.now()), ({ person }) => person);
      for (const [person, { resolve }] of asked) resolve(found.get(person) ?? []);
    } catch (error) {
      for (const { reject } of asked.values()) reject(error);
    }
  }

  async places(person: Id, channel: Channel): Promise<readonly Place[]> {
    const who = this.#stair.memory.get(personNoun.noun, person)?.value as Person | undefined;
    if (!who || who.disabled) return [];
    switch (channel) {
      case 'push': return (await this.devices(person)).map(({ endpoint, p256dh, auth }) => ({ to: endpoint, keys: { p256dh, auth } }));
      case 'mail': return who.email ? [{ to: who.email }] : [];
      // One number each: the first that can take it.
      case 'sms': return who.phones.filter(({ kind, number }) => kind === 'mobile' || /^(\+81|0)[789]0/.test(number)).slice(0, 1).map(({ number }) => ({ to: number }));
      case 'voice': return who.phones.slice(0, 1).map(({ number }) => ({ to: number }));
    }
  }

  async isQuiet(person: Id): Promise<boolean> {
    return isQuiet(await hoursOf(this.#stair.pool, person), this.#stair.now());
  }

  async languageOf(person: Id): Promise<Language> {
    return (await this.devices(person))[0]?.language ?? this.#language(person);
  }

  /** Messages in their rooms behind the last that they have read; where they have read beyond a gap, the gap counts to its end. */
  async waiting(person: Id): Promise<number> {
    const { memory, marks, pool } = this.#stair;
    const places = await Promise.all([...memory.sight(person)].map(async ([key, stay]) => {
      const { no, messages } = memory.streams.get(key)!;
      const room = memory.get(roomNoun.noun, key.slice(2))?.value as Room | undefined;
      if (!room || room.closedAt !== undefined) return [];
      const read = (await marks.of(no)).get(memory.member(key, person)!.no)?.read ?? 0;
      return [{ stream: no, seq: Math.max(read, stay.countedFrom - 1), messages }];
    }));
    const rooms = places.flat();
    const before = await messagesAt(pool, rooms);
    return rooms.reduce((sum, { messages }, i) => sum + messages - before[i]!, 0);
  }

  async became({ to, keys }: Place, sent: Sent): Promise<void> {
    if (!keys) return;
    const now = this.#stair.now();
    if (sent.ok && now - (this.#worked.get(to) ?? -Infinity) < workedEvery) return;
    if (sent.ok) this.#worked.set(to, now);
    else this.#worked.delete(to);
    await became(this.#stair.pool, to, now, sent.ok ? undefined : sent.code, !sent.ok && sent.gone === true);
  }
}
