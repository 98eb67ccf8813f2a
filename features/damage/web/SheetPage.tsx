import { Bar, Button, DrillFrame, DrillWord, EmptyNote, Icon, Loading, Page, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { Marks, useFrame, useLive, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { changesOf, figuresOf, wordsOf, type Standing } from '../figures.ts';
import { blockSays, blocksOf, wordsFor, wordsSay, type FormField } from '../form.ts';
import { sheetId, type DamageSheet } from '../sheet.ts';
import { Means } from './Means.tsx';
import { readDamage, sheetOf, townsToReport, type Known } from './known.ts';
import { fieldSays, figureSays, formSays } from '../says.ts';
import { fieldsOf } from '../tables.ts';
import './damage.css';

/** What a town has reported: what stands, what the last report changed, and how it came to that. */
export default function SheetPage({ params }: PageProps) {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const { actor } = useStair();
  const [wanted, town] = [params['incident'] ?? '', params['organization'] ?? ''];
  const known = useLive((stair) => readDamage(stair, language, wanted), [wanted, language]);
  const event = known?.incidents.find(({ id }) => id === wanted);
  const here = known?.towns.some(({ id }) => id === town) ? event && { known, event } : undefined;
  const sheet = here && sheetOf(here.known, wanted, town);
  const may = here && townsToReport(here.known, here.event, actor).some(({ id }) => id === town);
  const page = (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms}
      head={<><Bar title={<>{event?.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{here ? t('damage.titleOf', { town: here.known.org(town) }) : t('damage.title')}</>} subtitle={event?.name} back={{ label: t('app.back'), href: `/damage/${wanted}` }} />{!event?.drill && frame.bands}</>}
      foot={may && <Button kind="main" wide icon="edit" href={`/damage/report?incident=${wanted}&town=${town}`}>{t('damage.reportNext', { n: (sheet?.reports.length ?? 0) + 1 })}</Button>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && !here && <WhenWhole><EmptyNote>{t('refusal.damage.notFound')}</EmptyNote></WhenWhole>}
      {here && !sheet && <WhenWhole><EmptyNote>{t('damage.nothingYet')}</EmptyNote></WhenWhole>}
      {sheet && <Stands sheet={sheet} known={here.known} />}
    </Page>
  );
  return event?.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

function Stands({ sheet, known }: { sheet: DamageSheet; known: Known }) {
  const words = useWords();
  const { t, moment } = words;
  const { reports } = sheet;
  const last = reports.at(-1)!;
  const [figures, texts] = [figuresOf(reports), wordsOf(reports)];
  const changes = changesOf(reports, reports.length);
  const changed = new Set([...changes.figures, ...changes.words].map(({ key }) => key));
  const { forms } = known;
  const all = fieldsOf({ sheets: new Map([[sheet.town, sheet]]), forms });
  const inWords = wordsFor(forms, new Set(texts.keys()));
  const form = forms.of(last.form);
  const shown = all.filter(({ key, forms }) => forms.includes('short') || figures.has(key));
  const mark = (key: string, value: string) => (changed.has(key) ? <ins><b class="changed">{value}</b> <Tag>{t('damage.changed')}</Tag></ins> : <b>{value}</b>);
  return (
    <div class="damage">
      <p class="damage-head"><State kind="ok">{t('damage.rev', { n: reports.length })}</State> {t(last.kind === 'long' ? 'damage.form.long' : 'damage.form.short')}　<span class="sub">{t('damage.asOf', { time: moment(last.asOf) })}</span>{known.waiting.has(last.id) && <> <Tag kind="guess">{t('request.provisional')}</Tag></>}{last.org !== sheet.town && <> <Tag>{t('damage.byProxy')}</Tag></>}</p>
      {!known.waiting.has(last.id) && <div class="form"><a class="btn wide" href={`/documents/damage/${sheet.incident}_${sheet.town}.pdf?lang=${words.language}`} target="_blank" rel="noopener"><Icon name="doc" />{t('damage.out.pdfTown')}</a></div>}
      {inWords.filter(({ key }) => texts.has(key)).map((one) => (
        <section key={one.key}><SectionHead title={wordsSay(one, words)} /><p class="form long">{mark(one.key, texts.get(one.key)!)}</p></section>
      ))}
      {blocksOf(shown).map(({ block, fields }) => (
        <section key={block}>
          <SectionHead title={blockSays(fields[0]!, words)} />
          <dl class="facts form">{fields.map((field) => (
            <div key={field.key}>
              <dt>{field.means ? <Means field={field}>{fieldSays(field, words)}</Means> : fieldSays(field, words)}</dt>
              <dd>{mark(field.key, figureSays(figures.get(field.key), words))}<From figure={figures.get(field.key)} /></dd>
            </div>
          ))}</dl>
        </section>
      ))}
      {shown.length < all.length && <p class="form sub">{t('damage.fieldsNotReported', { n: all.length - shown.length })}</p>}
      {form && forms.all.length > 1 && <p class="form sub">{t('damage.onForm', { form: formSays(form, words) })}</p>}
      <section>
        <SectionHead title={t('damage.history')} />
        <ol class="form">{reports.map((one, i) => ({ one, rev: i + 1 })).toReversed().map(({ one, rev }) => {
          const { figures: differ, words: said } = changesOf(reports, rev);
          return (
            <li key={one.id}>
              <p><b>{t('damage.rev', { n: rev })}</b>　{t(one.kind === 'long' ? 'damage.form.long' : 'damage.form.short')}　<time class="sub">{moment(one.at)}</time>　<span class="sub">{known.org(one.org)} {known.person(one.by)}</span>{one.org !== sheet.town && <> <Tag>{t('damage.byProxy')}</Tag></>}</p>
              <ul>
                {differ.map(({ key, before, after }) => <li key={key}>{nameOf(key, forms.of(one.form)?.fields ?? all, words)} {figureSays(before, words)}→<b class="changed">{figureSays(after, words)}</b>{before?.n === after.n && <> {t(after.confirmed ? 'damage.confirmed' : 'damage.open')}</>}</li>)}
                {said.map(({ key }) => <li key={key}>{wordsSay(forms.of(one.form)?.words.find((part) => part.key === key) ?? { key, forms: [] }, words)} <b class="changed">{t('damage.changed')}</b></li>)}
              </ul>
              {!known.waiting.has(one.id) && <Marks noun="damageSheet" id={sheetId(sheet.incident, sheet.town)} said={one.id} marked={sheet.redacted?.some((mark) => mark.said === one.id) ?? false} />}
              {rev > 1 && differ.length + said.length === 0 && <p class="sub">{t('damage.noChange')}</p>}
            </li>
          );
        })}</ol>
      </section>
    </div>
  );
}

const nameOf = (key: string, fields: readonly FormField[], words: ReturnType<typeof useWords>): string => {
  const field = fields.find((one) => one.key === key);
  return field ? fieldSays(field, words) : key;
};

/** When a figure was so, how sure that is, and who says so. */
function From({ figure }: { figure: Standing | undefined }) {
  const { t, moment, beside } = useWords();
  if (!figure) return null;
  return (
    <span class="sub"> {beside([figure.n !== null && t(figure.confirmed ? 'damage.confirmed' : 'damage.open'), t('damage.asOf', { time: moment(figure.asOf) }), figure.source])}
      {figure.message && <>　<a class="link" href={`/talk/${figure.message.room}?m=${figure.message.message}`}><Icon name="talk" />{t('damage.fromTalk')}</a></>}</span>
  );
}
