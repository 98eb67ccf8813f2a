import { describe, expect, it } from 'vitest';
import { rebased } from './rebase.ts';

describe('a revision that was overtaken while it was written', () => {
  const base = { lines: [{ id: 1, duty: 'shelter' as const, count: 5 }, { id: 2, duty: 'water' as const, count: 2 }], details: { reason: '浸水', route: '国道56号', meals: '持参' }, clockMinutes: 30 };

  it('keeps what I changed and takes back nothing of the others', () => {
    const mine = { lines: [{ id: 1, duty: 'shelter' as const, count: 7 }, base.lines[1]!, { duty: 'waste' as const, count: 3 }], details: { reason: '浸水と断水', route: '国道56号' }, clockMinutes: 30 };
    const now = { lines: [{ id: 1, duty: 'shelter' as const, count: 5, shift: 'night' as const }, { id: 2, duty: 'water' as const, count: 4, withdrawn: true }, { id: 3, duty: 'health' as const, count: 1 }], details: { reason: '浸水', route: '通行止め解除', meals: '持参', safety: '粉じん' }, clockMinutes: 60 };
    expect(rebased(mine, base, now)).toEqual({
      lines: [{ id: 1, duty: 'shelter', count: 7, shift: 'night' }, now.lines[1], now.lines[2], { duty: 'waste', count: 3 }],
      details: { reason: '浸水と断水', route: '通行止め解除', safety: '粉じん' },
      clockMinutes: 60,
    });
  });

  it('is mine where both changed the same field', () => {
    const mine = { ...base, details: { ...base.details, reason: '私' }, clockMinutes: 20 };
    expect(rebased(mine, base, { ...base, details: { ...base.details, reason: '県' }, clockMinutes: 60 })).toEqual(mine);
  });
});
