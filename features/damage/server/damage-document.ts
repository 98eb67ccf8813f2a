import { nameIn, type Organization } from '@noroshi/features/directory';
import { A4, type Run } from '@noroshi/foundations/documents';
import { listed, type Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { changesOf, figuresOf, wordsOf } from '../figures.ts';
import { blockSays, blocksOf, usualForms, wordsFor, wordsSay, type FormField } from '../form.ts';
import { fieldSays, figureSays, formSays, totalSays } from '../says.ts';
import type { DamageSheet } from '../sheet.ts';
import { fieldsOf, type Out } from '../tables.ts';
import { totalsOf } from '../totals.ts';

/** What the papers are made of. */
export interface DamageFacts extends Out {
  readonly nameOf: (org: Id) => string;
  /** The name of who reported. */
  readonly person: (id: Id) => string;
  readonly now: number;
}

/**
 * The damage of an incident as A4: what was reported together and by how many, then the report of each town in the order of the
 * form. What the last report of a town changed is underlined. (B3, D9)
 */
export function damageDocument(facts: DamageFacts, words: Words): Promise<Buffer> {
  const { incident, towns, sheets, now } = facts;
  const { t, moment } = words;
  const title = t('document.damage.sums');
  const paper = begin(`${title} ${incident.name}`, facts, words);
  const totals = totalsOf(incident.id, [...sheets.values()], towns.map(({ id }) => id));
  paper.line(t('damage.out.asOf', { time: moment(now) }), 'right').title(title).line(incident.name, 'center').gap(6);
  paper.line(t('document.damage.all', { n: totals.reported, of: totals.of }));
  const silent = towns.filter(({ id }) => !sheets.get(id)?.reports.length);
  if (silent.length > 0) paper.line(t('document.damage.notReported', { n: silent.length, towns: listed(silent.map((town) => nameIn(town, words.language)), words) }));
  for (const { fields } of blocksOf(fieldsOf(facts))) {
    paper.heading(blockSays(fields[0]!, words)).table(
      [{ head: t('document.damage.item'), share: 4 }, { head: t('document.damage.number'), share: 2.4, align: 'right' }, { head: t('document.damage.count'), share: 1.6, align: 'right' }, { head: t('document.damage.state'), share: 2.4 }],
      fields.map((field) => {
        const total = totals.total(field.key);
        const open = [...(total.unknown > 0 ? [t('document.damage.unknownOf', { n: total.unknown })] : []), ...(total.unconfirmed > 0 ? [t('document.damage.unconfirmedOf', { n: total.unconfirmed })] : [])];
        return [fieldSays(field, words), [{ text: totalSays({ ...total, unknown: total.sum === undefined ? total.unknown : 0 }, words), bold: true }], `${total.told}/${totals.of}`, open.join('　')];
      }),
    );
  }
  for (const town of towns) {
    const sheet = sheets.get(town.id);
    if (sheet && sheet.reports.length > 0) onePage(paper.page(), town, sheet, facts, words);
  }
  return paper.end();
}

/** The report of one town, in the order of the form. */
export function townDocument(facts: DamageFacts, town: Organization, sheet: DamageSheet, words: Words): Promise<Buffer> {
  const paper = begin(`${words.t('document.damage.title')} ${nameIn(town, words.language)} ${facts.incident.name}`, facts, words);
  onePage(paper, town, sheet, facts, words);
  return paper.end();
}

function begin(title: string, { incident, now }: DamageFacts, { t, moment, language }: Words): A4 {
  return new A4({
    title, language, madeAt: new Date(now), stamp: incident.drill ? t('document.drillStamp') : undefined,
    foot: (page, of) => t('document.damage.foot', { name: incident.name, page, of, time: moment(now) }),
  });
}

function onePage(paper: A4, town: Organization, sheet: DamageSheet, { incident, nameOf, person, forms = usualForms }: DamageFacts, words: Words): void {
  const { reports } = sheet;
  const { t, moment } = words;
  const last = reports.at(-1)!;
  const [figures, texts] = [figuresOf(reports), wordsOf(reports)];
  const changes = changesOf(reports, reports.length);
  const changed = new Set([...changes.figures, ...changes.words].map(({ key }) => key));
  paper.line(t('document.damage.rev', { n: reports.length, time: moment(last.asOf) }), 'right');
  paper.line(t('document.damage.by', { org: nameOf(last.org), name: person(last.by), time: moment(last.at) }), 'right');
  if (last.org !== town.id) paper.line(t('document.damage.onBehalf'), 'right');
  paper.title(t(last.kind === 'short' ? 'document.damage.short' : 'document.damage.title'));
  paper.line(`${nameIn(town, words.language)}　${incident.name}`, 'center').gap(6);
  const form = forms.of(last.form);
  // Which form it was written on is said where there was more than one.
  if (form && forms.all.length > 1) paper.line(t('damage.onForm', { form: formSays(form, words) }), 'center', 8.5);
  const said = wordsFor(forms, new Set(texts.keys())).filter(({ key }) => texts.has(key));
  if (said.length > 0) paper.heading(t('document.damage.words')).facts(said.map((one) => ({ term: wordsSay(one, words), is: [{ text: texts.get(one.key)!, changed: changed.has(one.key) }] })));
  // A first report asks for little; what was told beyond it stands in its place all the same.
  const asks = ({ key, forms }: FormField): boolean => last.kind === 'long' || forms.includes('short') || figures.has(key);
  for (const { fields } of blocksOf(fieldsOf({ sheets: new Map([[town.id, sheet]]), forms }))) {
    const shown = fields.filter(asks);
    if (shown.length === 0) continue;
    paper.heading(blockSays(fields[0]!, words)).table(
      [{ head: t('document.damage.item'), share: 3.4 }, { head: t('document.damage.number'), share: 1.6, align: 'right' }, { head: t('document.damage.state'), share: 2.6 }, { head: t('document.damage.source'), share: 2.6 }],
      shown.map((field) => {
        const told = figures.get(field.key);
        const number: Run = { text: figureSays(told, words), bold: told !== undefined, changed: changed.has(field.key) };
        return [fieldSays(field, words), [number], told ? [...(told.n === null ? [] : [t(told.confirmed ? 'damage.confirmed' : 'damage.open')]), moment(told.asOf)].join('　') : '', told?.source ?? ''];
      }),
    );
  }
  paper.line(t('document.damage.underlined'), 'left', 8.5);
}
