import { SectionHead } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { wavesOf, type DispatchRequest } from '../dispatch-request.ts';
import { answersTo, lineSums, standing } from '../sums.ts';
import type { Names } from './known.ts';
import { dutyOf } from './words.ts';

const day = 86_400_000;
const dayNo = (date: string): number => Date.parse(`${date}T00:00:00Z`) / day;

/** Who is there when: a bar for each wave of each line; dashed where nobody has been found yet. */
export function Waves({ request, names }: { request: DispatchRequest; names: Names }) {
  const words = useWords();
  const { t } = words;
  const bars = request.lines.filter((line) => !line.withdrawn).flatMap((line) => Array.from({ length: wavesOf(line) }, (_, i) => {
    const period = line.waves?.[i] ?? { from: request.details.startDate, to: request.details.endDate };
    return { line, wave: i + 1, ...period, sums: lineSums(request, line, i + 1), answers: answersTo(request, line.id, i + 1).filter((a) => standing(a) > 0) };
  })).filter((bar): bar is typeof bar & { from: string; to: string } => bar.from !== undefined && bar.to !== undefined);
  if (bars.length === 0) return null;
  const first = Math.min(...bars.map((bar) => dayNo(bar.from)));
  const days = Math.max(...bars.map((bar) => dayNo(bar.to))) - first + 1;
  const every = Math.ceil(days / 15);
  return (
    <section>
      <SectionHead title={t('request.waves')} />
      <div class="request-waves" style={{ '--days': days }} role="group" aria-label={t('request.waves')} tabIndex={0}>
        <div class="request-days" aria-hidden="true">{Array.from({ length: days }, (_, i) => i % every === 0 && <span key={i} style={{ gridColumn: `${i + 1} / span ${every}` }}>{new Date((first + i) * day).getUTCDate()}</span>)}</div>
        <ul>
          {bars.map((bar) => {
            const who = words.beside(bar.answers.map((a) => `${names.org(a.org)} ${t('request.people', { n: standing(a) })}`));
            return (
              <li key={`${bar.line.id}/${bar.wave}`}>
                <span class="request-wave-name"><b>{t('request.waveNo', { n: bar.wave })}</b> {dutyOf(bar.line, words)}</span>
                <span class={bar.sums.short > 0 ? 'request-bar lack' : 'request-bar'} style={{ gridColumn: `${dayNo(bar.from) - first + 1} / ${dayNo(bar.to) - first + 2}` }}>
                  <b>{who || t('request.waves.open')}{bar.sums.short > 0 && who && ` ${t('request.short')} ${bar.sums.short}`}</b> <span class="sub">{bar.from.slice(5).replace('-', '/')}–{bar.to.slice(5).replace('-', '/')}</span>
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
