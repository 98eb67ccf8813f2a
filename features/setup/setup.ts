/** How a prefecture comes into an empty house: its organizations, groups and support plan from one file. */
export { prefectureFileShape, type PrefectureFile } from './prefecture-file.ts';
export { setupSteps, type Known, type Setup, type SetupProblem, type Step } from './steps.ts';
