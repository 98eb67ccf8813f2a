// Dexie's live queries look for a browser's own IndexedDB before they begin.
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { bytesToId, newId, type Id } from '@noroshi/foundations/kernel';
import { down, hasRead, unpack, type Deed, type Range, type StreamKey } from '@noroshi/foundations/sync';
import { loadPollWire, LowerEnd, socketWire, type LineState, type OpenWire } from '@noroshi/foundations/sync/web';
import type { Dice } from '@noroshi/foundations/testing';
import { message, type Message } from '@noroshi/features/talk';
import { onTheLine } from './outcome.ts';
import type { Dweller } from './base-house.ts';
import { CallLine, type Stood } from './call-line.ts';
import { deviceHouse } from './device-house.ts';
import { LineProxy } from './line-proxy.ts';

const pollWire = await loadPollWire();

/** What the server said to a command, as it stood on the wire. */
export interface Heard { readonly ok: boolean; readonly code?: string; readonly seq?: number }

/** A command that a device has taken, in the order in which it was given. */
export interface Given {
  readonly id: Id;
  readonly name: string;
  readonly home: StreamKey;
  /** The words by which its effect is found, where it has any. */
  readonly token: string | undefined;
  /** Its person has taken it off the list. */
  isDropped: boolean;
}

/** One person's device: the real lower end of the stair, a disk of its own, real sockets, and a bad line before them. */
export class Client {
  readonly name: string;
  readonly who: Dweller;
  readonly line: LineProxy;
  end!: LowerEnd;
  state: LineState = 'connecting';
  isOn = false;
  /** By how much its clock is wrong, in milliseconds. */
  wrongBy = 0;
  readonly given: Given[] = [];
  /** Every answer that has come to it, also the same one again. */
  readonly heard = new Map<Id, Heard[]>();
  /** What was on its screen: positions of messages, which must never change, and which numbers it has shown. */
  readonly seen = new Map<StreamKey, Map<number, Id>>();
  readonly shown = new Map<StreamKey, Set<number>>();
  /** The line of a call that it is on. */
  callLine: CallLine | undefined;
  /** When it stood on lines of calls. */
  readonly stood: Stood[] = [];
  readonly #server: { readonly port: number; readonly cookie: string };
  /** By this a call knows it again. */
  readonly #device: Id;
  readonly #disk = { indexedDB: new IDBFactory(), IDBKeyRange };

  private constructor(name: string, who: Dweller, line: LineProxy, server: { port: number; cookie: string }) {
    this.#server = server;
    this.#device = newId(Date.now(), randomBytes(10));
    this.name = name;
    this.who = who;
    this.line = line;
  }

  /** Makes a device of someone and puts it on the line to the server at a port. */
  static async on(port: number, name: string, who: Dweller, cookie: string, dice: Dice): Promise<Client> {
    const client = new Client(name, who, await LineProxy.to(port, cookie, dice), { port, cookie });
    client.turnOn();
    return client;
  }

  turnOn(): void {
    const base = `127.0.0.1:${this.line.port}/line`;
    this.state = 'connecting';
    const end = new LowerEnd({
      house: deviceHouse(), actor: this.who.actor, storage: this.#disk,
      wires: [this.#listening(socketWire(`ws://${base}`)), this.#listening(pollWire(`http://${base}/poll`))],
      now: () => Date.now() + this.wrongBy,
      randomBytes: (n) => randomBytes(n), inFront: () => true,
      inflate: async (bytes) => inflateRawSync(bytes),
      state: (state) => { if (this.end === end) this.state = state; },
    });
    this.end = end;
    this.isOn = true;
    end.start();
  }

  /** Its battery is empty: what is not on its disk is gone. */
  turnOff(): void {
    this.isOn = false;
    this.end.stop();
    this.line.cut();
    this.callLine?.cut();
    this.state = 'off';
  }

  async close(): Promise<void> {
    this.turnOff();
    await this.line.close();
  }

  /** Gives a deed to the device. @returns whether the device has taken it */
  async give<I, N>(deed: Deed<I, N> & { deed: string }, input: I, token?: string): Promise<boolean> {
    const [home = 'w'] = deed.streams(input);
    const told = await this.end.send(deed, input);
    if (told.ok) this.given.push({ id: told.id, name: deed.deed, home, token, isDropped: false });
    return told.ok;
  }

  /** How often a deed of it was acknowledged, or it stood on the line of a call (`onTheLine`). */
  times(deed: string): number {
    if (deed === onTheLine) return this.stood.length + (this.callLine?.stood ? 1 : 0);
    return this.given.filter(({ id, name }) => name === deed && this.heard.get(id)?.some(({ ok }) => ok)).length;
  }

  /** Comes into a call, unless it is in one. */
  enterCall(room: Id, call: Id): void {
    if (this.callLine) return;
    const line = this.callLine = new CallLine({
      ...this.#server, room, call, device: this.#device,
      ended: (stood) => {
        if (stood) this.stood.push(stood);
        if (this.callLine === line) this.callLine = undefined;
      },
    });
  }

  /** A room is looked at: what stands in it is noted, as someone would remember it. */
  async look(stream: StreamKey): Promise<void> {
    const docs = await this.end.replica.newest<Message>(message.noun, stream, 40);
    const seen = this.seen.get(stream) ?? this.seen.set(stream, new Map()).get(stream)!;
    for (const doc of docs) if (!seen.has(doc.born)) seen.set(doc.born, doc.id);
  }

  /** These were on its screen. @param exact these alone, where what is read are no messages */
  async show(stream: StreamKey, from: number, to: number, exact?: true): Promise<void> {
    const shown = this.shown.get(stream) ?? this.shown.set(stream, new Set()).get(stream)!;
    for (let seq = from; seq <= to; seq++) shown.add(seq);
    await this.end.shown(stream, [[from, to]], exact);
  }

  /** What others are said to have read, as this device tells its person. */
  async marks(): Promise<{ stream: StreamKey; member: number; hasRead: (seq: number) => boolean }[]> {
    return (await this.end.replica.db.mark.toArray()).map(({ stream, member, delivered, read, ranges }) => (
      { stream, member, hasRead: (seq) => hasRead({ delivered, read, ranges: ranges as Range[] }, seq) }));
  }

  /** Listens along for answers: what the server has said to this device, it has acknowledged. */
  #listening(open: OpenWire): OpenWire {
    return (events) => open({
      ...events,
      bytes: (bytes) => {
        for (const frame of unpack(bytes) ?? []) {
          if (frame[0] !== down.answer) continue;
          const id = bytesToId(frame[1] as Uint8Array);
          const all = this.heard.get(id) ?? this.heard.set(id, []).get(id)!;
          all.push(frame[2] === 0 ? { ok: false, code: frame[3] as string } : { ok: true, seq: frame[4] as number });
        }
        events.bytes(bytes);
      },
    });
  }
}
