import { nameIn, type Organization } from '@noroshi/features/directory';
import { writeCsv } from '@noroshi/features/directory/tables';
import type { Incident } from '@noroshi/features/incident';
import type { Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { figuresOf } from './figures.ts';
import { blockSays, fieldsFor, nameSays, unitSays, usualForms, type FormField, type Forms } from './form.ts';
import type { DamageSheet } from './sheet.ts';

/** What is written out: all that was reported of one incident. */
export interface Out {
  readonly incident: Incident;
  /** In the order in which they are written. Who has not reported is written too. */
  readonly towns: readonly Organization[];
  readonly sheets: ReadonlyMap<Id, DamageSheet>;
  /** Those of the house; what it comes with unless it is said. */
  readonly forms?: Forms;
}

/** The figures that are written out: what the form in force asks for, and what was told on earlier ones. */
export const fieldsOf = ({ sheets, forms = usualForms }: Pick<Out, 'sheets' | 'forms'>): readonly FormField[] =>
  fieldsFor(forms, new Set([...sheets.values()].flatMap(({ reports }) => reports.flatMap(({ told }) => told.map(({ key }) => key)))));

const columns = ['drill', 'incident', 'code', 'town', 'report', 'block', 'item', 'unit', 'number', 'sureness', 'asOf', 'source'] as const;

/** A row for each town and figure, in the form's order. Silence is 未報告 and 未確認 is 未確認: no cell becomes 0. (D9) */
export function damageRows(out: Out, words: Words): (string | number)[][] {
  const { incident, towns, sheets } = out;
  const { t, moment, language } = words;
  const fields = fieldsOf(out);
  return towns.flatMap((town) => {
    const reports = sheets.get(town.id)?.reports ?? [];
    const figures = figuresOf(reports);
    return fields.map((field) => {
      const told = figures.get(field.key);
      return [
        incident.drill ? t('home.drill') : '', incident.name, town.code ?? '', nameIn(town, language), reports.length > 0 ? t('damage.rev', { n: reports.length }) : t('damage.notReported'),
        blockSays(field, words), nameSays(field, words), unitSays(field, words),
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
