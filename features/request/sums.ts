import type { Id } from '@noroshi/foundations/kernel';
import { dayInJapan } from '@noroshi/features/incident';
import { answerKey, wavesOf, type Answer, type DispatchRequest } from './dispatch-request.ts';
import type { Line } from './content.ts';

/** Always in this order: 必要・決定・到着・不足, and what is beyond the need. */
export interface Sums {
  readonly needed: number;
  readonly committed: number;
  /** 到着: who has come, whether still there or home again since. */
  readonly arrived: number;
  /** 帰任: how many of those are home again. */
  readonly home: number;
  readonly short: number;
  readonly surplus: number;
}

export interface LineSums extends Sums { readonly line: Line; readonly wave: number }

/** One figure of all of these together. */
export const added = <T>(all: readonly T[], figure: (one: T) => number): number => all.reduce((sum, one) => sum + figure(one), 0);

/** How many of an answer stand: what was committed less who was called back. (R21) */
export const standing = (answer: Answer): number => answer.count - answer.moves.recalled;

/** Who came, was called back and is home: they count nowhere any more, as those do not who turned back on the way. */
const calledHome = ({ moves }: Answer): number => Math.min(moves.returned, Math.max(0, moves.recalled - moves.turnedBack));

/** How many of an answer have come, whether still there or home again. (R22) */
export const came = (answer: Answer): number => answer.moves.arrived - calledHome(answer);

/** How many of those who came have done their part and are home. (R22) */
export const home = (answer: Answer): number => answer.moves.returned - calledHome(answer);

/** How many of an answer are at the place now. */
export const present = (answer: Answer): number => answer.moves.arrived - answer.moves.returned;

/** How many have left home and are not back. */
export const out = (answer: Answer): number => answer.moves.departed - answer.moves.returned - answer.moves.turnedBack;

/** The answers to one line, of one wave or of all. */
export function answersTo(request: DispatchRequest, line: number, wave?: number): Answer[] {
  return Object.values(request.answers).filter((a) => a.line === line && (wave === undefined || a.wave === wave));
}

/** What an organization said to a line, if anything. */
export const answerOf = (request: DispatchRequest, line: number, org: Id, wave: number): Answer | undefined => request.answers[answerKey(line, org, wave)];

/** Whether all who were promised have come and gone home. */
export const isOver = (answers: readonly Answer[]): boolean =>
  answers.some((a) => a.moves.arrived > 0) && answers.every((a) => out(a) === 0 && a.moves.departed >= standing(a));

/** The wave a line is in: the first that is not over; the last one stays. (R24) */
export function currentWave(request: DispatchRequest, line: Line): number {
  const last = wavesOf(line);
  for (let wave = 1; wave < last; wave++) {
    if (!isOver(answersTo(request, line.id, wave))) return wave;
  }
  return last;
}

/** Whether an answer is to a wave that its line has no more. */
export const isCut = ({ lines }: DispatchRequest, { line, wave }: Pick<Answer, 'line' | 'wave'>): boolean => lines.some((l) => l.id === line && wave > wavesOf(l));

/** The answers that a line's sums are of: those of the wave, and with the last one those of waves that a revision cut. (R12) */
export const answersIn = (request: DispatchRequest, line: Line, wave: number): Answer[] =>
  answersTo(request, line.id).filter((a) => a.wave === wave || (a.wave > wave && wave === wavesOf(line)));

/**
 * The sums of one line in one wave. Nothing promised beyond the need is dropped: it is surplus. Who was promised for a
 * wave that was cut was meant for other days: they are surplus and fill nothing. (R12, R20, R23)
 */
export function lineSums(request: DispatchRequest, line: Line, wave = currentWave(request, line)): LineSums {
  const answers = answersIn(request, line, wave);
  const needed = line.withdrawn || wave > wavesOf(line) ? 0 : line.count;
  const committed = added(answers, standing);
  const short = Math.max(0, needed - added(answers.filter((a) => a.wave === wave), standing));
  return { line, wave, needed, committed, arrived: added(answers, came), home: added(answers, home), short, surplus: committed + short - needed };
}

/** Each line in the wave it is in, and the total. What one line has too many does not fill another. (R23) */
export function sumsOf(request: DispatchRequest): { lines: readonly LineSums[]; total: Sums } {
  const lines = request.lines.map((line) => lineSums(request, line));
  return { lines, total: addUp(lines) };
}

/** Several sums as one, each figure by itself. */
export function addUp(sums: readonly Sums[]): Sums {
  const add = (figure: keyof Sums): number => added(sums, (one) => one[figure]);
  return { needed: add('needed'), committed: add('committed'), arrived: add('arrived'), home: add('home'), short: add('short'), surplus: add('surplus') };
}

export interface Predicted {
  /** needed − committed − what the primary says it is considering: what is left for those after it. */
  readonly rest: number;
  /** `rest` less what those before this organization, in the plan's order, are considering. */
  readonly coming: number;
  readonly lines: readonly { readonly line: Line; readonly wave: number; readonly rest: number; readonly coming: number }[];
}

/**
 * What an organization must be ready for (見込み), per line and together. Never negative. (R30–R33)
 * Before the primary has said anything it is the whole need. What the primary considers counts only while the line
 * lies with it. The primary itself sees what is short.
 */
export function predictedFor(request: DispatchRequest, org: Id): Predicted {
  const { primary, secondaries } = request.supporters;
  const place = secondaries.indexOf(org);
  const ahead = secondaries.slice(0, place < 0 ? secondaries.length : place);
  const lines = sumsOf(request).lines.map(({ line, wave, short }) => {
    const considering = (who: Id): number => answerOf(request, line.id, who, wave)?.considering?.count ?? 0;
    const withPrimary = request.stages[line.id]?.tier === 'primary';
    const rest = Math.max(0, short - (withPrimary ? considering(primary) : 0));
    const coming = org === primary ? short : Math.max(0, rest - added(ahead, considering));
    return { line, wave, rest, coming };
  });
  return { lines, rest: added(lines, (l) => l.rest), coming: added(lines, (l) => l.coming) };
}

export type RequestState = 'sent' | 'partly' | 'filled' | 'home' | 'done' | 'cancelled' | 'escalated';

/** Where a request stands. Only 取消 and 完了 by the asker are written down; the rest follows from the numbers. (R40) */
export function stateOf(request: DispatchRequest): RequestState {
  if (request.closed) return request.closed.as;
  if (isServed(request)) return daysRemain(request) ? 'home' : 'done';
  const { short, committed } = sumsOf(request).total;
  if (short === 0) return 'filled';
  if (request.escalations.length > 0) return 'escalated';
  return committed > 0 ? 'partly' : 'sent';
}

/**
 * Whether the last of them came home before the last day they were asked for. Then nobody is short and nobody is there:
 * that is neither 充足 nor 完了, until the asker says which. (R44)
 */
function daysRemain({ lines, details, answers }: DispatchRequest): boolean {
  const until = lines.filter((line) => !line.withdrawn).map((line) => line.waves?.at(-1)?.to ?? details.endDate ?? '').toSorted().at(-1);
  const last = Math.max(0, ...Object.values(answers).map(({ moves }) => moves.at.returned ?? 0));
  return until !== undefined && dayInJapan(last) < until;
}

/** Everyone asked for came in every wave, and all are home. */
function isServed(request: DispatchRequest): boolean {
  const waves = request.lines.flatMap((line) => Array.from({ length: wavesOf(line) }, (_, i) => lineSums(request, line, i + 1)));
  return waves.every((sums) => sums.short === 0) && isOver(Object.values(request.answers));
}
