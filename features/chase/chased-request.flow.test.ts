import { acknowledge, commit, decline, escalate, revise, send, takeOver } from '@noroshi/features/request';
import { answer } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { box, chase, closesAfterEach, open } from '@noroshi/e2e/chased';

closesAfterEach();

describe('requests', () => {
  beforeEach(async () => {
    await open();
    await box.plans();
  });
  const ask = async (): Promise<{ incident: Id; request: Id }> => {
    const incident = await box.flood();
    for (const who of ['taro', 'aoi', 'ken'] as const) {
      const opened = chase.runs().at(-1);
      if (opened) await box.does(who, answer, { room: box.groupC, message: opened.thing, answer: 'agreed' });
      else {
        await chase.happens();
        await box.does(who, answer, { room: box.groupC, message: chase.runs().at(-1)!.thing, answer: 'agreed' });
      }
    }
    await chase.happens();
    chase.notices = [];
    const request = await box.does('taro', send, { room: box.groupC, incident, lines: [{ duty: 'shelter', count: 6 }] });
    await chase.happens();
    return { incident, request };
  };

  it('D1 the people of the primary are chased until one of them has answered for it', async () => {
    const { request } = await ask();
    expect([chase.toldBy('aoi'), chase.toldBy('ken'), chase.toldBy('hanako'), chase.toldBy('taro')]).toEqual([['push'], [], [], []]);
    await chase.passes(3);
    expect(chase.toldBy('aoi')).toEqual(['push', 'push']);
    await box.does('aoi', commit, { room: box.groupC, request, parts: [{ line: 1, wave: 1, count: 6, sees: 0 }] });
    await chase.passes(2);
    await chase.passes(60);
    expect(chase.toldBy('aoi')).toEqual(['push', 'push']);
  });

  it('D1 受領 gives an hour; when the clock of the request passes it on, the secondaries are chased', async () => {
    const { request } = await ask();
    await box.does('aoi', acknowledge, { room: box.groupC, request });
    await chase.happens();
    await chase.passes(15);
    expect(chase.toldBy('aoi')).toEqual(['push']);
    await chase.passes(15.1);
    await chase.happens();
    expect(chase.toldBy('ken')).toEqual(['push']);
    expect(chase.toldBy('aoi')).toEqual(['push']);
    await box.does('ken', decline, { room: box.groupC, request, parts: [{ line: 1, wave: 1, sees: 0 }], reason: 'ownDisaster' });
    await chase.passes(3);
    expect(chase.toldBy('ken')).toEqual(['push']);
  });
});

