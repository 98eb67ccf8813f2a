import type { Id, Moment } from '@noroshi/foundations/kernel';
import { happens, type Effect, type When } from '@noroshi/foundations/sync';
import { noted } from '@noroshi/features/talk';
import { passedOn, type DispatchRequest, type Stage } from './dispatch-request.ts';
import { hasAnswered } from './has-answered.ts';
import { currentWave, sumsOf } from './sums.ts';

/** One step of the cascade: these lines go on to the next in the plan. */
export interface PassOn {
  readonly to: 'primary' | 'secondaries' | 'headquarters';
  readonly because: 'late' | 'answered' | 'reopened' | 'wave';
  readonly from: Stage['tier'];
  readonly lines: readonly { readonly line: number; readonly rest: number }[];
}

/**
 * What has to go on now: a line that is short, and about which those with whom it lies have all given their last word,
 * or whose time is up. (R51, R52)
 */
export function movesOn(request: DispatchRequest, now: Moment): PassOn[] {
  if (request.closed) return [];
  const { primary, secondaries } = request.supporters;
  const steps = new Map<string, PassOn & { lines: { line: number; rest: number }[] }>();
  for (const { line, short } of sumsOf(request).lines) {
    const stage = request.stages[line.id];
    if (short === 0 || !stage || stage.tier === 'headquarters') continue;
    const asked = stage.tier === 'primary' ? [primary] : secondaries;
    const answered = asked.every((org) => hasAnswered(request, org, line.id, stage));
    if (!answered && (stage.due === undefined || now < stage.due)) continue;
    const to = stage.tier === 'primary' && secondaries.length > 0 ? 'secondaries' : 'headquarters';
    const because = answered ? 'answered' : 'late';
    const key = `${stage.tier}/${because}`;
    const step = steps.get(key) ?? { to, because, from: stage.tier, lines: [] };
    step.lines.push({ line: line.id, rest: short });
    steps.set(key, step);
  }
  return [...steps.values()];
}

/** Lines that were full, lie with the secondaries, and are short again: the secondaries get a new clock. (R53) */
export function reopened(before: DispatchRequest, after: DispatchRequest): PassOn[] {
  const full = new Set(sumsOf(before).lines.filter((l) => l.short === 0).map((l) => l.line.id));
  const lines = sumsOf(after).lines
    .filter(({ line, short }) => short > 0 && full.has(line.id) && after.stages[line.id]?.tier === 'secondaries')
    .map(({ line, short }) => ({ line: line.id, rest: short }));
  return lines.length > 0 ? [{ to: 'secondaries', because: 'reopened', from: 'secondaries', lines }] : [];
}

/** Lines whose next wave has come into view and is short: nobody was asked for it, so the primary is, with the whole clock. (R54) */
export function nextWave(before: DispatchRequest, after: DispatchRequest): PassOn[] {
  if (after.closed) return [];
  const lines = sumsOf(after).lines
    .filter(({ line, wave, short }) => short > 0 && before.lines.some((l) => l.id === line.id && wave > currentWave(before, l)))
    .map(({ line, short }) => ({ line: line.id, rest: short }));
  return lines.length > 0 ? [{ to: 'primary', because: 'wave', from: 'primary', lines }] : [];
}

/** Where an event about this request belongs. */
export const about = (of: Pick<DispatchRequest, 'incident' | 'drill'>): { incident: Id; drill: boolean } => ({ incident: of.incident, drill: of.drill });

/**
 * Says the steps in the talk, makes them true, and winds the next clock.
 * @param primary what the plan's primary is called, where the deed could know it
 */
export function passing(request: DispatchRequest, steps: readonly PassOn[], when: When, primary = ''): Effect[] {
  return steps.flatMap((step, i): Effect[] => {
    const due = step.to !== 'headquarters' ? when.now + request.clockMinutes * 60_000 : undefined;
    const rest = step.lines.reduce((sum, l) => sum + l.rest, 0);
    const effects: Effect[] = [
      happens(passedOn, { request: request.id, to: step.to, because: step.because, lines: [...step.lines], ...(due === undefined ? {} : { due }) }, about(request)),
      happens(noted, {
        id: when.newId(`note/pass/${i}`), line: `request.passedOn.${step.because === 'reopened' || step.because === 'wave' ? step.because : `${step.from}.${step.because}.${step.to}`}`,
        params: { no: request.no, rest, minutes: request.clockMinutes, primary },
        ref: { noun: 'request', id: request.id }, quiet: 1,
        ...(primary ? { orgs: { primary: [request.supporters.primary] } } : {}),
      }, about(request)),
    ];
    return due === undefined ? effects : [...effects, wind(request, due, `clock/${i}`)];
  });
}

/** Has the clock look again when the time is up. */
export function wind(request: Pick<DispatchRequest, 'id' | 'room' | 'incident' | 'supporters'>, due: Moment, step: string): Effect {
  const { id, room, incident, supporters } = request;
  return { later: due, step, command: 'request.passOn', input: { room, request: id, incident, primary: supporters.primary } };
}
