import { Bar, Button, DrillFrame, DrillWord, EmptyNote, FourNumbers, Icon, Loading, Page, Pane, RoomRow, SectionHead, State, Tag, TileMap } from '@noroshi/foundations/ui';
import { nameIn } from '@noroshi/features/directory';
import { useFrame, useLine, useNow, useWords, WhenWhole, type PageProps, type Sight } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import type { Contact } from '../contact.ts';
import { callsForEyes, type Row } from '../rows.ts';
import { Acts } from './Acts.tsx';
import { devicesSay, heardSays, hourSays, waitsSay } from './contact-says.ts';
import { ageSays, fourWords, kindOf, opens, reasonOf, stateSays, tilesOf } from './looks.ts';
import { useContact } from './use-contact.ts';
import { useSituation, type Situation } from './use-situation.ts';
import './situation.css';

/** 状況盤 on the desk and on the telephone: what needs eyes first, the sums, everyone on the map. */
export default function SituationPage({ params }: PageProps) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const seen = useSituation(params['incident']);
  const tiles = seen ? tilesOf(seen.rows, seen.towns, words) : [];
  const map = tiles.length > 0 && <TileMap label={t('situation.map')} tiles={tiles} columns={Math.max(...tiles.map(({ column }) => column))} />;
  const title = <>{seen?.incident.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('situation.title')}</>;
  const page = (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      head={<><Bar title={title} subtitle={seen?.incident.name} back={{ label: t('app.back'), href: '/more' }} />{!seen?.incident.drill && frame.bands}</>}
      side={map && <Pane at="side" label={t('situation.map')} head={<Bar level={2} title={t('situation.map')} />}><div class="situation-side">{map}</div></Pane>}
      foot={seen && <Button wide icon="board" href={`/wall/${seen.incident.id}`}>{t('situation.toWall')}</Button>}
    >
      {seen === undefined && <Loading>{t('app.loading')}</Loading>}
      {seen === null && <WhenWhole><EmptyNote>{t('situation.none')}</EmptyNote></WhenWhole>}
      {seen && <Told situation={seen} map={map} />}
    </Page>
  );
  return seen?.incident.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

function Told({ situation, map }: { situation: Situation; map: ComponentChildren }) {
  const { incident, rows, sums, others, overall } = situation;
  const words = useWords();
  const { t } = words;
  const now = useNow();
  const eyes = rows.filter(({ state }) => callsForEyes(state));
  const rest = rows.filter(({ state }) => !callsForEyes(state));
  const told = useContact(incident.id);
  const row = (one: Row<Sight>) => <Town key={one.org} row={one} situation={situation} told={told} now={now} />;
  return (
    <div class="situation">
      {others.length > 0 && (
        <section>
          <SectionHead title={t('situation.others')} action={<a class="link" href="/wall">{t('situation.toAll')}</a>} />
          {others.map((one) => <p key={one.id} class="form"><a class="link" href={`/situation/${one.id}`}>{one.drill && <Tag kind="drill">{t('home.drill')}</Tag>} {one.name}</a></p>)}
        </section>
      )}
      <section>
        <SectionHead title={t('situation.eyes', { n: eyes.length })} aside={eyes.length > 0 && t('situation.order')} />
        {eyes.length === 0 ? <EmptyNote>{t('situation.noEyes')}</EmptyNote> : eyes.map(row)}
      </section>
      {sums && (
        <section>
          <SectionHead title={t('situation.sums')} action={<a class="link" href={sums.href}>{t('situation.requests')}</a>} />
          <div class="form"><FourNumbers {...sums} labels={fourWords(words)} size="big" /></div>
        </section>
      )}
      {overall.map((one) => (
        <section key={one.href}>
          <SectionHead title={t('situation.reported')} action={<a class="link" href={one.href}>{t('situation.reports')}</a>} />
          <p class="form">{words.beside(one.says(words))}</p>
        </section>
      ))}
      {map && (
        <section class="phone-only">
          <SectionHead title={t('situation.map')} />
          <div class="form">{map}</div>
        </section>
      )}
      <section>
        <SectionHead title={t('situation.rest')} />
        {rest.map(row)}
      </section>
    </div>
  );
}

/** One municipality: its part in the incident, how it stands, why, since when; its own four numbers; when it was last heard, its line, what waits for its people. */
function Town({ row, situation: { incident, towns, sumsOf, glances }, told, now }: { row: Row<Sight>; situation: Situation; told: Contact | undefined; now: number }) {
  const words = useWords();
  const line = useLine();
  const town = towns.get(row.org);
  const says = reasonOf(row, words);
  const href = opens(row, incident);
  const sums = sumsOf.get(row.org);
  const heard = told?.towns.find(({ org }) => org === row.org);
  // What was told before the line went is told with its hour.
  const old = told && (line.state !== 'open' || now - told.asOf > 60_000);
  return (
    <article class="situation-town" aria-label={nameIn(town, words.language)}>
      <RoomRow
        mark={town?.short} hit={row.role === 'affected'} name={nameIn(town, words.language)} tags={<span class="sub"> {words.t(`incident.part.${row.role}`)}</span>}
        {...(says && { says })}
        {...(row.since !== undefined && { time: <time>{ageSays(now - row.since)}</time> })}
        end={<State kind={kindOf(row.state)}>{stateSays(row, words)}</State>}
        {...(href && { href })}
      />
      <Acts sights={[row.first, ...row.others].filter((one) => one !== undefined)} />
      {sums && <FourNumbers size="strip" {...sums} labels={fourWords(words)} />}
      {glances.filter(({ org }) => org === row.org).map((one) => <a key={one.href} class="strip situation-line" href={one.href}><span>{one.says(words)}</span><Icon name="next" /></a>)}
      <a class="strip situation-line" href={`/situation/${incident.id}/${row.org}`}>
        <span>
          {!told && <span>{words.t(line.state === 'open' ? 'situation.asking' : 'situation.notAsked')}</span>}
          {told && heard && <>
            <span>{heardSays(heard, now, words)}</span> <span>{devicesSay(heard, told, words)}</span> <span>{waitsSay(heard, words)}</span>
            {old && <span class="sub">{words.t('situation.asOf', { time: hourSays(told.asOf, now, words) })}</span>}
          </>}
        </span>
        <Icon name="next" />
      </a>
    </article>
  );
}
