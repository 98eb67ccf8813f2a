import { inMinutes, type Key, type Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { PhoneCard } from '../card.ts';
import type { Run, Try } from '../run.ts';

/** One line of what was tried with someone. */
export interface Tried { readonly at: Moment; readonly says: string }

/** What became of a step for one person: in a few words for what is known, else the whole sentence of why not. */
function became({ told, held }: Try, no: number, { t, refusal }: Words): string {
  if (held) return t('chase.result.held');
  const result = told?.find(({ people }) => people.includes(no))?.result;
  if (result === undefined) return t('chase.result.unknown');
  return result in short ? t(short[result as keyof typeof short]) : refusal(result);
}

/** In a few words: the whole sentence stands where one can do something about it. */
const short = {
  sent: 'chase.result.sent', held: 'chase.result.held', card: 'chase.result.card', gone: 'chase.result.gone', nobody: 'chase.result.nobody', failed: 'chase.result.failed',
  'notify.noChannel': 'chase.result.noChannel', 'notify.nowhere': 'chase.result.nowhere', 'notify.gone': 'chase.result.nowhere', 'notify.refused': 'chase.result.refused',
  'notify.busy': 'chase.result.failed', 'notify.away': 'chase.result.failed', 'notify.unknown': 'chase.result.unclear',
} as const satisfies Record<string, Key>;

/** All that was tried with someone, oldest first: what the hotline sent, and who rang. */
export function logOf(runs: readonly Run[], card: PhoneCard | undefined, no: number, nameOf: (person: Id) => string, words: Words): Tried[] {
  const { t } = words;
  const sent = runs.flatMap((one) => one.tries.filter(({ people }) => people.includes(no)).map((step) => ({ step, way: one.steps[step.step]!.way }))).toSorted((a, b) => a.step.at - b.step.at);
  const times = new Map<string, number>();
  const lines = sent.map(({ step, way }): Tried => {
    const n = (times.get(way) ?? 0) + 1;
    times.set(way, n);
    return { at: step.at, says: t('chase.log.step', { way: n > 1 ? t('chase.log.again', { way: t(`chase.way.${way}`), n }) : t(`chase.way.${way}`), result: became(step, no, words) }) };
  });
  const calls = (card?.calls ?? []).map(({ at, by, result, word }): Tried => ({
    at, says: `${t('chase.log.call', { name: nameOf(by), result: t(`chase.call.${result}`) })}${word ? t('talk.withWord', { word }) : ''}`,
  }));
  return [...lines, ...calls].toSorted((a, b) => a.at - b.at);
}

/** How long, in words. */
export const ageOf = (ms: number, words: Pick<Words, 't'>): string => inMinutes('chase.age', Math.max(0, Math.floor(ms / 60_000)), words);
