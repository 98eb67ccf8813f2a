/** Finding what was said. */
import { feature } from '@noroshi/foundations/sync';
import { find } from './find.ts';

export { find };
export { excerptOf, fold, grams, gramsOfTerm, mostFolded, terms, type Excerpt } from './fold.ts';
export { wordsOf } from './words-of.ts';

export const search = feature('search', { questions: [find] });
