import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Facts, FieldError, Icon, Loading, Page, RoomRow, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { nameIn, type Organization } from '@noroshi/features/directory';
import { save } from '@noroshi/features/directory/web';
import { incidentSays, type Incident } from '@noroshi/features/incident';
import { keepNote } from '@noroshi/features/directory/untold';
import { useFrame, useLine, useLive, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { damageCsv, damageGeoJson, fieldsOf } from '../tables.ts';
import { totalsOf, type Totals } from '../totals.ts';
import { readDamage, sheetOf, townsToReport, type Known } from './known.ts';
import { fieldSays, glanceSays, totalSays } from '../says.ts';
import './damage.css';

/** The damage of an incident: what was reported together, group by group and in all, and who has not reported. */
export default function DamagePage({ params }: PageProps) {
  const { t, language } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const wanted = params['incident'];
  const known = useLive((stair) => readDamage(stair, language, wanted), [wanted, language]);
  const event = wanted === undefined ? known?.incidents[0] : known?.incidents.find(({ id }) => id === wanted);
  const mine = known && event && townsToReport(known, event, actor);
  const page = (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms}
      head={<><Bar title={<>{event?.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('damage.title')}</>} subtitle={event?.name} back={{ label: t('app.back'), href: '/more' }} />{!event?.drill && frame.bands}</>}
      foot={mine && mine.length > 0 && <Button kind="main" wide icon="edit" href={`/damage/report?incident=${event.id}`}>{t(mine.length > 1 ? 'damage.reportFor' : 'damage.report')}</Button>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && !event && <WhenWhole><EmptyNote>{t('damage.none')}</EmptyNote></WhenWhole>}
      {known && event && <Told known={known} event={event} />}
    </Page>
  );
  return event?.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

const types = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv;charset=utf-8', geojson: 'application/geo+json' } as const;

function Told({ known, event }: { known: Known; event: Incident }) {
  const words = useWords();
  const { t } = words;
  const stair = useStair();
  const line = useLine();
  const [chosen, show] = useState('all');
  const all = totalsOf(event.id, known.sheets, known.towns.map(({ id }) => id));
  const parts: readonly { readonly id: string; readonly name: string; readonly totals: Totals }[] = [
    { id: 'all', name: t('damage.all'), totals: all },
    ...known.groups.map(({ id, name, towns }) => ({ id, name, totals: totalsOf(event.id, known.sheets, towns) })),
  ];
  const shown = parts.find(({ id }) => id === chosen) ?? parts[0]!;
  // What nobody has said anything about is not a line of the table.
  const sheets = new Map(known.sheets.filter((one) => one.incident === event.id).map((one) => [one.town, one]));
  const fields = fieldsOf({ sheets, forms: known.forms }).filter(({ key, forms }) => forms.includes('short') || all.total(key).told + all.total(key).unknown > 0);
  const unknown = fields.reduce((sum, { key }) => sum + all.total(key).unknown, 0);
  const hit = (town: Organization): boolean => event.affected.includes(town.id);
  const rows = known.towns.filter((town) => hit(town) || sheetOf(known, event.id, town.id)).toSorted((a, b) => Number(Boolean(sheetOf(known, event.id, a.id))) - Number(Boolean(sheetOf(known, event.id, b.id))));
  const others = known.incidents.filter(({ id }) => id !== event.id);
  const [failed, fail] = useState(false);
  const write = async (kind: 'xlsx' | 'csv' | 'geojson'): Promise<void> => {
    const out = { incident: event, towns: known.towns, sheets, forms: known.forms };
    const name = `${incidentSays(event, words)}_${t('damage.title')}.${kind}`;
    fail(false);
    try {
      const file = kind === 'xlsx' ? await (await import('../workbook.ts')).damageWorkbook(out, words, stair.now()) : kind === 'csv' ? damageCsv(out, words) : damageGeoJson(out);
      // What is taken out is for the audit; this device makes it by itself, so it tells of it.
      await keepNote(stair, 'tableMade', { of: event.id, note: name.slice(0, 200) }, line.state !== 'open');
      save({ name, type: types[kind], file: new Blob([file]) });
    } catch (error) {
      console.warn(error);
      fail(true);
    }
  };
  return (
    <div class="damage">
      {others.map((one) => <p key={one.id} class="form"><a class="link" href={`/damage/${one.id}`}>{one.drill && <Tag kind="drill">{t('home.drill')}</Tag>} {one.name}</a></p>)}
      <section>
        <SectionHead title={t('damage.sums')} />
        <div class="form">
          <p><State kind={all.reported < all.of ? 'quiet' : 'ok'}>{t('damage.reported', { n: all.reported, of: all.of })}</State>{unknown > 0 && <>　<State kind="short">{t('damage.unknownFigures', { n: unknown })}</State></>}</p>
          {parts.length > 1 && <Chips legend={t('damage.sumsOf')} value={shown.id} onChange={show} choices={parts.map(({ id, name, totals }) => ({ value: id, label: name, note: t('damage.reported', { n: totals.reported, of: totals.of }) }))} />}
          <Facts facts={fields.map((field) => ({ term: fieldSays(field, words), is: totalSays(shown.totals.total(field.key), words) }))} />
          <p class="sub">{t('damage.sumsSay')}</p>
        </div>
      </section>
      <section>
        <SectionHead title={t('damage.towns')} />
        {rows.map((town) => <Town key={town.id} town={town} known={known} event={event} hit={hit(town)} />)}
        {rows.length < known.towns.length && <p class="form sub">{t('damage.notReportedOthers', { n: known.towns.length - rows.length })}</p>}
      </section>
      <section>
        <SectionHead title={t('damage.out')} />
        <div class="form">
          <div class="damage-out">
            <a class="btn wide" href={`/documents/damage/${event.id}.pdf?lang=${words.language}`} target="_blank" rel="noopener"><Icon name="doc" />{t('damage.out.pdf')}</a>
            <Button wide icon="save" onClick={() => void write('xlsx')}>{t('damage.out.xlsx')}</Button>
            <Button wide icon="save" onClick={() => void write('csv')}>{t('damage.out.csv')}</Button>
            <Button wide icon="map" onClick={() => void write('geojson')}>{t('damage.out.geojson')}</Button>
          </div>
          {failed && <FieldError>{t('damage.out.madeNot')}</FieldError>}
          <p class="sub">{t('damage.outSays')}</p>
        </div>
      </section>
    </div>
  );
}

function Town({ town, known, event, hit }: { town: Organization; known: Known; event: Incident; hit: boolean }) {
  const words = useWords();
  const { t } = words;
  const sheet = sheetOf(known, event.id, town.id);
  return (
    <RoomRow href={`/damage/${event.id}/${town.id}`} mark={town.short} hit={hit} name={nameIn(town, words.language)}
      {...(sheet && { says: glanceSays(sheet, known.forms, words), time: <time>{words.time(sheet.reports.at(-1)!.at)}</time> })}
      end={sheet ? <State kind="ok">{t('damage.rev', { n: sheet.reports.length })}</State> : <State kind="quiet">{t('damage.notReported')}</State>} />
  );
}
