import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idle } from './idle.ts';
import { openOurHouse, type OurHouse } from './our-house.ts';
import { overload } from './overload.ts';
import { ratios } from './ratios.ts';
import { search } from './search.ts';
import { signin } from './signin.ts';
import { takeOut } from './take-out.ts';
import { talk, type Work } from './talk.ts';
import { unread } from './unread.ts';
import { whoCanCome } from './who-can-come.ts';
import { wire } from './wire.ts';

// Each bench in a few seconds, against the server as it is started: that nothing is lost, doubled or refused, and how many
// bytes it takes. How long it takes is for `npm run bench` on a quiet machine.

let house: OurHouse;
beforeAll(async () => { house = await openOurHouse(12); }, 120_000);
afterAll(() => house?.close());

const work: Work = { n: 12, rooms: 1, m: 20, mode: 'open', rate: 40, w: 4, mark: false, missed: 0, patience: 30_000 };

describe('B1 on the wire, counted at the socket', () => {
  it('a resume with nothing missed, a message of 37 characters, and 20 rooms with 50 missed each', async () => {
    const [resume, message, missed] = await wire(house, { rooms: 20, missed: 50 });
    expect(resume).toMatchObject({ same: true });
    expect(resume!['bytesDown'] as number + (resume!['bytesUp'] as number)).toBeLessThanOrEqual(300);
    expect(message).toMatchObject({ delivered: '37 characters' });
    expect(message!['bytesDown']).toBeLessThanOrEqual(150);
    expect(missed).toMatchObject({ missed: 1_000, rooms: 20 });
    expect(missed!['part']).toBeLessThanOrEqual(0.25);
  });
});

describe('each bench', () => {
  it('steady and saturated: every message reaches everyone once', async () => {
    for (const mode of ['open', 'closed'] as const) {
      const [result] = await talk(house, { ...work, mode });
      expect(result).toMatchObject({ sent: 20, complete: 20, deliveries: 240, dup: 0, later: 0, refused: 0 });
    }
  });

  it('rooms: and nobody beside them', async () => {
    const [result] = await talk(house, { ...work, rooms: 3, mode: 'closed' });
    expect(result).toMatchObject({ sent: 60, complete: 60, deliveries: 240, dup: 0, later: 0, refused: 0 });
  });

  it('survey: every organization is asked once, each answer comes to headquarters, and a town hears of nobody else', async () => {
    for (const result of await whoCanCome(house, { towns: 2, people: 6, lines: 2, rate: 40 })) {
      expect(result).toMatchObject({ orgs: 3, people: 18, lines: 6, answers: 6, refused: 0 });
      expect(result['downTown']).toBeLessThanOrEqual(3_000);
      // Who does not look bears no more than a town does.
      expect(result['downOther']).toBeLessThanOrEqual(3_000);
    }
  });

  it('read: everyone sees who has read, in at most 150 bytes each', async () => {
    const [result] = await talk(house, { ...work, m: 3, rate: 2, mark: true });
    expect(result).toMatchObject({ complete: 3, deliveries: 36, dup: 0 });
    // All but the author have read each message, and all twelve were told so.
    expect(result!['markers']).toBeGreaterThanOrEqual(3 * 11 * 12);
    expect((result!['downPerMemberAndMsg'] as number) - 150).toBeLessThanOrEqual(150);
  });

  it('storm: all come back at once, none refused, lost or doubled, in at most 8 kB each', async () => {
    const [, result] = await talk(house, { ...work, m: 5, missed: 50 });
    expect(result).toMatchObject({ reconnect: 11, mam: 550, lost: 0, dup: 0, refused: 0, later: 0 });
    expect(result!['downPerClient']).toBeLessThanOrEqual(8_000);
  });

  it('unread: who has not read is told exactly', async () => {
    // Ten are there and half of them read; twenty were never there; the author is not asked.
    expect(await unread(house, { members: 30, readers: 10, asked: 5 })).toMatchObject({ members: 30, unread: 25 });
  });

  it('search: each finds what it should and counts it, whoever asks', async () => {
    const results = await search(house, { messages: 9_000, people: 20, rounds: 1 });
    expect(results.at(-1)).toMatchObject({ asked: 256, wrong: 0 });
    expect(results.at(-1)!['hits']).toBeGreaterThan(1_000);
  }, 150_000);

  it('export: all that was said is in it, and whoever talks meanwhile is heard', async () => {
    const result = await takeOut(house, { events: 300, lines: 30 });
    expect((result['progress'] as string[]).at(-1)).toBe('made');
    expect(result['lines']).toBe(30);
    expect(result['besideIt']).toBeGreaterThan(0);
  });

  it('signin: those who come one after the other are let in beside one who floods the door, and all resume', async () => {
    const [came, beside, resumed] = await signin(house, { comers: 5, room: 10, rate: 10, seconds: 2, resumes: 40, flood: 12 });
    expect(came).toMatchObject({ refused: 0 });
    expect(came!['signIns']).toBeGreaterThan(0);
    expect(beside).toMatchObject({ besideAFlood: 4, letIn: 4 });
    expect(resumed).toMatchObject({ resumes: 40, same: 40 });
  });

  it('overload: whatever is put off is said in the end, once', async () => {
    // Ten more of each person than one may say in one breath (S34).
    const result = await overload(house, { n: 12, m: 310, patience: 50_000 });
    expect(result).toMatchObject({ offered: 3_720, acknowledged: 3_720, heard: 3_720, dup: 0 });
    expect(result['later']).toBeGreaterThan(0);
  });

  it('idle: lines that say nothing stay', async () => {
    expect(await idle(house, 24)).toMatchObject({ idle: 24, ok: 24 });
  });

  it('what is compared with the peer is what both have told', () => {
    const ours = [[{ delivPerS: 100, lastMember: [1, 2, 4], cpuUsPerDelivery: [2, 2] }], [{ delivPerS: 400, lastMember: [1, 2, 4], cpuUsPerDelivery: [2, 2] }]];
    const peer = [[{ delivPerS: 20, lastMember: [1, 2, 40], cpuUsPerDelivery: [10, 6] }]];
    expect(ratios('steady', ours, peer)).toEqual([{
      ratios: 'steady', runs: 2, deliveriesPerS: { ours: 200, peer: 20, ratio: 10 }, lastMemberP50: { ours: 1, peer: 1, ratio: 1 }, lastMemberP99: { ours: 4, peer: 40, ratio: 0.1 },
      cpuPerDelivery: { ours: 4, peer: 16, ratio: 0.25 },
    }]);
  });
});
