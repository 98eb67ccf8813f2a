// Dexie's live queries look for a browser's own IndexedDB before they begin.
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import type { House } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { LowerEnd, type LineState } from '@noroshi/foundations/sync/web';
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
  /** Told of this device, and of what it is after each restart. */
  readonly made?: (device: Device) => void;
}

/** What the tabs of one browser share. */
interface Browser { readonly storage: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }; readonly name: string }

/** Makes a device and puts it on the line. */
export function device(needs: DeviceNeeds): Device {
  const one = inBrowser(needs, { storage: { indexedDB: new IDBFactory(), IDBKeyRange }, name: randomBytes(16).toString('hex') });
  one.end.start();
  return one;
}

function inBrowser(needs: DeviceNeeds, browser: Browser): Device {
  const dice = needs.dice ?? seeded(1);
  const session = needs.session ?? '00000000-0000-4000-8000-000000000001';
  const wire = new FaultyWire(needs.stair, { session, actor: needs.asServer ?? (() => needs.actor) }, dice);
  let state: LineState = 'connecting';
  const end = new LowerEnd({
    house: needs.house, actor: needs.actor, wires: [wire.wire], now: needs.now, storage: browser.storage, tabs: new BroadcastChannel(browser.name),
    randomBytes: (n) => randomBytes(n), inFront: () => true,
    inflate: async (bytes) => inflateRawSync(bytes),
    state: (now) => { state = now; },
  });
  let isOn = true;
  const stop = (): void => {
    isOn = false;
    end.stop();
    wire.cut();
  };
  const one: Device = {
    end, wire, state: () => state, isOn: () => isOn, stop,
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
