/** Finding what there is. */
import { feature } from '@noroshi/foundations/sync';
import { find } from './find.ts';

export { find };

export const search = feature('search', { questions: [find] });
