import { useWords } from '@noroshi/foundations/web';
import type { Change } from '../changes.ts';
import type { Line } from '../content.ts';
import type { DispatchRequest } from '../dispatch-request.ts';
import { fieldName, inWords } from '../in-words.ts';
import { dutyOf } from './words.ts';

/** What a revision changed: old → new, the new underlined, as the fire agency's reports do. */
export function Changed({ changes, request }: { changes: readonly Change[]; request: DispatchRequest }) {
  const words = useWords();
  const { t } = words;
  const nameOf = (change: Change): string => {
    const line = request.lines.find((l) => l.id === change.line);
    const duty = line && dutyOf(line, words);
    if (change.field === 'count' || change.field === 'line') return duty ?? '';
    return [duty, fieldName(change.field, words)].filter(Boolean).join(' ');
  };
  const value = (change: Change, of: unknown): string => {
    if (of === undefined) return t('request.unset');
    if (change.field === 'line') return t('request.people', { n: (of as Line).count });
    return inWords(change.field, of, words);
  };
  return (
    <ul>
      {changes.map((change, i) => (
        <li key={i}>{nameOf(change)} {change.field !== 'line' && <>{value(change, change.from)}→</>}<b class="changed">{value(change, change.to)}</b></li>
      ))}
    </ul>
  );
}
