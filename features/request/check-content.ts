import { allowed, refused, type Verdict } from '@noroshi/foundations/kernel';
import type { Details, LineWords } from './content.ts';

/**
 * What the shapes cannot say. A time by which help is needed may be past: a request that waited in an outbox must not be
 * lost for it; the screen warns whoever writes it.
 */
export function checkContent(lines: readonly LineWords[], details: Details): Verdict {
  if (details.startDate && details.endDate && details.endDate < details.startDate) return refused('request.endBeforeStart');
  for (const [i, line] of lines.entries()) {
    if (line.duty === 'other' && !line.dutyText) return refused('request.sayWhatWork', { line: i + 1 });
    for (const [n, wave] of (line.waves ?? []).entries()) {
      if (wave.to < wave.from) return refused('request.endBeforeStart');
      if (n > 0 && wave.from < line.waves![n - 1]!.from) return refused('request.wavesOutOfOrder', { wave: n + 1 });
    }
  }
  return allowed;
}
