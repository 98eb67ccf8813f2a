import { directory } from '@noroshi/features/directory';
import { incidents } from '@noroshi/features/incident';
import { talk } from '@noroshi/features/talk';
import { assemble } from '@noroshi/foundations/sync';
import type { AnswerTo } from '@noroshi/foundations/sync/server';

/** Every room of the house, named once. */
export const house = assemble([directory, talk, incidents]);

/** How questions are answered. */
export const answers: ReadonlyMap<string, AnswerTo<any, any>> = new Map([]);
