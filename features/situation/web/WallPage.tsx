import { emptyCorner, FourNumbers, Icon, Loading, State, TileMap } from '@noroshi/foundations/ui';
import { nameIn } from '@noroshi/features/directory';
import { useLine, useNow, useWords, type PageProps, type Sight } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import type { Contact } from '../contact.ts';
import { callsForEyes, type Row } from '../rows.ts';
import { wallPages } from '../wall-pages.ts';
import { devicesSay, hourSays, silenceSays, waitsSay } from './contact-says.ts';
import { ageSays, fourWords, kindOf, opens, reasonOf, stateSays, tilesOf } from './looks.ts';
import { useContact } from './use-contact.ts';
import { useSituation, type Situation } from './use-situation.ts';
import { WallHead } from './WallHead.tsx';
import './situation.css';

/** A page of the list stands this long (milliseconds): long enough to read it from five metres. */
const turnEvery = 15_000;

/** The wall: everyone on the map, beside it only what needs eyes, in letters for five metres. No hand is needed. */
export default function WallPage({ params }: PageProps) {
  const { t } = useWords();
  const now = useNow(5_000);
  const seen = useSituation(params['incident']);
  if (!seen) return <main class="wall" id="main">{seen === null ? <h1>{t('situation.none')} <a href="/situation">{t('situation.leave')}</a></h1> : <Loading>{t('app.loading')}</Loading>}</main>;
  const { incident } = seen;
  const minutes = Math.max(0, Math.floor((now - incident.openedAt) / 60_000));
  return (
    <WallHead title={incident.name} drill={incident.drill} since={t('situation.since', { h: Math.floor(minutes / 60), n: minutes % 60 })} now={now} leave={`/situation/${incident.id}`}>
      <main id="main">
        <Everyone {...seen} />
        <Eyes situation={seen} now={now} />
      </main>
    </WallHead>
  );
}

/** The map, the sums in its empty corner, what the looks mean, and the damage that was reported. */
function Everyone({ rows, towns, sums, overall }: Situation) {
  const words = useWords();
  const { t } = words;
  const tiles = tilesOf(rows, towns, words);
  const columns = Math.max(1, ...tiles.map(({ column }) => column));
  // Two figures have room in the letters of the wall; more are written smaller, for a number on two lines is two numbers.
  const figures = sums && String(Math.max(sums.needed, sums.committed, sums.arrived, sums.short, sums.surplus)).length;
  const four = sums && <a class="wall-sums" href={sums.href} style={{ '--figures': figures }}><FourNumbers {...sums} labels={fourWords(words)} size="big" /></a>;
  return (
    <section aria-label={t('situation.map')}>
      {tiles.length > 0 ? <TileMap label={t('situation.map')} tiles={tiles} columns={columns} {...(four && { legend: { at: emptyCorner(tiles, columns), words: four } })} /> : four}
      <ul class="wall-legend">
        <li><span class="wall-frame" />{t('situation.legend.hit')}</li>
        <li class="short"><Icon name="triangle" />{t('situation.legend.short')}</li>
        <li><State kind="urgent">{t('situation.legend.urgent')}</State></li>
        <li><State kind="doing">{t('situation.legend.doing')}</State></li>
      </ul>
      {overall.map((one) => <a key={one.href} class="wall-overall" href={one.href}><span>{one.says(words).map((saying) => <span key={saying}>{saying}</span>)}</span></a>)}
    </section>
  );
}

/** What needs eyes, each with what it is made of; beneath it the others turn by themselves. */
function Eyes({ situation, now }: { situation: Situation; now: number }) {
  const { incident, rows, sumsOf } = situation;
  const { t } = useWords();
  const told = useContact(incident.id);
  const [held, hold] = useState<number>();
  const eyes = rows.filter(({ state }) => callsForEyes(state));
  const { pinned, turning, brief } = wallPages(rows, ({ org }) => sumsOf.has(org));
  const page = (held ?? Math.floor(now / turnEvery)) % turning.length;
  const row = (one: Row<Sight>) => <Town key={one.org} row={one} situation={situation} told={told} brief={brief} now={now} />;
  const [seen, others] = [[...pinned, ...turning[page]!.filter(({ state }) => callsForEyes(state))], turning[page]!.filter(({ state }) => !callsForEyes(state))];
  return (
    <section class="wall-eyes" aria-label={t('situation.eyes', { n: eyes.length })}>
      <h2>{t('situation.eyes', { n: eyes.length })} <small>{t('situation.order')}</small><small class="end">{t('situation.age')}</small></h2>
      {eyes.length === 0 ? <p>{t('situation.noEyes')}</p> : <ol>{seen.map(row)}</ol>}
      {others.length > 0 && <ul class="wall-others" aria-label={t('situation.rest')}>{others.map(row)}</ul>}
      <p class="wall-rest">
        {t('situation.calm', { n: rows.length - eyes.length })}
        {turning.length > 1 && <><span class="end">{t('situation.page', { n: page + 1, of: turning.length })}</span><button type="button" aria-pressed={held !== undefined} onClick={() => hold(held === undefined ? page : undefined)}>{t(held === undefined ? 'situation.hold' : 'situation.turn')}</button></>}
      </p>
    </section>
  );
}

function Town({ row, situation: { incident, towns, sumsOf }, told, brief, now }: { row: Row<Sight>; situation: Situation; told: Contact | undefined; brief: boolean; now: number }) {
  const words = useWords();
  const { t, language } = words;
  const line = useLine();
  const sums = sumsOf.get(row.org);
  const heard = told?.towns.find(({ org }) => org === row.org);
  return (
    <li class={brief ? 'brief' : undefined}>
      <a href={opens(row, incident)}>
        <b>{nameIn(towns.get(row.org), language)}</b>
        <State kind={kindOf(row.state)}>{stateSays(row, words)}</State>
        {row.since !== undefined && <time>{ageSays(now - row.since)}</time>}
        {!brief && <span class="why">{[t(`incident.part.${row.role}`), reasonOf(row, words)].filter(Boolean).join('　')}</span>}
        {!brief && sums && <span class="facts">{t('situation.fourOf', { ...sums })}</span>}
        {!brief && told && heard && (
          <span class="facts">
            {words.beside([line.state !== 'open' && t('situation.asOf', { time: hourSays(told.asOf, now, words) }), silenceSays(heard, now, words), devicesSay(heard, told, words), waitsSay(heard, words)])}
          </span>
        )}
      </a>
    </li>
  );
}
