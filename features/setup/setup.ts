/** How a prefecture comes into an empty house: its organizations, groups and support plan from one file. */
import { feature } from '@noroshi/foundations/sync';
import { checkSetup } from './check-setup.ts';

export { checkSetup };
export type { PrefectureFile } from './prefecture-file.ts';
export type { Known, Setup, SetupProblem, Step } from './steps.ts';

export const setup = feature('setup', { questions: [checkSetup] });
