/** 当番表: who holds the line of an organization tonight, who takes it up where they cannot, and who takes it over. */
import type { Duty } from '@noroshi/foundations/duty';
import { feature } from '@noroshi/foundations/sync';
import { rotaFacts } from './facts.ts';
import { onDuty, roster, type Roster } from './roster.ts';
import { setRoster } from './set-roster.ts';
import { answerSwap, askSwap } from './swap.ts';

export { answerSwap, askSwap, rotaFacts, setRoster };
export { monthOf, nextOn, onDuty, roster, rosterId, type Roster, type Shift } from './roster.ts';
export { longestShift, mayKeep, mostShifts } from './set-roster.ts';
export { daysOf, shiftsOf, weekdayOf, type Round } from './rounds.ts';

/** For whoever rings people: who holds the line, by a roster. */
export const duty: Duty<Roster> = { noun: roster.noun, onDuty };

export const rotas = feature('rota', { ...rotaFacts, deeds: [setRoster, askSwap, answerSwap] });
