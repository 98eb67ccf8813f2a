/** 訓練: a scenario is played in, and what became of it is measured. */
import { feature } from '@noroshi/foundations/sync';
import { beginDrill } from './begin.ts';
import { give, giveNow, hint, pace, rate, realNow, skip } from './control.ts';
import { drillFacts } from './facts.ts';
import { addPoint, movePoint } from './improvement.ts';
import { scenarios, score } from './questions.ts';

export { drillFacts };
export { addPoint, beginDrill, give, giveNow, hint, movePoint, pace, rate, realNow, scenarios, score, skip };
export { deskOf, deskStream, drillRun, speeds, theDrillRun, type DrillRun, type Rating } from './drill-run.ts';
export { improvement, type Improvement } from './improvement.ts';
export type { Inject, Scenario } from './scenario.ts';
export type { Score } from './questions.ts';

export const drills = feature('drill', { ...drillFacts, deeds: [beginDrill, pace, give, giveNow, skip, hint, rate, realNow, addPoint, movePoint], questions: [score, scenarios] });
