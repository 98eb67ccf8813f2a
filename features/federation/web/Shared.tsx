import { State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { MarkProps } from './SharedMark.tsx';
import './federation.css';

/** With whom this talk is shared, and what has not arrived there: for everyone in it, before they write. */
export default function Shared({ on: { name, ended, delayed }, at }: MarkProps) {
  const { t, moment } = useWords();
  if (at === 'above') return ended ? null : <p class="writing sub">{t('federation.above', { name })}</p>;
  return (
    <p class="shared-strip">
      <State kind={ended ? 'quiet' : 'plain'} icon="people">{t(ended ? 'federation.stripEnded' : 'federation.strip', { name })}</State>
      {delayed && <State kind="short">{t('federation.stripLate', { name, since: moment(delayed.since) })}</State>}
    </p>
  );
}