describe('a line that falls to somebody later', () => {
  beforeEach(async () => {
    await open();
    await box.plans();
  });
  /** A request of these lines; the words by which the flood was opened are answered by all. */
  const ask = async (...counts: number[]): Promise<Id> => {
    const incident = await box.flood();
    await chase.happens();
    const opening = chase.runs().at(-1)!.thing;
    for (const who of ['taro', 'aoi', 'ken'] as const) await box.does(who, answer, { room: box.groupC, message: opening, answer: 'agreed' });
    await chase.happens();
    chase.notices = [];
    const request = await box.does('taro', send, { room: box.groupC, incident, lines: counts.map((count) => ({ duty: 'shelter' as const, count })) });
    await chase.happens();
    return request;
  };
  const parts = (line: number, count: number, sees = 0) => [{ line, wave: 1, count, sees }];
  const revises = (request: Id, sees: number, count: number) => box.does('taro', revise, { room: box.groupC, request, sees, lines: [{ id: 1, duty: 'shelter', count }] });

  it('D1 D5 a secondary that had received it is woken when the line falls to it, and climbs the whole ladder; headquarters after it', async () => {
    const request = await ask(6);
    await chase.passes(1);
    await box.does('ken', acknowledge, { room: box.groupC, request });
    for (const minutes of [28, 1.1]) await chase.passes(minutes);
    await chase.happens();
    expect(chase.toldBy('ken')).toEqual(['push']);
    for (const minutes of [3, 2, 5]) await chase.passes(minutes);
    expect(chase.toldBy('ken')).toEqual(['push', 'push', 'mail', 'sms']);
    expect(chase.toldBy('hanako')).toEqual([]);
    await chase.passes(20.1);
    await chase.happens();
    expect(chase.toldBy('hanako')).toEqual(['push']);
    await box.does('hanako', takeOver, { room: box.groupC, request });
    await chase.passes(3);
    expect(chase.toldBy('hanako')).toEqual(['push']);
    // The hour that 受領 gave at the first minute is about a question that is no longer the one: nobody is asked twice.
    const before = chase.toldBy('ken').length;
    await chase.passes(30);
    expect(chase.toldBy('ken')).toHaveLength(before);
  });

  it('D5 what the town takes up (上申) wakes headquarters as a line that falls to it does, and climbs the whole ladder; nobody else is asked by it', async () => {
    const request = await ask(6);
    await chase.passes(1);
    await box.does('aoi', acknowledge, { room: box.groupC, request });
    await chase.happens();
    chase.notices = [];
    await box.does('taro', escalate, { room: box.groupC, request, to: 'prefecture' });
    await chase.happens();
    expect([chase.toldBy('hanako'), chase.toldBy('aoi'), chase.toldBy('ken'), chase.toldBy('taro')]).toEqual([['push'], [], [], []]);
    await chase.passes(3);
    expect(chase.toldBy('hanako')).toEqual(['push', 'push']);
    await box.does('hanako', takeOver, { room: box.groupC, request });
    await chase.passes(2);
    expect(chase.toldBy('hanako')).toEqual(['push', 'push']);
  });

  it('D5 whoever answered for one line is woken when another falls to them', async () => {
    const request = await ask(2, 4);
    await box.does('aoi', decline, { room: box.groupC, request, parts: [{ line: 1, wave: 1, sees: 0 }], reason: 'noStaff' });
    await chase.happens();
    expect(chase.toldBy('ken')).toEqual(['push']);
    await box.does('ken', commit, { room: box.groupC, request, parts: parts(1, 2) });
    for (const minutes of [15, 15.1]) await chase.passes(minutes);
    await chase.happens();
    expect(chase.toldBy('ken')).toEqual(['push', 'push']);
    await chase.passes(3);
    expect(chase.toldBy('ken')).toEqual(['push', 'push', 'push']);
  });

  it('D5 a revision that asks for more wakes the primary that had answered; one that asks for less wakes nobody', async () => {
    const request = await ask(6);
    await chase.passes(1);
    await box.does('aoi', commit, { room: box.groupC, request, parts: parts(1, 6) });
    await chase.passes(60);
    chase.notices = [];
    await revises(request, 1, 5);
    await chase.happens();
    expect(chase.notices).toEqual([]);
    await revises(request, 2, 30);
    await chase.happens();
    expect(chase.toldBy('aoi')).toEqual(['push']);
    await chase.passes(3);
    expect(chase.toldBy('aoi')).toEqual(['push', 'push']);
    await box.does('aoi', acknowledge, { room: box.groupC, request });
    await box.does('aoi', commit, { room: box.groupC, request, parts: parts(1, 30, 1) });
    await chase.passes(2);
    expect(chase.toldBy('aoi')).toEqual(['push', 'push']);
  });

  it('D5 a secondary that stays silent is not asked again by a revision in which its need did not rise; by one that begins the line anew it is, once that comes to it', async () => {
    const request = await ask(6, 2);
    for (const minutes of [15, 15.1]) await chase.passes(minutes);
    await chase.happens();
    for (const minutes of [3, 2, 5, 5]) await chase.passes(minutes);
    expect(chase.toldBy('ken')).toEqual(['push', 'push', 'mail', 'sms']);
    chase.notices = [];
    await chase.passes(5);
    const again = (sees: number, lines: readonly { id: number; count: number }[]) => box.does('taro', revise, { room: box.groupC, request, sees, lines: lines.map((line) => ({ duty: 'shelter' as const, ...line })) });
    await again(1, [{ id: 1, count: 5 }]);
    await chase.happens();
    expect(chase.notices).toEqual([]);
    // More of the other line is the primary's first; of the first one Ken still owes his word, and has been told.
    await again(2, [{ id: 2, count: 9 }]);
    await chase.happens();
    expect([chase.toldBy('aoi'), chase.toldBy('ken')]).toEqual([['push'], []]);
    for (const minutes of [15, 15.1]) await chase.passes(minutes);
    await chase.happens();
    expect(chase.toldBy('ken')).toEqual(['push']);
    await chase.passes(3);
    expect(chase.toldBy('ken')).toEqual(['push', 'push']);
  });

  it('D1 a number with more to come gives an hour, and then asks for the rest', async () => {
    const request = await ask(6);
    await chase.passes(1);
    await box.does('aoi', commit, { room: box.groupC, request, parts: [{ line: 1, wave: 1, count: 2, considering: 4, sees: 0 }] });
    await chase.happens();
    for (const minutes of [29, 30]) await chase.passes(minutes);
    expect(chase.toldBy('aoi')).toEqual(['push']);
    await chase.passes(1);
    await chase.happens();
    expect(chase.toldBy('aoi')).toEqual(['push', 'push']);
  });
});
