import type { Words } from '@noroshi/foundations/i18n';
import type { Incident } from '@noroshi/features/incident';
import type { Filter } from '../filter.ts';
import type { Around } from './known.ts';

/** What is shown, in words: for the head of the list and of each printed page. */
export const filterSays = ({ town, kind, person, from, to, q, only, order }: Filter, { names }: Pick<Around, 'names'>, { t, moment, language }: Words): string => [
  town && names.org(town), kind && t(`chronology.kind.${kind}`), person && names.person(person),
  from !== undefined && t('chronology.fromSays', { time: moment(from) }), to !== undefined && t('chronology.toSays', { time: moment(to) }),
  q && t('chronology.qSays', { q }), only && t(`chronology.only.${only}`), order && t('chronology.order.entry'),
].filter(Boolean).join(language === 'ja' ? '・' : ', ');

/** What a real incident and a drill are called, so that nobody takes one for the other. */
export const incidentSays = ({ name, drill }: Pick<Incident, 'name' | 'drill'>, { t }: Words): string => (drill ? `【${t('home.drill')}】${name}` : name);
