import { nameIn, type Organization } from '@noroshi/features/directory';
import { writeCsv } from '@noroshi/features/directory/tables';
import type { Incident } from '@noroshi/features/incident';
import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { figuresOf } from './figures.ts';
import { formNow } from './form.ts';
import type { DamageSheet } from './sheet.ts';

/** What is written out: all that was reported of one incident. */
export interface Out {
  readonly incident: Incident;
  /** In the order in which they are written. Who has not reported is written too. */
  readonly towns: readonly Organization[];
  readonly sheets: ReadonlyMap<Id, DamageSheet>;
}

const columns = ['drill', 'incident', 'code', 'town', 'report', 'block', 'item', 'unit', 'number', 'sureness', 'asOf', 'source'] as const;

/** A row for each town and figure, in the form's order. Silence is 未報告 and 未確認 is 未確認: no cell becomes 0. (D9) */
export function damageRows({ incident, towns, sheets }: Out, { t, moment, language }: Words): (string | number)[][] {
  return towns.flatMap((town) => {
    const reports = sheets.get(town.id)?.reports ?? [];
    const figures = figuresOf(reports);
    return formNow.fields.map((field) => {
      const told = figures.get(field.key);
      return [
        incident.drill ? t('home.drill') : '', incident.name, town.code ?? '', nameIn(town, language), reports.length > 0 ? t('damage.rev', { n: reports.length }) : t('damage.notReported'),
        t(`damage.block.${field.block}` as Key), t(`damage.field.${field.name}` as Key), t(`damage.unit.${field.unit}` as Key),
        typeof told?.n === 'number' ? told.n : '',
        t(!told ? 'damage.notReported' : told.n === null ? 'damage.unknown' : told.confirmed ? 'damage.confirmed' : 'damage.open'), told ? moment(told.asOf) : '', told?.source ?? '',
      ];
    });
  });
}

/** What stands over the columns of `damageRows`. */
export const damageHeads = ({ t }: Words): string[] => columns.map((one) => t(`damage.column.${one}`));

/** The rows as a file of comma-separated values. (D9) */
export function damageCsv(out: Out, words: Words): string {
  // With a BOM, since without it spreadsheets in Japan take the file for Shift_JIS.
  return `\uFEFF${writeCsv([damageHeads(words), ...damageRows(out, words).map((row) => row.map(String))])}`;
}

/** A point for each town whose place is known, with its figures: `null` is 未確認, and what is 未報告 is not there. RFC 7946. (D9) */
export function damageGeoJson({ incident, towns, sheets }: Out): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    incident: { id: incident.id, name: incident.name, drill: incident.drill },
    features: towns.flatMap((town) => {
      if (town.lat === undefined || town.lon === undefined) return [];
      const reports = sheets.get(town.id)?.reports ?? [];
      return [{
        type: 'Feature', id: town.code ?? town.id, geometry: { type: 'Point', coordinates: [town.lon, town.lat] },
        properties: {
          name: town.name, drill: incident.drill, hit: incident.affected.includes(town.id), reports: reports.length,
          figures: Object.fromEntries([...figuresOf(reports)].map(([key, { n, confirmed, asOf, source }]) => [key, { n, confirmed, asOf: new Date(asOf).toISOString(), ...(source ? { source } : {}) }])),
        },
      }];
    }),
  });
}
