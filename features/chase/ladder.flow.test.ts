import { begin, remind, reminder, setLadder, type Reminder } from '@noroshi/features/chase';
import { answer, say, withdraw } from '@noroshi/features/talk';
import { freshId } from '@noroshi/foundations/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { box, chase, closesAfterEach, open } from '@noroshi/e2e/chased';

const minute = 60_000;

closesAfterEach();

describe('the ladder', () => {
  beforeEach(() => open());

  it('D1 at once, after 3, 5 and 10 minutes, and at 15 a card for a colleague who has read it; each a row in the record with its result', async () => {
    chase.becomes = ({ channel }) => (channel === 'mail' ? { ok: false, code: 'notify.noAddress' } : { ok: true, to: 1 });
    await chase.urgent();
    await chase.happens();
    expect(chase.toldBy('taro')).toEqual(['push']);
    await chase.passes(2.9);
    expect(chase.toldBy('taro')).toEqual(['push']);
    await chase.passes(0.1);
    expect(chase.toldBy('taro')).toEqual(['push', 'push']);
    await chase.passes(2);
    await chase.passes(5);
    expect(chase.toldBy('taro')).toEqual(['push', 'push', 'mail', 'sms']);
    expect(chase.toldBy('hanako')).toEqual([]);
    expect(chase.cards()).toEqual([]);
    await chase.reads(box.cast.hanako);
    await chase.passes(5);
    expect(chase.cards().map(({ whom }) => whom).toSorted()).toEqual([box.cast.taro, box.cast.aoi, box.cast.ken].map(({ person }) => person).toSorted());
    // Nobody in those towns has read it; headquarters is asked, and told so.
    expect(chase.cards().every(({ caller }) => caller === box.cast.hanako.person)).toBe(true);
    const everyone = [box.cast.taro, box.cast.aoi, box.cast.ken].map((who) => chase.numberOf(who)).toSorted((a, b) => a - b);
    expect(chase.runs()).toHaveLength(1);
    expect(chase.runs()[0]!.tries.map(({ step, told }) => [step, told])).toEqual([
      [0, [{ result: 'sent', people: everyone }]], [1, [{ result: 'sent', people: everyone }]], [2, [{ result: 'notify.noAddress', people: everyone }]],
      [3, [{ result: 'sent', people: everyone }]], [4, [{ result: 'card', people: everyone }]],
    ]);
    await chase.passes(120);
    expect(chase.runs()[0]!.tries).toHaveLength(5);
    await box.everyoneAgrees();
  });

  it('D1 reading stops nothing; 了解 and 不可 stop it for who says so; words that are withdrawn ask nobody', async () => {
    const first = await chase.urgent();
    await chase.happens();
    await chase.reads(box.cast.taro);
    await box.does('aoi', answer, { room: box.groupC, message: first, answer: 'agreed' });
    await box.does('ken', answer, { room: box.groupC, message: first, answer: 'cannot' });
    await chase.passes(3);
    expect([chase.toldBy('taro'), chase.toldBy('aoi'), chase.toldBy('ken')]).toEqual([['push', 'push'], ['push'], ['push']]);
    await box.does('hanako', withdraw, { room: box.groupC, message: first });
    await chase.passes(2);
    await chase.passes(30);
    expect(chase.toldBy('taro')).toEqual(['push', 'push']);
    expect(chase.cards()).toEqual([]);
  });

  it('D1 検討中 stops it, and begins it again for that person after 60 minutes', async () => {
    const asks = await chase.urgent();
    await chase.happens();
    await box.does('aoi', answer, { room: box.groupC, message: asks, answer: 'agreed' });
    await box.does('ken', answer, { room: box.groupC, message: asks, answer: 'agreed' });
    await chase.passes(1);
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'considering' });
    await chase.happens();
    for (const minutes of [3, 5, 10, 20, 20]) await chase.passes(minutes);
    expect(chase.toldBy('taro')).toEqual(['push']);
    await chase.passes(2);
    expect(chase.toldBy('taro')).toEqual(['push', 'push']);
    await chase.passes(3);
    expect(chase.toldBy('taro')).toEqual(['push', 'push', 'push']);
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'agreed' });
    await chase.passes(2);
    expect(chase.toldBy('taro')).toEqual(['push', 'push', 'push']);
    expect([chase.toldBy('aoi'), chase.toldBy('ken')]).toEqual([['push'], ['push']]);
  });

  it('D1 who says 検討中 twice is asked again once', async () => {
    const asks = await chase.urgent();
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'considering' });
    await chase.happens();
    await chase.passes(10);
    await box.does('taro', answer, { room: box.groupC, message: asks, answer: 'considering', word: '市長に確認中' });
    await chase.happens();
    await chase.passes(51);
    expect(chase.toldBy('taro')).toEqual([]);
    await chase.passes(10);
    expect(chase.toldBy('taro')).toEqual(['push']);
  });

  it('D1 goes on where it was after the server was killed, and does nothing twice', async () => {
    await chase.urgent();
    await chase.happens();
    await chase.passes(3);
    await chase.chasers[0]!.stop();
    await box.restart();
    chase.chasers = [await chase.follow(box.stair)];
    await chase.happens();
    expect(chase.toldBy('taro')).toEqual(['push', 'push']);
    await chase.passes(2);
    expect(chase.toldBy('taro')).toEqual(['push', 'push', 'mail']);
    expect(chase.runs()).toHaveLength(1);
    expect(chase.runs()[0]!.tries.map(({ step }) => step)).toEqual([0, 1, 2]);
    await box.everyoneAgrees();
  });

  it('D1 a step that was written down but not told of when the server was killed is told of by the next', async () => {
    await chase.urgent();
    await chase.happens();
    await chase.chasers[0]!.stop();
    // The clock writes the step down while nobody tells.
    box.clock.pass(3 * minute);
    await box.stair.clock.look();
    expect(chase.runs()[0]!.tries[1]).toMatchObject({ step: 1 });
    expect(chase.toldBy('taro')).toEqual(['push']);
    await box.restart();
    chase.chasers = [await chase.follow(box.stair)];
    await chase.happens();
    expect(chase.toldBy('taro')).toEqual(['push', 'push']);
    expect(chase.runs()[0]!.tries[1]!.told).toBeDefined();
  });

  it('D1 what was said while nobody followed is begun by the next, and what is history is not', async () => {
    await chase.chasers[0]!.stop();
    await chase.urgent();
    box.clock.pass(2 * 60 * minute);
    await chase.urgent('taro');
    await box.restart();
    chase.chasers = [await chase.follow(box.stair)];
    await chase.happens();
    expect(chase.runs()).toHaveLength(1);
    expect(chase.toldBy('hanako')).toEqual(['push']);
    expect(chase.toldBy('taro')).toEqual([]);
  });

  it('D1 is set by administrators, for what asks from then on', async () => {
    await chase.urgent();
    await chase.happens();
    expect(await box.stair.submit(box.cast.taro, { id: freshId(), name: setLadder.deed, input: { steps: [{ after: 0, way: 'push' }], again: 30 } })).toMatchObject({ code: 'directory.notAllowed' });
    expect(await box.stair.submit(box.cast.hanako, { id: freshId(), name: setLadder.deed, input: { steps: [{ after: 5, way: 'push' }, { after: 1, way: 'mail' }], again: 30 } })).toMatchObject({ code: 'chase.stepTooEarly', params: { n: 2 } });
    await box.does('hanako', setLadder, { steps: [{ after: 1, way: 'sms' }], again: 30 });
    await chase.urgent('aoi');
    await chase.happens();
    await chase.passes(1);
    expect(chase.toldBy('hanako')).toEqual(['sms']);
    await chase.passes(2);
    expect(chase.toldBy('taro')).toEqual(['push', 'sms', 'push']);
    expect(chase.runs().map(({ steps }) => steps.length)).toEqual([5, 1]);
  });

  it('D1 nothing that only the clock does is done by a person', async () => {
    expect(await box.stair.submit(box.cast.hanako, { id: freshId(), name: begin.deed, input: {} })).toMatchObject({ code: 'command.unknown' });
  });

  it('D1 a channel that throws is written down as failed, and holds nobody up', async () => {
    chase.becomes = ({ person }) => { if (person === box.cast.taro.person) throw new Error('out of order'); return { ok: true, to: 1 }; };
    await chase.urgent();
    await chase.happens();
    const results = chase.runs()[0]!.tries[0]!.told!;
    expect(results.find(({ result }) => result === 'failed')?.people).toEqual([chase.numberOf(box.cast.taro)]);
    expect(results.find(({ result }) => result === 'sent')?.people).toHaveLength(2);
    expect(chase.faults.map(String)).toEqual(['Error: out of order']);
    chase.faults = [];
  });
});

