import { emptyCorner, FourNumbers, Icon, Loading, State, TileMap } from '@noroshi/foundations/ui';
import { nameIn } from '@noroshi/features/directory';
import { useLine, useNow, useWords, type PageProps, type Sight } from '@noroshi/foundations/web';
import { callsForEyes, type Row } from '../situation.ts';
import { ageSays, fourWords, kindOf, opens, reasonOf, stateSays, tilesOf } from './looks.ts';
import { useSituation, type Situation } from './use-situation.ts';
import './situation.css';

/** As many as are read from five metres beside the map. The rest is counted. */
const mostShown = 6;

/** The wall: everyone on the map, beside it only what needs eyes, in letters for five metres. No hand is needed. */
export default function WallPage({ params }: PageProps) {
  const { t, time } = useWords();
  const now = useNow(5_000);
  const line = useLine();
  const seen = useSituation(params['incident']);
  if (!seen) return <main class="wall" id="main">{seen === null ? <h1>{t('situation.none')} <a href="/situation">{t('situation.leave')}</a></h1> : <Loading>{t('app.loading')}</Loading>}</main>;
  const { incident } = seen;
  const minutes = Math.max(0, Math.floor((now - incident.openedAt) / 60_000));
  const on = line.state === 'open';
  return (
    <div class={incident.drill ? 'wall wall-drill' : 'wall'} data-stale={!on || undefined}>
      <header>
        <span class="live"><Icon name="square" />{t(incident.drill ? 'incident.drillBand' : 'situation.live')}</span>
        <h1>{incident.name}</h1>
        <span>{t('situation.since', { h: Math.floor(minutes / 60), n: minutes % 60 })}</span>
        <span class={on ? 'line' : 'line off'} role="status">
          <Icon name={on ? 'check' : 'square'} />{on ? t('situation.lineOpen') : t('situation.lineOff', { n: Math.floor((now - line.since) / 60_000) })}
        </span>
        <a href={`/situation/${incident.id}`}>{t('situation.leave')}</a>
        <time class="clock">{time(now)}</time>
      </header>
      <main id="main">
        <Everyone {...seen} />
        <Eyes situation={seen} now={now} />
      </main>
    </div>
  );
}

/** The map, the sums in its empty corner, and what the looks mean. */
function Everyone({ rows, towns, sums }: Situation) {
  const words = useWords();
  const { t } = words;
  const tiles = tilesOf(rows, towns, words);
  const columns = Math.max(1, ...tiles.map(({ column }) => column));
  const four = sums && <a class="wall-sums" href={sums.href}><FourNumbers {...sums} labels={fourWords(words)} size="big" /></a>;
  return (
    <section aria-label={t('situation.map')}>
      {tiles.length > 0 ? <TileMap label={t('situation.map')} tiles={tiles} columns={columns} {...(four && { legend: { at: emptyCorner(tiles, columns), words: four } })} /> : four}
      <ul class="wall-legend">
        <li><span class="wall-frame" />{t('situation.legend.hit')}</li>
        <li class="short"><Icon name="triangle" />{t('situation.legend.short')}</li>
        <li><State kind="urgent">{t('situation.legend.urgent')}</State></li>
        <li><State kind="doing">{t('situation.legend.doing')}</State></li>
      </ul>
    </section>
  );
}

function Eyes({ situation: { incident, rows, towns }, now }: { situation: Situation; now: number }) {
  const words = useWords();
  const { t, language } = words;
  const eyes = rows.filter(({ state }) => callsForEyes(state));
  const left = rows.length - Math.min(eyes.length, mostShown);
  const row = (one: Row<Sight>) => (
    <li key={one.org}>
      <a href={opens(one, incident)}>
        <b>{nameIn(towns.get(one.org), language)}</b>
        <State kind={kindOf(one.state)}>{stateSays(one, words)}</State>
        {one.since !== undefined && <time>{ageSays(now - one.since)}</time>}
        <span class="why">{reasonOf(one, words)}</span>
      </a>
    </li>
  );
  return (
    <section class="wall-eyes" aria-label={t('situation.eyes', { n: eyes.length })}>
      <h2>{t('situation.eyes', { n: eyes.length })} <small>{t('situation.order')}</small><small class="end">{t('situation.age')}</small></h2>
      {eyes.length === 0 ? <p>{t('situation.noEyes')}</p> : <ol>{eyes.slice(0, mostShown).map(row)}</ol>}
      <p class="wall-rest">{eyes.length > mostShown ? t('situation.more', { n: eyes.length - mostShown }) : t('situation.calm', { n: left })}</p>
    </section>
  );
}
