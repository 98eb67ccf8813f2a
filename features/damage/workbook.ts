import { incidentSays } from '@noroshi/features/incident';
import { nameIn, type Organization } from '@noroshi/features/directory';
import { workbook, type Cell, type SheetOfBook } from '@noroshi/foundations/documents/xlsx';
import type { Words } from '@noroshi/foundations/i18n';
import { changesOf, figuresOf, wordsOf } from './figures.ts';
import { blockSays, nameSays, unitSays, usualForms, wordsFor, wordsSay } from './form.ts';
import { damageHeads, damageRows, fieldsOf, type Out } from './tables.ts';
import { totalsOf } from './totals.ts';

/**
 * The damage of an incident as sheets: all towns beside each other in the form's order with their sums, row by row, and in words. A
 * figure is a number and can be added up; 未報告 and 未確認 are words, so that nothing adds them up as 0. What the last report of a town
 * changed is underlined. (D9)
 * @param asOf when it was made
 */
export function damageSheets(out: Out, words: Words, asOf: number): SheetOfBook[] {
  const { incident, towns } = out;
  const { t, moment } = words;
  const title = `${incidentSays(incident, words)} ${t('damage.out.asOf', { time: moment(asOf) })}`;
  return [
    { name: t('damage.out.sums'), widths: [14, 18, 8, 12, 10, ...towns.map(() => 11)], heads: { rows: 3, columns: 3 }, rows: [[title], ...sums(out, words)] },
    { name: t('damage.out.rows'), widths: [8, 22, 9, 12, 10, 14, 18, 8, 10, 10, 16, 30], heads: { rows: 1 }, rows: [damageHeads(words), ...damageRows(out, words)] },
    { name: t('damage.out.words'), widths: [14, 18, 80], heads: { rows: 1 }, rows: [[t('damage.column.town'), t('damage.column.item'), t('damage.out.words')], ...towns.flatMap((town) => told(town, out, words))] },
  ];
}

/** The same as a file. */
export const damageWorkbook = (out: Out, words: Words, asOf: number): Uint8Array<ArrayBuffer> => workbook(damageSheets(out, words, asOf));

/** A row for each figure, a column for each town, and the sum of those who told a number beside how many of them did. */
function sums(out: Out, words: Words): Cell[][] {
  const { incident, towns, sheets } = out;
  const { t } = words;
  const totals = totalsOf(incident.id, [...sheets.values()], towns.map(({ id }) => id));
  const standing = towns.map(({ id }) => {
    const reports = sheets.get(id)?.reports ?? [];
    return { reports, figures: figuresOf(reports), changed: new Set(changesOf(reports, reports.length).figures.map(({ key }) => key)) };
  });
  return [
    ['', '', '', t('damage.all'), t('damage.out.told'), ...standing.map(({ reports }) => (reports.length > 0 ? t('damage.rev', { n: reports.length }) : t('damage.notReported')))],
    [t('damage.column.block'), t('damage.column.item'), t('damage.column.unit'), '', '', ...towns.map((town) => nameIn(town, words.language))],
    ...fieldsOf(out).map((field): Cell[] => {
      const { sum, told, unknown } = totals.total(field.key);
      return [
        blockSays(field, words), nameSays(field, words), unitSays(field, words),
        { value: sum ?? t(unknown > 0 ? 'damage.unknown' : 'damage.notReported'), strong: true }, t('damage.reported', { n: told, of: totals.of }),
        ...standing.map(({ figures, changed }): Cell => {
          const one = figures.get(field.key);
          return { value: !one ? t('damage.notReported') : one.n ?? t('damage.unknown'), changed: changed.has(field.key) };
        }),
      ];
    }),
  ];
}

/** What a town told in words, part by part. */
function told(town: Organization, { sheets, forms = usualForms }: Out, words: Words): Cell[][] {
  const reports = sheets.get(town.id)?.reports ?? [];
  const said = wordsOf(reports);
  const changed = new Set(changesOf(reports, reports.length).words.map(({ key }) => key));
  return wordsFor(forms, new Set(said.keys())).filter(({ key }) => said.has(key)).map((one) => [nameIn(town, words.language), wordsSay(one, words), { value: said.get(one.key)!, changed: changed.has(one.key) }]);
}
