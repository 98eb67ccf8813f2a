import type { Id } from '@noroshi/foundations/kernel';
import { randomBytes, randomInt } from 'node:crypto';
import { mostDevices } from '../signal.ts';
import { JanusLine, type JanusSaid } from './janus-line.server.ts';

/** Where Janus is heard by this server, and the key with which its rooms are made (`admin_key` of the VideoRoom). */
export interface Janus { readonly url: URL; readonly key: string }

/** What one device sends at most (bits a second): with many, small pictures. */
const bitrate = 512_000;
/** Rooms are known by a number that nobody guesses; below what a number of JSON holds exactly. */
const rooms = 2 ** 48 - 1;

/** The way of the sound in what our pages offer: they open it first. */
const soundWay = '0';

/** A call in Janus. */
interface Room {
  readonly room: number;
  readonly pin: string;
  readonly secret: string;
  /** The handles of what devices send, and what they are known by there. */
  readonly sends: Map<Id, { readonly handle: number; readonly feed: unknown; stands: boolean; readonly told: (devices: readonly Id[]) => void }>;
  /** Handles of what they watch, by who watches and whom. */
  readonly watches: Map<string, number>;
}

/** More than four go through here. Devices say what they send and whom they want to see, and no word of Janus: its rooms, pins and keys stay with us. */
export interface Switchboard {
  /** Takes what a device sends. @param told whose can be had, now and whenever that changes @returns the answer to its offer */
  publish(call: Id, device: Id, offer: string, told: (devices: readonly Id[]) => void): Promise<string>;
  /** @param sees its pictures, and not its sound alone @returns an offer of what `of` sends; undefined where it sends nothing */
  watch(call: Id, device: Id, of: Id, sees: boolean): Promise<string | undefined>;
  watching(call: Id, device: Id, of: Id, answer: string): Promise<void>;
  /** A device is out of the call. */
  gone(call: Id, device: Id): Promise<void>;
  over(call: Id): Promise<void>;
  close(): void;
}

export async function openSwitchboard(janus: Janus): Promise<Switchboard> {
  const calls = new Map<Id, Promise<Room>>();
  let line: Promise<JanusLine> | undefined;
  // With its line all of it is gone there; what comes next is begun anew.
  const spoken = (): Promise<JanusLine> => (line ??= JanusLine.open(janus.url, { lost: () => { line = undefined; calls.clear(); }, stands }).catch((error: unknown) => {
    line = undefined;
    throw error;
  }));
  const roomOf = (call: Id): Promise<Room> => {
    let room = calls.get(call);
    if (!room) {
      room = spoken().then((to) => makeRoom(to, janus.key));
      calls.set(call, room);
      room.catch(() => calls.delete(call));
    }
    return room;
  };
  const tellAll = ({ sends }: Room): void => {
    const there = [...sends].filter(([, one]) => one.stands).map(([device]) => device);
    for (const [device, { told }] of sends) told(there.filter((other) => other !== device));
  };
  // What a device sends can be watched once it comes, and not before.
  const stands = (handle: number, up: boolean): void => {
    for (const one of calls.values()) {
      void one.then((room) => {
        const sends = [...room.sends.values()].find((each) => each.handle === handle);
        if (!sends || sends.stands === up) return;
        sends.stands = up;
        tellAll(room);
      }, () => undefined);
    }
  };
  const sdpOf = ({ jsep }: JanusSaid): string => {
    if (!jsep) throw new Error('Janus answered without a description');
    return jsep.sdp;
  };
  return {
    async publish(call, device, offer, told) {
      const [to, one] = [await spoken(), await roomOf(call)];
      const jsep = { type: 'offer', sdp: offer } as const;
      // A page that comes back begins with a connection of its own.
      const before = one.sends.get(device);
      if (before) {
        one.sends.delete(device);
        await to.detach(before.handle);
      }
      const handle = await to.attach();
      const joined = await to.say(handle, { request: 'join', ptype: 'publisher', room: one.room, pin: one.pin, display: device });
      one.sends.set(device, { handle, feed: joined.plugindata!.data['id'], told, stands: false });
      // The others let go of what it sent before, and take it up when it comes again.
      if (before) tellAll(one);
      const answer = sdpOf(await to.say(handle, { request: 'publish' }, { jsep }));
      return answer;
    },
    async watch(call, device, of, sees) {
      const [to, one] = [await spoken(), await roomOf(call)];
      const sends = one.sends.get(of);
      if (!sends?.stands) return undefined;
      const [name, handle] = [`${device} ${of}`, await to.attach()];
      const before = one.watches.get(name);
      if (before !== undefined) await to.detach(before);
      one.watches.set(name, handle);
      return sdpOf(await to.say(handle, { request: 'join', ptype: 'subscriber', room: one.room, pin: one.pin, streams: [{ feed: sends.feed, ...(sees ? {} : { mid: soundWay }) }] }));
    },
    async watching(call, device, of, answer) {
      const handle = (await roomOf(call)).watches.get(`${device} ${of}`);
      if (handle !== undefined) await (await spoken()).say(handle, { request: 'start' }, { jsep: { type: 'answer', sdp: answer } });
    },
    async gone(call, device) {
      const one = await calls.get(call);
      if (!one) return;
      const handles = [...one.watches].filter(([name]) => name.startsWith(`${device} `) || name.endsWith(` ${device}`));
      for (const [name] of handles) one.watches.delete(name);
      const sends = one.sends.get(device);
      one.sends.delete(device);
      const to = await spoken();
      await Promise.all([...handles.map(([, handle]) => handle), ...(sends ? [sends.handle] : [])].map((handle) => to.detach(handle)));
      tellAll(one);
    },
    async over(call) {
      const one = await calls.get(call);
      if (!one || !calls.delete(call)) return;
      const to = await spoken();
      const handle = await to.attach();
      await to.say(handle, { request: 'destroy', room: one.room, secret: one.secret }, { atOnce: true });
      await Promise.all([handle, ...one.watches.values(), ...[...one.sends.values()].map((sends) => sends.handle)].map((each) => to.detach(each)));
    },
    close: () => void line?.then((to) => to.close(), () => undefined),
  };
}

/** A room for a call, which nobody finds or enters without us. */
async function makeRoom(to: JanusLine, key: string): Promise<Room> {
  const one: Room = { room: randomInt(1, rooms), pin: randomBytes(18).toString('base64url'), secret: randomBytes(18).toString('base64url'), sends: new Map(), watches: new Map() };
  const handle = await to.attach();
  await to.say(handle, {
    request: 'create', admin_key: key, room: one.room, pin: one.pin, secret: one.secret, permanent: false, is_private: true,
    publishers: mostDevices, videocodec: 'vp8', audiocodec: 'opus', opus_dtx: true, bitrate, bitrate_cap: true,
  }, { atOnce: true });
  await to.detach(handle);
  return one;
}
