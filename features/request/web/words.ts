import type { Key, Words } from '@noroshi/foundations/i18n';
import type { DispatchRequest } from '../dispatch-request.ts';
import type { Line } from '../content.ts';
import { stateOf, type LineSums, type RequestState, type Sums } from '../sums.ts';
import type { StateKind } from '@noroshi/foundations/ui';

/** The four words, in their order. */
export const fourWords = ({ t }: Words) => ({
  needed: t('request.needed'), committed: t('request.committed'), arrived: t('request.arrived'), short: t('request.short'), surplus: t('request.surplus'), home: t('request.home'),
});

/** What a line asks for, in two words. */
export const dutyOf = (line: Pick<Line, 'duty' | 'dutyText'>, { t }: Words): string => (line.duty === 'other' && line.dutyText ? line.dutyText : t(`request.duty.${line.duty}` as Key));

// Whole names, so that the first screen brings these sentences with it. Red is for what the reader owes, so no state is red by itself.
const looks: Record<RequestState, { kind: StateKind; key: Key }> = {
  sent: { kind: 'doing', key: 'request.state.sent' },
  partly: { kind: 'doing', key: 'request.state.partly' },
  filled: { kind: 'ok', key: 'request.state.filled' },
  home: { kind: 'doing', key: 'request.state.home' },
  done: { kind: 'ok', key: 'request.state.done' },
  cancelled: { kind: 'quiet', key: 'request.state.cancelled' },
  escalated: { kind: 'short', key: 'request.state.escalated' },
};

/** Where a request stands, as a shape and a word. */
export const stateLook = (request: DispatchRequest): { kind: StateKind; key: Key } => looks[stateOf(request)];

/** What is owed, in words. */
export const oweWords = { answer: 'request.owes.answer', receive: 'request.owes.receive', accept: 'request.owes.accept', stepIn: 'request.owes.stepIn' } as const satisfies Record<string, Key>;

/** `第2報` */
export const revOf = (request: Pick<DispatchRequest, 'rev'>, { t }: Words): string => t('request.rev', { n: request.rev });

/** Minutes until, never negative. */
export const minutesTo = (due: number, now: number): number => Math.max(0, Math.ceil((due - now) / 60_000));

/** How long past its time somebody is, in words. */
export function lateSays(due: number, now: number, { t }: Words): string {
  const n = Math.max(0, Math.floor((now - due) / 60_000));
  if (n === 0) return t('request.lateNow');
  return n < 60 ? t('request.late', { n }) : t('request.lateHours', { h: Math.floor(n / 60), n: n % 60 });
}

/** What stands in the place of 不足: both where one line has too many and another too few, so that the sums add up. */
export function shortSays({ short, surplus }: Pick<Sums, 'short' | 'surplus'>, { t }: Words): string {
  const beyond = `${t('request.surplus')} ${surplus}`;
  if (surplus > 0 && short === 0) return beyond;
  return surplus > 0 ? `${t('request.short')} ${short}・${beyond}` : `${t('request.short')} ${short}`;
}

/** A line's squares in words. */
export const unitsSay = (line: LineSums, words: Words): string =>
  words.t(line.home > 0 ? 'request.units.home' : 'request.units', { duty: dutyOf(line.line, words), needed: line.needed, committed: line.committed, arrived: line.arrived, home: line.home });

/** A line's numbers beside its name. */
export function lineSays({ committed, short, surplus, home }: LineSums, { t }: Words): string {
  return [t(surplus > 0 ? 'request.line.surplus' : 'request.line.sums', { committed, short, surplus }), home > 0 && `${t('request.home')} ${home}`].filter(Boolean).join('・');
}
