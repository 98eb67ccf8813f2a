import { bytesToId, idToBytes, type Id, type Moment } from '@noroshi/foundations/kernel';
import { pack, up, type Frame, type Range, type StreamKey } from '@noroshi/foundations/sync';
import type { Connection } from './connection.web.ts';
import type { Heard } from './heard.web.ts';
import { asShown } from './marks.web.ts';
import type { Replica } from './replica.web.ts';
import type { OutboxItem } from './store.web.ts';

/** At most so many commands are on the way; the rest waits on the disk for their answers. */
const commandsUnderWay = 50;

export interface SendingNeeds {
  readonly replica: Replica;
  readonly connection: Connection;
  readonly heard: Heard;
  readonly random: () => number;
  readonly now: () => Moment;
  /** For how long what was shown is gathered on a line that is to be spared (milliseconds). */
  readonly gatherFor: number;
  /** What else was asked on this connection and is to be asked again. */
  readonly askedBeside: () => readonly Uint8Array[];
}

/** Sends the outbox in order until each command is answered, and what was shown until the server's own mark covers it. */
export class Sending {
  readonly #needs: SendingNeeds;
  /** Commands sent on this connection and not yet answered, since when, and how many were ever sent on it. */
  readonly #asked = new Map<Id, Moment>();
  #count = 0;
  /** Every command that was ever put on a line from here. */
  readonly #sent = new Set<Id>();
  /** The last place in the outbox that was taken before this end began to speak for the browser: what stands there may have been sent by another. */
  #before: number | undefined;
  /** More waits than may be on the way. */
  #more = false;
  /** What was shown and has been told on this connection, by its number in the store. */
  readonly #shownSent = new Set<number>();
  #later: ReturnType<typeof setTimeout> | undefined;
  #sparing = false;
  /** What was shown waits for this. */
  #gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(needs: SendingNeeds) {
    this.#needs = needs;
  }

  /** How many commands are on the way. */
  get underWay(): number {
    return this.#asked.size;
  }

  /** Whether the server has asked to come back later. */
  get isPutOff(): boolean {
    return this.#later !== undefined;
  }

  /** This end speaks for the browser from now on. What is given after this can be sent by nobody else. */
  begins(): void {
    const { connection, replica } = this.#needs;
    connection.enter(async () => {
      // The disk's own count: it goes up only, whatever the clock does, and does not go back where the outbox empties.
      this.#before ??= (await replica.outbox.item.orderBy('order').last())?.order ?? 0;
    });
  }

  /** Another may speak for it from now on. */
  ends(): void {
    this.#before = undefined;
  }

  /** The connection has ended. */
  ended(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#asked.clear();
    this.#shownSent.clear();
  }

  /** What was shown is told now and then only, or at once again. */
  spare(sparing: boolean): void {
    this.#sparing = sparing;
    if (sparing || this.#gathering === undefined) return;
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.flushShown();
  }

  /** What goes up behind the greeting: no round trip is spent on that alone. */
  async first(): Promise<Uint8Array[]> {
    // Work that had begun on the connection before may have written down what it never sent.
    this.#asked.clear();
    this.#shownSent.clear();
    this.#count = 0;
    return [...(await this.#commands()), ...(await this.#shownFrames())];
  }

  /** Sends what waits and is not on the way. */
  flush(): void {
    const { connection } = this.#needs;
    connection.enter(async () => {
      // Nothing goes onto a line of which the browser says that it is none: it could be taken for sent.
      if (!connection.isUp || connection.isDoubted || this.#later !== undefined) return;
      const commands = await this.#commands();
      // What was gathered goes along with words: one packet more or less.
      connection.say(commands.length > 0 && this.#gathering !== undefined ? [...commands, ...(await this.#shownFrames())] : commands);
    });
  }

  /** Tells what was shown. It is kept until the server's own mark covers it. */
  async shown(stream: StreamKey, ranges: readonly Range[], exact?: boolean): Promise<void> {
    const { replica } = this.#needs;
    const told = await asShown(replica, stream, ranges, exact);
    if (told.length === 0) return;
    await replica.db.shown.add({ stream, ranges: told });
    this.flushShown();
  }

  /** Tells what was shown here, or in another window of this person, and has not been told on this connection. */
  flushShown(): void {
    const { connection, gatherFor } = this.#needs;
    const tell = (): void => connection.enter(async () => {
      if (connection.isUp) connection.say(await this.#shownFrames());
    });
    if (!this.#sparing) return tell();
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      tell();
    }, gatherFor);
  }

  /** The server has decided nothing: after a while all that waits for an answer is asked again, in order. */
  comeBack(ms: number): void {
    if (this.#later !== undefined) return;
    const { connection, askedBeside, random } = this.#needs;
    const isSame = connection.same();
    this.#later = setTimeout(() => connection.enter(async () => {
      this.#later = undefined;
      if (!isSame() || !connection.isUp) return;
      this.#asked.clear();
      connection.progressed();
      const again = pack([up.again, this.#count + 1]);
      connection.say([again, ...askedBeside(), ...(await this.#commands())]);
    }), ms * (1 + 0.5 * random()));
  }

  /** An answer has come. */
  async answered(frame: Frame): Promise<void> {
    const { replica: { outbox }, heard, connection } = this.#needs;
    const id = bytesToId(frame[1] as Uint8Array);
    const asked = this.#asked.get(id);
    if (asked !== undefined) connection.took(this.#needs.now() - asked);
    this.#asked.delete(id);
    connection.progressed();
    const item = await outbox.item.where('id').equals(id).first();
    if (item?.state === 'waiting') {
      if (frame[2] === 0) {
        const params = frame[4] as OutboxItem['params'] | null;
        await outbox.item.update(item.order!, { state: 'refused', code: frame[3] as string, ...(params ? { params } : {}) });
      } else {
        const seq = frame[4] as number;
        const key = heard.keys.get(frame[3] as number);
        // Where its events come down to this device, it stays until they are here, so that nothing flickers.
        if (seq === 0 || !key || (heard.heads.get(key) ?? 0) >= seq) await outbox.item.delete(item.order!);
        else await outbox.item.update(item.order!, { state: 'accepted', seq, stream: key });
      }
    }
    if (this.#more && this.#asked.size <= commandsUnderWay / 2) this.flush();
  }

  /** What is true now waits no longer: commands whose events have come, and those that were accepted up to here. */
  async settle(key: StreamKey, head: number, done: readonly Id[]): Promise<void> {
    const { outbox } = this.#needs.replica;
    if (done.length > 0) await outbox.item.where('id').anyOf(done as Id[]).delete();
    await outbox.item.where('stream').equals(key).filter((item) => item.state === 'accepted' && (item.seq ?? 0) <= head).delete();
  }

  /** What was accepted in a stream that this device does not hear (any more) will not be seen from here: it is done. */
  async settleElsewhere(): Promise<void> {
    const { replica, heard } = this.#needs;
    const all = new Set(heard.keys.values());
    await replica.outbox.item.where('state').equals('accepted').filter((item) => !all.has(item.stream)).delete();
  }

  /** The server knows less than this device: what it had accepted beyond that goes up again. */
  async sendAgain(key: StreamKey, beyond: number): Promise<void> {
    await this.#needs.replica.outbox.item.where('stream').equals(key).filter((item) => item.state === 'accepted' && item.seq! > beyond).modify({ state: 'waiting' });
  }

  /** What waits and is not on the way, in order, as much as may be on the way at once. */
  async #commands(): Promise<Uint8Array[]> {
    const { replica, connection } = this.#needs;
    const waiting = await replica.outbox.item.where('state').equals('waiting').sortBy('order');
    if (this.#asked.size === 0 && waiting.length > 0) connection.progressed();
    const room = commandsUnderWay - this.#asked.size;
    const next = waiting.filter((item) => !this.#asked.has(item.id));
    this.#more = next.length > room;
    return next.slice(0, Math.max(0, room)).map((item) => {
      this.#asked.set(item.id, this.#needs.now());
      this.#sent.add(item.id);
      return pack([up.command, idToBytes(item.id), item.name, item.input, item.at, ++this.#count]);
    });
  }

  /**
   * Takes a command off the list that has certainly never left this device.
   * @param taken is told before it goes
   * @returns whether it was so; where it, or another window, may have sent it, it was not
   */
  takeBack(id: Id, taken: () => void): Promise<boolean> {
    const { connection, replica } = this.#needs;
    return new Promise((done) => {
      // In turn with what is sent: between looking and taking nothing goes out.
      connection.enter(async () => {
        try {
          const { item } = replica.outbox;
          const held = await item.where('id').equals(id).first();
          const stayed = held?.state === 'waiting' && this.#before !== undefined && held.order! > this.#before && !this.#sent.has(id);
          if (stayed) {
            taken();
            await item.where('id').equals(id).delete();
          }
          done(stayed);
        } finally {
          done(false);
        }
      });
    });
  }

  async #shownFrames(): Promise<Uint8Array[]> {
    const { replica: { db }, heard } = this.#needs;
    const frames: Uint8Array[] = [];
    for (const shown of await db.shown.toArray()) {
      if (this.#shownSent.has(shown.n!)) continue;
      const held = await db.stream.get(shown.stream);
      if (!held) continue;
      this.#shownSent.add(shown.n!);
      frames.push(pack([up.read, held.no, shown.ranges]));
      // Whoever has read to the end has also received all of it.
      if (shown.ranges.at(-1)![1] >= held.head) heard.grown.delete(held.key);
    }
    return frames;
  }
}
