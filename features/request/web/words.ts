import type { Key, Words } from '@noroshi/foundations/i18n';
import type { DispatchRequest } from '../dispatch-request.ts';
import type { Line } from '../content.ts';
import { stateOf, type RequestState } from '../sums.ts';
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
