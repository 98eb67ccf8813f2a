import type { Words } from '@noroshi/foundations/i18n';
import type { Filter } from '../filter.ts';
import type { Around } from './known.ts';

/** What is shown, in words: for the head of the list and of each printed page. */
export const filterSays = ({ town, kind, person, from, to, q, only, order }: Filter, { names }: Pick<Around, 'names'>, { t, moment, beside }: Words): string => beside([
  town && names.org(town), kind && t(`chronology.kind.${kind}`), person && names.person(person),
  from !== undefined && t('chronology.fromSays', { time: moment(from) }), to !== undefined && t('chronology.toSays', { time: moment(to) }),
  q && t('chronology.qSays', { q }), only && t(`chronology.only.${only}`), order && t('chronology.order.entry'),
]);
