import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { writeCsv } from '@noroshi/features/directory/tables';
import { incident, type Incident } from '@noroshi/features/incident';
import { room, type Room } from '@noroshi/features/talk';
import { words, type Key } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { systemPerson, type Actor, type Id } from '@noroshi/foundations/kernel';
import type { Stair } from '@noroshi/foundations/sync/server';
import * as z from 'zod/mini';
import { filterShape, type AuditFilter } from '../audit.ts';
import { detailOf } from '../audit-words.ts';
import { auditPage, type Place } from './audit.store.ts';

const columns = ['time', 'drill', 'kind', 'org', 'person', 'of', 'detail', 'address', 'device', 'line', 'told'] as const;
const page = 500;

/** A filter as it stands in an address. @returns `undefined` where it is none */
export function filterOf(query: Readonly<Record<string, string | undefined>>): AuditFilter | undefined {
  const given = Object.fromEntries(Object.keys(filterShape).flatMap((name) => (query[name] ? [[name, name === 'from' || name === 'until' ? Number(query[name]) : query[name]]] : [])));
  const read = z.strictObject(filterShape).safeParse(given);
  return read.success ? read.data : undefined;
}

/** All lines of a filter, oldest last, written as they are read. With a BOM, since without it spreadsheets in Japan take the file for Shift_JIS. */
export async function* auditTable(stair: Stair, actor: Actor, filter: AuditFilter, language: 'ja' | 'en'): AsyncGenerator<string> {
  const spoken = language === 'en' ? words('en', english) : words('ja', japanese);
  const { t } = spoken;
  const { memory } = stair;
  const nameOf = (id: Id): string => {
    const [who, org, event, talk] = [memory.get(person.noun, id)?.value as Person | undefined, memory.get(organization.noun, id)?.value as Organization | undefined, memory.get(incident.noun, id)?.value as Incident | undefined, memory.get(room.noun, id)?.value as Room | undefined];
    return id === systemPerson ? t('audit.system') : (who?.name ?? org?.name ?? event?.name ?? talk?.name ?? '');
  };
  const clock = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  yield `\uFEFF${writeCsv([columns.map((one) => t(`audit.column.${one}`))])}`;
  for (let before: Place | undefined, first = true; first || before; first = false) {
    const { lines, more } = await auditPage(stair, new Set(memory.sight(actor.person).keys()), filter, before, page);
    yield writeCsv(lines.map((line) => [
      clock(line.at), line.drill ? t('home.drill') : '', t(`audit.kind.${line.kind}` as Key), nameOf(line.org), nameOf(line.by),
      line.of.map(nameOf).filter(Boolean).join('、'), detailOf(line, spoken), line.address ?? '', line.device ?? '', line.off ? t('audit.off.line') : '', line.told === undefined ? '' : clock(line.told),
    ]));
    before = more;
  }
}
