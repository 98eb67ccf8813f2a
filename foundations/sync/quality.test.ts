import { describe, expect, it } from 'vitest';
import { LineQuality } from './web/quality.web.ts';

describe('S130 a line is bad', () => {
  it('when three answers in a row take more than two seconds, and not for one or two', () => {
    const line = new LineQuality();
    [2_500, 2_500, 900, 3_000, 3_000].forEach((ms, i) => line.answered(ms, i * 4_000));
    expect(line.isBad).toBe(false);
    line.answered(2_100, 20_000);
    expect(line.isBad).toBe(true);
  });

  it('not by a single burst: what was asked together and came slowly is one sign', () => {
    const line = new LineQuality();
    for (let i = 0; i < 50; i++) line.answered(2_500 + i * 10, 2_500 + i * 10);
    expect(line.isBad).toBe(false);
  });

  it('when it has come back three times within a minute, and not when it did so over an hour', () => {
    const line = new LineQuality();
    for (const minute of [0, 2, 4, 6]) line.returned(minute * 60_000);
    expect(line.isBad).toBe(false);
    for (const second of [10, 30]) line.returned(6 * 60_000 + second * 1_000);
    expect(line.isBad).toBe(true);
  });

  it('until nothing bad was seen of it for two minutes and something was answered: it does not flutter', () => {
    const line = new LineQuality();
    for (const at of [0, 3_000, 6_000]) line.answered(2_500, at);
    line.answered(100, 60_000);
    expect(line.isBad).toBe(true);
    line.answered(2_500, 70_000);
    line.answered(100, 150_000);
    expect(line.isBad).toBe(true);
    line.answered(100, 190_000);
    expect(line.isBad).toBe(false);
  });

  it('for no longer where the clock was set back by an hour meanwhile', () => {
    const hour = 3_600_000;
    const line = new LineQuality();
    for (const second of [0, 10, 20]) line.returned(hour + second * 1_000);
    line.answered(100, 30_000);
    expect(line.isBad).toBe(true);
    line.answered(100, 150_000);
    expect(line.isBad).toBe(false);
    // What was before that is no return within this minute.
    for (const second of [160, 170]) line.returned(second * 1_000);
    expect(line.isBad).toBe(false);
  });
});
