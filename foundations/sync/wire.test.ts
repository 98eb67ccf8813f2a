import { describe, expect, it } from 'vitest';
import { idTime, idToBytes, newId, type Id } from '@noroshi/foundations/kernel';
import { busyWith, seeded, smallHouse } from '@noroshi/foundations/testing';
import { digest, down, eventFrame, markNumber, pack, readEvent, subprotocolOf, unpack, unpackEach, up, type Event, type Frame } from '@noroshi/foundations/sync';

const dice = seeded(7);
const bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => dice.below(256));
const id = (): Id => newId(1_530_910_800_000 + dice.below(1e9), bytes(10));

it('S64 a message is read frame by frame: what is at hand is one frame, and garbage is the last', () => {
  const frames = unpackEach(Buffer.concat([pack([up.ping]), pack([up.open, 7]), Buffer.from([0xc1]), pack([up.ping])]));
  expect([...frames]).toEqual([[up.ping], [up.open, 7], undefined]);
});

describe('the wire', () => {
  it('S60 gives every frame back as it was', () => {
    const frames: Frame[] = [
      [up.hello, 1, bytes(16)], [up.command, bytes(16), 'talk.say', { text: '浸水 🌊', n: [1, -5, 2 ** 40, 0.5, null, true] }, 1_530_910_800_000, 3], [up.again, 4], [up.fetch, 7, 120], [up.old, 7, 120, 50],
      [up.read, 7, [[1, 5], [9, 9]]], [up.arrived, [[1, 5], [2, 2 ** 40]]], [up.open, 7], [up.ping],
      [down.welcome, 1, 1_530_910_800_000, 0, bytes(16)], [down.heads, [[1, 'w', 5, 2, 1, 1]], [4], 1], [down.answer, bytes(16), 1, 7, 12, 1], [down.answer, bytes(16), 0, 'talk.roomClosed', null],
      [down.batch, 7, 3, 9, 0, bytes(50)], [down.snapshot, 7, 'r:x', 9, 1, 0, 3, 1, null, 1, bytes(500)], [down.old, 7, 1, 0, 0, bytes(0)], [down.marks, 7, 1, [[3, 9, 4, [[6, 9]], 5]]], [down.pong, 5], [down.bye, 'line.oldClient'], [down.later, 2000],
    ];
    for (const frame of frames) expect(unpack(pack(frame))).toEqual([frame]);
    const joint = new Uint8Array(Buffer.concat(frames.map((frame) => pack(frame))));
    expect(unpack(joint)).toEqual(frames);
  });

  it('S61 gives every event back as it was, whoever wrote it and whatever its envelope carries', () => {
    const kind = smallHouse.kinds.get('small.pledged')!;
    const [taro, aoi, org, otherOrg, incident] = [id(), id(), id(), id(), id()];
    const member = (person: Id) => (person === taro ? { no: 3, org, born: 2, since: 5 } : undefined);
    for (let i = 0; i < 200; i++) {
      const commandId = id();
      const event: Event = {
        stream: 'r:x', seq: 6 + dice.below(1e6), id: commandId, n: dice.below(3), kind: kind.kind, at: idTime(commandId) + dice.below(1e6) - 500_000,
        by: dice.pick([taro, aoi]), org: dice.pick([org, otherOrg]), incident: dice.chance(0.5) ? incident : undefined, drill: dice.chance(0.5) || undefined,
        message: dice.chance(0.5) ? dice.below(1e6) : undefined, body: { place: id(), n: dice.below(100) },
      };
      const [frame] = unpack(pack(eventFrame(kind, event, { stream: 9, member })))!;
      expect(readEvent(smallHouse, frame!, 'r:x', (no) => (no === 3 ? { person: taro, org } : undefined))).toEqual(event);
    }
  });

  it('S62 leaves the organization out only where every reader’s card says the same at that moment', () => {
    const kind = smallHouse.kinds.get('small.wrote')!;
    const [taro, org] = [id(), id()];
    const event = (seq: number): Event => ({ stream: 'r:x', seq, id: id(), n: 0, kind: kind.kind, at: 5, by: taro, org, body: { text: 'あ' } });
    const frame = (seq: number, since: number, born = 2) => eventFrame(kind, event(seq), { stream: 9, member: () => ({ no: 3, org, born, since }) });
    expect(frame(10, 9)).toHaveLength(9);
    // The card is from later than the event: whoever reads the event has another.
    expect(frame(10, 11)[10]).toEqual(idToBytes(org));
    // They came in only after it (storm, seeds 104 and 133): no number stands for them yet.
    expect(frame(10, 11, 11)[7]).toEqual(idToBytes(taro));
    expect(frame(10, 9)[7]).toBe(3);
  });

  it('S63 keeps an event of a kind that it does not know, without guessing', () => {
    const [frame] = unpack(pack([down.event, 9, 4, idToBytes(id()), 0, 31_000, 5, 3, ['x', 2]]))!;
    expect(readEvent(smallHouse, frame!, 'r:x', () => undefined)).toMatchObject({ seq: 4, kind: '?31000', body: ['x', 2] });
  });

  it('S64 takes garbage for garbage, quickly, whatever it claims to be', () => {
    const bombs = [
      Buffer.concat(Array.from({ length: 50_000 }, () => Buffer.from([0xdc, 0xff, 0xff]))),
      Buffer.concat(Array.from({ length: 50_000 }, () => Buffer.from([0x91]))),
      Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff]), Buffer.from([0xdf, 0x7f, 0xff, 0xff, 0xff]), Buffer.from([0xc6, 0xff, 0xff, 0xff, 0xff]), Buffer.from([0xc1]),
      pack({ a: 1 } as never), pack(['x'] as never), pack(5 as never),
    ];
    const spent = busyWith(() => {
      for (const bomb of bombs) expect(unpack(bomb)).toBeUndefined();
      for (let seed = 0; seed < 3_000; seed++) {
        const frames = unpack(bytes(1 + dice.below(60)));
        if (frames) expect(frames.every((frame) => Array.isArray(frame) && typeof frame[0] === 'number')).toBe(true);
      }
      // A true frame with one byte changed is a frame or garbage, never an exception.
      const whole = pack([up.command, bytes(16), 'talk.say', { text: '浸水しています', mentions: ['a', 'b'] }, 5, 1]);
      for (let i = 0; i < whole.length * 8; i++) {
        const bent = whole.slice();
        bent[i >> 3]! ^= 1 << (i & 7);
        expect(() => unpack(bent)).not.toThrow();
      }
    });
    expect(spent).toBeLessThan(2_000);
  });

  it('S65 has a digest that is equal for the same cursors of the same history, in any order, and only for those', () => {
    const history = bytes(16);
    const cursors: [number, number, number][] = [[1, 50, 3], [7, 2 ** 33, 0], [9, 4, 4]];
    const same = digest(history, cursors.toReversed());
    expect(digest(history, cursors)).toEqual(same);
    expect(digest(history, [...cursors, [12, 0, 0]])).toEqual(same);
    for (const other of [cursors.slice(1), [[1, 51, 3], ...cursors.slice(1)], [[1, 50, 4], ...cursors.slice(1)], [[2, 50, 3], ...cursors.slice(1)]] as [number, number, number][][]) expect(digest(history, other)).not.toEqual(same);
    expect(digest(bytes(16), cursors)).not.toEqual(same);
    expect(markNumber({ read: 3, ranges: [[5, 6]] })).not.toBe(markNumber({ read: 3, ranges: [[4, 7]] }));
  });

  it('S66 lets an old and a new client onto the line, to be told so; others not', () => {
    expect(subprotocolOf(['noroshi.1'])).toBe('noroshi.1');
    expect(subprotocolOf(['noroshi.0', 'noroshi.1'])).toBe('noroshi.1');
    expect(subprotocolOf(['noroshi.7'])).toBe('noroshi.7');
    expect(subprotocolOf(['chat', ''])).toBeUndefined();
  });
});
