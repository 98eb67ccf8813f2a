import { nameIn, type Organization } from '@noroshi/features/directory';
import { incidentSays } from '@noroshi/features/incident';
import { FourNumbers, Icon, Loading, State } from '@noroshi/foundations/ui';
import { useNow, useWords } from '@noroshi/foundations/web';
import { fourWords } from './looks.ts';
import { useAll, type Open } from './use-situation.ts';
import { WallHead } from './WallHead.tsx';
import './situation.css';

/** The third screen: all that is open. The real ones are added up; each drill stands apart and is in no sum. (A3) */
export default function AllPage() {
  const words = useWords();
  const { t } = words;
  const now = useNow(5_000);
  const all = useAll();
  if (!all) return <main class="wall" id="main">{all === null ? <h1>{t('situation.none')} <a href="/situation">{t('situation.leave')}</a></h1> : <Loading>{t('app.loading')}</Loading>}</main>;
  const { real, drills, sums, towns } = all;
  const row = (one: Open) => <Row key={one.incident.id} open={one} towns={towns} now={now} />;
  return (
    <WallHead title={t('situation.allTitle', { n: real.length })} calm={real.length === 0} now={now} leave="/situation">
      <main id="main" class="wall-all">
        <section aria-label={t('situation.allSums')}>
          <h2>{t('situation.allSums')}</h2>
          {sums ? <FourNumbers {...sums} labels={fourWords(words)} size="big" /> : <p>{t('situation.noneAsked')}</p>}
          <p class="wall-rest">{t('situation.noDrillInSums')}</p>
        </section>
        <section aria-label={t('situation.allReal')}>
          <h2>{t('situation.allReal')}</h2>
          {real.length === 0 ? <p>{t('situation.noReal')}</p> : <ul>{real.map(row)}</ul>}
          {drills.length > 0 && <div class="wall-drills"><h2><Icon name="square" />{t('situation.allDrills')}</h2><ul>{drills.map(row)}</ul></div>}
        </section>
      </main>
    </WallHead>
  );
}

/** One incident: who is hit, how many need eyes, and its own sums. It opens its own wall. */
function Row({ open: { incident, sums, eyes, overall }, towns, now }: { open: Open; towns: ReadonlyMap<string, Organization>; now: number }) {
  const words = useWords();
  const { t, language } = words;
  const minutes = Math.max(0, Math.floor((now - incident.openedAt) / 60_000));
  return (
    <li>
      <a href={`/wall/${incident.id}`}>
        <b>{incidentSays(incident, words)}</b>
        <State kind={eyes > 0 ? 'urgent' : 'quiet'}>{t('situation.eyes', { n: eyes })}</State>
        <span class="why">{words.beside(incident.affected.map((org) => nameIn(towns.get(org), language)))}　{t('situation.since', { h: Math.floor(minutes / 60), n: minutes % 60 })}</span>
        <span class="facts">{sums ? t('situation.fourOf', { ...sums }) : t('situation.noneAsked')}</span>
        {overall.map((one) => <span key={one.href} class="facts">{words.beside(one.says(words))}</span>)}
      </a>
    </li>
  );
}
