/** How a prefecture comes into an empty house: its organizations, groups and support plan from one file. */
import { feature } from '@noroshi/foundations/sync';
import { checkSetup } from './check-setup.ts';

export { checkSetup };
export { prefectureFileShape, type PrefectureFile } from './prefecture-file.ts';
export { setupSteps, type Known, type Setup, type SetupProblem, type Step } from './steps.ts';

export const setup = feature('setup', { questions: [checkSetup] });
