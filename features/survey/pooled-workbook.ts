import { writeCsv } from '@noroshi/features/directory/tables';
import { workbook, type SheetOfBook } from '@noroshi/foundations/documents/xlsx';
import { listed, type Words } from '@noroshi/foundations/i18n';
import type { Sums } from './ballot.ts';
import { markedTitleOf, optionSays, questionSays } from './says.ts';
import type { Out } from './workbook.ts';

type Cell = string | number;

/** What each group said, a row for each answer: nothing in it is a person, and no two cells of a row are of one. (V32) */
export function pooledRows({ first, org }: Out, { state, groups }: Sums, words: Words): Cell[][] {
  const { t } = words;
  const head = [t('survey.org'), t('survey.column.question'), t('survey.column.answer'), t('survey.column.people')];
  if (state !== 'shown') return [head, [t(`survey.pooled.${state}`), '', '', '']];
  return [head, ...groups.flatMap(({ orgs, n, questions }): Cell[][] => {
    const whose = listed(orgs.map(org), words);
    return questions.flatMap(({ id, answered, options, sum, rows, words: said }): Cell[][] => {
      const question = first.form.find((one) => one.id === id)!;
      const line = (answer: string, many: Cell): Cell[] => [whose, questionSays(question, words), answer, many];
      if (answered === undefined) return [line(t('survey.pooled.fewHere'), '')];
      return [
        ...Object.entries(options ?? {}).map(([key, many]) => line(optionSays(question, key, words), many)),
        ...(sum === undefined ? [] : [line(t('survey.sum'), sum)]),
        ...(rows ?? []).map((many, row) => line(question.options?.[row]?.name ?? '', many)),
        ...(said ?? []).map((one) => line(one, '')),
        // How many were asked what hangs on another answer is not told.
        ...(question.showWhen ? [] : [line(t('survey.passed'), n - answered)]),
      ];
    });
  })];
}

export const pooledCsv = (out: Out, told: Sums, words: Words): string => writeCsv(pooledRows(out, told, words).map((row) => row.map(String)));

export function pooledSheets(out: Out, told: Sums, words: Words, asOf: number): SheetOfBook[] {
  const { t, moment } = words;
  const title = `${markedTitleOf(out.first, words)} ${out.incident} ${t('damage.out.asOf', { time: moment(asOf) })}`;
  return [{ name: t('survey.results'), widths: [28, 36, 36, 10], heads: { rows: 2 }, rows: [[title], ...pooledRows(out, told, words)] }];
}
export const pooledWorkbook = (out: Out, told: Sums, words: Words, asOf: number): Uint8Array<ArrayBuffer> => workbook(pooledSheets(out, told, words, asOf));
