// Dexie's live queries look for a browser's own IndexedDB before they begin.
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { House } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { LowerEnd, type LineState, type LowerEndNeeds, type MarkPlace } from '@noroshi/foundations/sync/web';
import { seeded, type Dice } from './dice.ts';
import { FaultyWire } from './faulty-wire.ts';

/** A device: the real lower end of the stair on a wire that can be cut, with a disk of its own. */
export interface Device {
  readonly end: LowerEnd;
  readonly wire: FaultyWire;
  readonly state: () => LineState;
  /** Whether it has not been turned off. */
  readonly isOn: () => boolean;
  /** Turns it off. */
  readonly stop: () => void;
  /** Turns it off and on again: what was not on its disk is gone. */
  readonly restart: () => Device;
  /** Another tab of the same browser: it holds the same disk, and comes onto the line only when its `end` is started. */
  readonly tab: () => Device;
  /** The disk, for tests that take it away. */
  readonly disk: IDBFactory;
  /** Whether it is told that its line is a bad one. */
  readonly isBad: () => boolean;
  /** How often a store was lost under it. */
  readonly lost: () => number;
}

export interface DeviceNeeds {
  readonly house: House;
  readonly stair: () => Stair;
  readonly actor: Actor;
  readonly now: () => number;
  readonly dice?: Dice;
  readonly session?: Id;
  /** Who the server takes this device for; asked anew each time. */
  readonly asServer?: () => Actor | undefined;
  /** For how long it gathers what it tells on a line that is to be spared (milliseconds). */
  readonly gatherFor?: number;
  /** Which streams matter most beside the one that is open. */
  readonly first?: LowerEndNeeds['first'];
  /** Told of this device, and of what it is after each restart. */
  readonly made?: (device: Device) => void;
}

/** What the tabs of one browser share. */
interface Browser { readonly storage: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }; readonly name: string; readonly notes: MarkPlace }

/** What a browser keeps apart from its databases. */
function notes(): MarkPlace {
  const held = new Map<string, string>();
  return {
    get length() { return held.size; },
    key: (i) => [...held.keys()][i] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

/** Makes a device and puts it on the line. */
export function device(needs: DeviceNeeds): Device {
  const one = inBrowser(needs, { storage: { indexedDB: new IDBFactory(), IDBKeyRange }, name: randomBytes(16).toString('hex'), notes: notes() });
  one.end.start();
  return one;
}

function inBrowser(needs: DeviceNeeds, browser: Browser): Device {
  const dice = needs.dice ?? seeded(1);
  const session = needs.session ?? '00000000-0000-4000-8000-000000000001';
  const wire = new FaultyWire(needs.stair, { session, actor: needs.asServer ?? (() => needs.actor) }, dice);
  let state: LineState = 'connecting';
  let lost = 0;
  let isBad = false;
  const end = new LowerEnd({
    house: needs.house, actor: needs.actor, wires: [wire.wire], now: needs.now, storage: browser.storage, tabs: new BroadcastChannel(browser.name),
    randomBytes: (n) => randomBytes(n), inFront: () => true,
    inflate: async (bytes) => inflateRawSync(bytes),
    state: (now, _code, bad) => {
      state = now;
      isBad = bad;
    },
    ...(needs.first ? { first: needs.first } : {}),
    ...(needs.gatherFor === undefined ? {} : { gatherFor: needs.gatherFor }),
    markPlace: browser.notes,
    lost: () => { lost += 1; },
  });
  let isOn = true;
  const stop = (): void => {
    isOn = false;
    end.stop();
    wire.cut();
  };
  const one: Device = {
    end, wire, state: () => state, isOn: () => isOn, stop, disk: browser.storage.indexedDB, lost: () => lost, isBad: () => isBad,
    restart: () => {
      stop();
      const again = inBrowser({ ...needs, dice, session }, browser);
      again.end.start();
      return again;
    },
    tab: () => inBrowser({ ...needs, dice, session }, browser),
  };
  needs.made?.(one);
  return one;
}
