import { ItemRow, State } from '@noroshi/foundations/ui';
import { useNow, useWords } from '@noroshi/foundations/web';
import { listed, type Key } from '@noroshi/foundations/i18n';
import type { ComponentChildren } from 'preact';
import type { DispatchRequest, Entry } from '../dispatch-request.ts';
import { Changed } from './Changed.tsx';
import type { Names } from './known.ts';
import { useHours } from './use-hours.ts';
import { dutyOf } from './words.ts';

/** Everything that happened to a request, newest first. */
export function History({ request, names }: { request: DispatchRequest; names: Names }) {
  const words = useWords();
  const { t, time, day, dayNumber } = words;
  const hours = useHours();
  const today = dayNumber(useNow());
  const duty = (id: number): string => {
    const line = request.lines.find((l) => l.id === id);
    return line ? dutyOf(line, words) : '';
  };
  const whose = (entry: Entry): string => listed((entry.parts ?? []).map((p) => `${names.org(p.org ?? '')} ${duty(p.line)} ${t('request.people', { n: p.count ?? 0 })}`), words);
  const said = (entry: Entry): { head: ComponentChildren; more?: ComponentChildren } => {
    const parts = listed((entry.parts ?? []).map((p) => [duty(p.line), p.wave && p.wave > 1 && t('request.waveNo', { n: p.wave }), p.count !== undefined && t('request.people', { n: p.count })].filter(Boolean).join(' ')), words);
    const people = (entry.parts ?? []).reduce((sum, p) => sum + (p.count ?? 0), 0);
    const why = words.beside([entry.reason && t(`request.reason.${entry.reason}` as Key), entry.text]);
    switch (entry.did) {
      case 'sent': return { head: <b>{t('request.rev', { n: 1 })}</b>, more: t('request.did.sent') };
      case 'revised': {
        const revision = request.revisions.find((r) => r.rev === entry.rev);
        return { head: <b>{t('request.rev', { n: entry.rev! })}</b>, more: revision && <Changed changes={revision.changes} request={request} /> };
      }
      case 'received': return { head: <State kind="quiet">{t('request.did.received')}</State> };
      case 'considered': return { head: <State kind="doing">{t('request.did.considered', { count: people })}</State>, more: <>{parts}{entry.until !== undefined && `　${t('request.until', { time: hours(entry.until) })}`}</> };
      case 'committed': return { head: <State kind="ok">{t('request.did.committed', { count: people })}</State>, more: <>{parts}{why && `　${why}`}</> };
      case 'declined': return { head: <State kind="quiet">{t('request.did.declined')}</State>, more: <>{parts}　{why}</> };
      case 'withdrawn': return { head: <State kind="short">{t('request.did.withdrawn')}</State>, more: <>{parts}　{why}</> };
      case 'accepted': return { head: <State kind="ok">{t('request.did.accepted')}</State>, more: whose(entry) };
      case 'moved': return { head: <State kind="doing">{t(`request.step.${entry.step}` as Key)}</State>, more: <>{whose(entry)}{why && `　${why}`}</> };
      case 'passedOn': return { head: <b>{t(`request.did.passedOn.${entry.to}` as Key, { rest: people })}</b>, more: <>{t(`request.did.because.${entry.because}` as Key)}{entry.until !== undefined && `　${t('request.until', { time: hours(entry.until) })}`}</> };
      case 'escalated': return { head: <State kind="short">{t(`request.did.escalated.${entry.to}` as Key)}</State>, more: <>{why}{upward(entry) && <details><summary class="link">{t('request.did.escalated.words')}</summary><p class="request-upward-said">{upward(entry)}</p></details>}</> };
      case 'followed': return { head: <b>{t('request.did.followed')}</b>, more: entry.to && names.org(entry.to) };
      case 'invited': return { head: <b>{t('request.did.invited')}</b>, more: entry.to && names.org(entry.to) };
      case 'tookOver': return { head: <b>{t('request.did.tookOver')}</b> };
      default: return { head: <State kind={entry.did === 'done' ? 'ok' : 'quiet'}>{t(`request.state.${entry.did}` as Key)}</State>, more: why };
    }
  };
  const upward = (entry: Entry): string | undefined => request.escalations.find(({ at, by, to }) => at === entry.at && by === entry.by && to === entry.to)?.words;
  return (
    <ul class="request-history">
      {request.log.toReversed().map((entry, i) => {
        const { head, more } = said(entry);
        const who = [names.org(entry.org), names.person(entry.by)].filter(Boolean).join(' ');
        return (
          <ItemRow key={i} end={<time>{dayNumber(entry.at) === today ? time(entry.at) : `${day(entry.at)} ${time(entry.at)}`}</time>}>
            {head}
            {who && <p>{who}</p>}
            {more && <div class="sub">{more}</div>}
          </ItemRow>
        );
      })}
    </ul>
  );
}
