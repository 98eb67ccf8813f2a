import { inMinutes, minutesTo } from '@noroshi/foundations/i18n';
import { IconLine, State } from '@noroshi/foundations/ui';
import { useNow, useStair, useWords } from '@noroshi/foundations/web';
import type { DispatchRequest } from '../dispatch-request.ts';
import { sumsOf } from '../sums.ts';
import { partOf } from './duties.ts';
import type { Names } from './known.ts';
import { waitingFor, type Waiting } from './waiting.ts';
import { useHours } from './use-hours.ts';
import { lateSays } from './says.ts';

/** Whose word a request waits for and until when, for everyone who sees it; one's own deadline stands elsewhere. */
export function WaitingLines({ request, names }: { request: DispatchRequest; names: Names }) {
  const words = useWords();
  const { t, time } = words;
  const hours = useHours();
  const now = useNow();
  const part = partOf(request, useStair().actor.org);
  const own = part === 'primary' ? 'primary' : part === 'secondary' ? 'secondaries' : undefined;
  const primary = names.org(request.supporters.primary);
  const says = ({ tier, due, late }: Waiting) => {
    if (tier === 'headquarters') return request.inHand ? undefined : t('request.waits.headquarters', { org: names.org(request.supporters.headquarters) });
    const who = tier === 'primary' ? t('request.waits.primary', { org: primary }) : t('request.waits.secondaries');
    if (due === undefined) return who;
    // The clock of the house may be a moment behind the one on the wall.
    if (late || due <= now) return <>{who} <State kind="short">{lateSays(due, now, words)}</State></>;
    return inMinutes('request.waits.until', minutesTo(due, now), words, { who, time: time(due) });
  };
  const { inHand } = request;
  return (
    <>
      {waitingFor(request).filter((one) => one.tier !== own).map((one) => [one, says(one)] as const).filter(([, said]) => said !== undefined).map(([{ tier, late }, said]) => <IconLine key={`${tier}/${late ?? false}`} icon="clock">{said}</IconLine>)}
      {inHand && sumsOf(request).total.short > 0 && !request.closed && (
        <IconLine icon="people">{t('request.inHand', { who: [names.org(inHand.org), names.post(inHand.by), names.person(inHand.by)].filter(Boolean).join(' '), time: hours(inHand.at) })}</IconLine>
      )}
    </>
  );
}