describe('telling once more', () => {
  beforeEach(() => open());

  it('D3 tells those who have not read, once in three minutes, and writes down what became of it', async () => {
    const id = await box.does('hanako', say, { room: box.groupC, text: '明日の会議は10時からです' });
    await chase.reads(box.cast.aoi);
    await box.does('hanako', remind, { room: box.groupC, message: id });
    await chase.happens();
    expect([chase.toldBy('taro'), chase.toldBy('ken'), chase.toldBy('aoi'), chase.toldBy('hanako')]).toEqual([['push'], ['push'], [], []]);
    const now = box.stair.memory.get(reminder.noun, id)!.value as Reminder;
    expect(now.told).toEqual([{ result: 'sent', people: [chase.numberOf(box.cast.taro), chase.numberOf(box.cast.ken)].toSorted((a, b) => a - b) }]);
    const again = () => box.stair.submit(box.cast.hanako, { id: freshId(), name: remind.deed, input: { room: box.groupC, message: id } });
    expect(await again()).toMatchObject({ code: 'chase.remindedJustNow', params: { minutes: 3 } });
    expect(await box.stair.submit(box.cast.taro, { id: freshId(), name: remind.deed, input: { room: box.groupC, message: id } })).toMatchObject({ code: 'chase.notYoursToRemind' });
    await chase.passes(3);
    expect(await again()).toMatchObject({ ok: true });
    await chase.happens();
    expect(chase.toldBy('taro')).toEqual(['push', 'push']);
  });
});

describe('two nodes', () => {
  it('D1 begin, climb and tell once, whichever of them is asked', async () => {
    await open(2);
    await chase.urgent();
    for (const minutes of [0, 3, 2, 5, 5]) {
      box.clock.pass(minutes * minute);
      for (const node of box.nodes) await node.sweep();
      await Promise.all(box.nodes.map((node) => node.clock.look()));
      await chase.happens();
    }
    expect(chase.runs()).toHaveLength(1);
    expect(chase.runs()[0]!.tries.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(chase.runs()[0]!.tries.every(({ told }) => told?.length === 1)).toBe(true);
    expect(chase.toldBy('taro')).toEqual(['push', 'push', 'mail', 'sms']);
    expect(chase.cards()).toHaveLength(3);
    await box.everyoneAgrees();
  });
});
