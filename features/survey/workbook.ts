import { writeCsv } from '@noroshi/features/directory/tables';
import { workbook, type SheetOfBook } from '@noroshi/foundations/documents/xlsx';
import type { Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { markedTitleOf, optionSays, questionSays, valueSays } from './says.ts';
import { saidAt, type Sheet } from './sheet.ts';
import { arrivalSays, arrivalsOf } from './arrivals.ts';
import { comesAt, orgSums, tallyOf, type Respondent } from './tally.ts';

/** What is written out: a survey with all who were asked, those who are silent among them. */
export interface Out { readonly first: Sheet; readonly incident: string; readonly people: readonly Respondent[]; readonly org: (id: Id) => string }

/** A row for each person who was asked. Silence is 未回答, never 0 or 無事; what was taken out is told as such, and what was left out is empty. */
export function surveyRows({ first, people, org }: Out, words: Words): (string | number)[][] {
  const { t, moment } = words;
  const { form } = first;
  return [
    [t('survey.column.drill'), t('survey.org'), t('survey.column.name'), t('survey.column.post'), t('survey.column.state'), t('survey.column.at'), ...form.map((one) => questionSays(one, words)), ...(first.kind === 'safety' ? [t('survey.comes.title')] : [])],
    ...people.map(({ who, said, sheet, gone }) => [
      sheet.drill ? t('home.drill') : '', org(sheet.org), who.card.name, who.card.post,
      said ? t(said.by === who.person ? 'survey.answered' : 'survey.byPhone') : t('survey.silent'), said ? moment(saidAt(said, sheet.at)) : '',
      ...form.map((one) => {
        const value = said?.values[one.id];
        return !said ? t('survey.silent') : gone ? t('survey.gone') : typeof value === 'number' ? value : valueSays(one, value, words);
      }),
      ...(first.kind === 'safety' ? [comesSays({ said, sheet, gone }, words)] : []),
    ]),
  ];
}

/** When someone comes, with the day; silence is a word here too, and so is what was taken out. */
function comesSays(one: Pick<Respondent, 'said' | 'sheet' | 'gone'>, words: Words): string {
  const at = comesAt(one);
  return at ? arrivalSays(at, undefined, words) : words.t(one.gone ? 'survey.gone' : one.said ? 'survey.safety.come.no' : 'survey.silent');
}

/** 到着の見込み: a row for each time, with those who come then, all who are there by then, and of which organization they are. */
function arrivalSheet({ people, org }: Out, words: Words): SheetOfBook {
  const { t } = words;
  const orgs = [...new Set(people.map(({ sheet }) => sheet.org))];
  return {
    name: t('survey.comes.title'), widths: [24, 10, 10, ...orgs.map(() => 12)], heads: { rows: 1, columns: 1 },
    rows: [[t('survey.comes.title'), t('survey.comes.new'), t('survey.sum'), ...orgs.map(org)], ...arrivalsOf(people).map((one) => [arrivalSays(one, undefined, words), one.people.length, one.total ?? '', ...orgs.map((id) => one.people.filter(({ sheet }) => sheet.org === id).length)])],
  };
}

/** The rows as a file of comma-separated values; what would begin a formula in a table is made harmless there. */
export const surveyCsv = (out: Out, words: Words): string => writeCsv(surveyRows(out, words).map((row) => row.map(String)));

/** Sums by organization, answers by question, and a row for each person. */
export function surveySheets(out: Out, words: Words, asOf: number): SheetOfBook[] {
  const { first, people, org, incident } = out;
  const { t, moment } = words;
  const title = `${markedTitleOf(first, words)} ${incident} ${t('damage.out.asOf', { time: moment(asOf) })}`;
  const sums = [...Map.groupBy(people, ({ sheet }) => sheet.org)].map(([id, of]) => orgSums(id, of));
  const safety = first.kind === 'safety';
  const columns = [
    [t('survey.asked'), 'asked'], [t('survey.silent'), 'silent'],
    ...(safety ? [[t('survey.safety.state.fine'), 'fine'], [t('survey.hurt'), 'hurt'], [t('survey.can'), 'can'], [t('survey.cannot'), 'cannot']] : []),
    ...(sums.some(({ gone }) => gone > 0) ? [[t('survey.gone'), 'gone']] : []),
  ] as [string, 'asked' | 'silent' | 'fine' | 'hurt' | 'can' | 'cannot' | 'gone'][];
  const chosen = first.form.filter(({ kind }) => kind === 'one' || kind === 'many' || kind === 'scale');
  const rows = surveyRows(out, words);
  return [
    {
      name: t('survey.byOrg'), widths: [20, ...columns.map(() => 12)], heads: { rows: 2, columns: 1 },
      rows: [[title], [t('survey.org'), ...columns.map(([head]) => head)], ...sums.map((one) => [org(one.org), ...columns.map(([, of]) => one[of])]), [t('survey.sum'), ...columns.map(([, of]) => ({ value: sums.reduce((all, one) => all + one[of], 0), strong: true }))]],
    },
    {
      name: t('survey.results'), widths: [36, 30, 10], heads: { rows: 1 },
      rows: [[t('survey.column.question'), t('survey.column.answer'), t('survey.column.people')], ...chosen.flatMap((one) => {
        const { options, passed, gone, silent } = tallyOf(one, people);
        return [...options.map(({ id, people: of }) => [questionSays(one, words), optionSays(one, id, words), of.length]), [questionSays(one, words), t('survey.passed'), passed.length], ...(gone.length > 0 ? [[questionSays(one, words), t('survey.gone'), gone.length]] : []), [questionSays(one, words), t('survey.silent'), silent.length]];
      })],
    },
    ...(safety ? [arrivalSheet(out, words)] : []),
    { name: t('survey.column.each'), widths: [8, 16, 16, 20, 12, 16, ...first.form.map(() => 20), 20], heads: { rows: 1, columns: 3 }, rows },
  ];
}

/** The same as a file. */
export const surveyWorkbook = (out: Out, words: Words, asOf: number): Uint8Array<ArrayBuffer> => workbook(surveySheets(out, words, asOf));
