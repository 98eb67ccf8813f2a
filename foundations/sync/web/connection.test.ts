import { down, pack } from '@noroshi/foundations/sync';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection, offlineCode, type LineState } from './connection.web.ts';
import type { WireEvents } from './wire.web.ts';

let tries: WireEvents[];
let said: [LineState, string?][];
let connection: Connection;
let hear: (bytes: Uint8Array) => Promise<void>;
beforeEach(() => {
  vi.useFakeTimers();
  tries = [];
  said = [];
  hear = async () => connection.answered();
  connection = new Connection({
    wires: [(events) => { tries.push(events); return { send: () => undefined, close: () => undefined }; }],
    now: () => Date.now(), random: () => 1, inFront: () => true,
    state: (state, code) => void said.push(code === undefined ? [state] : [state, code]),
  }, {
    greeting: async () => [], ended: () => undefined, underWay: () => 0, isPutOff: () => false, beat: () => undefined,
    hear: (bytes) => hear(bytes), farewell: (bytes) => (bytes[0] === 9 ? 'line.oldClient' : undefined),
  });
  connection.start();
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

/** The newest try gets through. */
const opens = async (): Promise<void> => {
  tries.at(-1)!.up();
  await connection.settled();
  connection.welcomed();
};

describe('S130 a line is not taken for a slow one', () => {
  it('because the device clock was set ahead while answers were awaited', async () => {
    await opens();
    for (let i = 0; i < 3; i++) {
      connection.hurry();
      vi.setSystemTime(Date.now() + 3_600_000);
      tries.at(-1)!.bytes(pack([down.pong, 0]));
      await connection.settled();
    }
    expect(connection.isBad).toBe(false);
    for (let i = 0; i < 3; i++) {
      connection.hurry();
      await vi.advanceTimersByTimeAsync(2_500);
      tries.at(-1)!.bytes(pack([down.pong, 0]));
      await connection.settled();
    }
    expect(connection.isBad).toBe(true);
  });
});

describe('S94 the last word on a wire', () => {
  const bye = Uint8Array.of(9);
  it('is heard though the wire ends while what came before it is still being taken in', async () => {
    await opens();
    hear = () => new Promise(() => undefined);
    tries.at(-1)!.bytes(Uint8Array.of(0));
    tries.at(-1)!.bytes(bye);
    tries.at(-1)!.down(false);
    expect(said.at(-1)).toEqual(['refused', 'line.oldClient']);
    // Only a newer page helps: nobody comes back at once, nor by another way.
    await vi.advanceTimersByTimeAsync(8_000);
    expect(tries).toHaveLength(1);
  });

  it('is that of its own wire: one that just ends is tried again', async () => {
    await opens();
    hear = () => new Promise(() => undefined);
    tries.at(-1)!.bytes(bye);
    tries.at(-1)!.bytes(Uint8Array.of(0));
    tries.at(-1)!.down(false);
    expect(said.at(-1)).toEqual(['off']);
    await vi.advanceTimersByTimeAsync(500);
    expect(tries).toHaveLength(2);
  });
});

describe('S112 a browser that says it has no network', () => {
  it('is tried every 15 s and shown as without one all the while', async () => {
    tries.at(-1)!.down(false);
    connection.offline();
    expect(said.at(-1)).toEqual(['off', offlineCode]);
    await vi.advanceTimersByTimeAsync(14_900);
    expect(tries).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(tries).toHaveLength(2);
    tries.at(-1)!.down(false);
    await vi.advanceTimersByTimeAsync(15_100);
    expect(tries).toHaveLength(3);
    expect(said.slice(2).every(([state, code]) => state === 'off' && code === offlineCode)).toBe(true);
  });

  it('is tried at once when it says that it has one', async () => {
    tries.at(-1)!.down(false);
    connection.offline();
    connection.online();
    expect(tries).toHaveLength(2);
    expect(said.at(-1)).toEqual(['connecting']);
    await opens();
    connection.offline();
    // The socket that was up says nothing, as one does that does not know it is dead: it is not waited for.
    connection.online();
    expect(tries).toHaveLength(3);
  });

  it('is found to be wrong by a line that answers, and right by one that does not', async () => {
    await opens();
    connection.offline();
    expect(said.at(-1)).toEqual(['off', offlineCode]);
    tries.at(-1)!.bytes(pack([down.pong, 0]));
    await connection.settled();
    expect(said.at(-1)).toEqual(['open']);
    await vi.advanceTimersByTimeAsync(10);
    connection.offline();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(tries).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(tries).toHaveLength(2);
    expect(said.at(-1)).toEqual(['off', offlineCode]);
  });

  it('is let in all the same where a try gets through', async () => {
    tries.at(-1)!.down(false);
    connection.offline();
    await vi.advanceTimersByTimeAsync(15_100);
    await opens();
    tries.at(-1)!.down(false);
    // From here on it is a line like any other.
    expect(said.at(-1)).toEqual(['off']);
    await vi.advanceTimersByTimeAsync(900);
    expect(tries).toHaveLength(3);
  });
});

// Found by faults, seed 13: a device that heard nothing for as long as its clock had been set back.
describe('S91 a line that died without a word', () => {
  it('is noticed within 20 s, also where someone looks again and again, or asks for little, while it is probed', async () => {
    await opens();
    for (const [seconds, does] of [[9, () => connection.hurry()], [4, () => connection.spare(true)], [3, () => connection.hurry()], [4, () => undefined]] as const) {
      await vi.advanceTimersByTimeAsync(seconds * 1_000);
      does();
    }
    expect(tries).toHaveLength(2);
  });

  it('is noticed as soon where the clock was set back by an hour meanwhile', async () => {
    await opens();
    tries.at(-1)!.bytes(pack([down.pong, 0]));
    await connection.settled();
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(tries).toHaveLength(2);
  });

  it('is noticed as soon where that happened between the probe and its end', async () => {
    await opens();
    await vi.advanceTimersByTimeAsync(9_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(tries).toHaveLength(2);
  });

  it('is not taken for one that lives because the clock was set ahead', async () => {
    await opens();
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(2_000);
    tries.at(-1)!.bytes(pack([down.pong, 0]));
    await connection.settled();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tries).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(tries).toHaveLength(2);
  });
});
