import type { Finds } from '@noroshi/foundations/found';
import { damageChronicled } from './chronicled.ts';
import { damageSheet, type DamageSheet } from './sheet.ts';

/** Each report of a town, by its figures and its words: as the chronology tells them. */
export const damageFound: Finds<DamageSheet> = {
  noun: damageSheet.noun, shelf: 'damage',
  things: (sheet, _id, words, names) => damageChronicled(sheet).map(({ at, by, says }, i) => ({ id: sheet.reports[i]!.id, at, by, words: says(words, names) })),
  shows: ({ incident, town, reports, drill }, thing, { t }, names) => ({
    title: t('damage.found', { town: names.org(town), rev: t('damage.rev', { n: reports.findIndex(({ id }) => id === thing) + 1 }) }), href: `/damage/${incident}/${town}`, drill,
  }),
};
