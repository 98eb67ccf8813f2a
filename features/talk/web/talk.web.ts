/** The talk's screens. */
import type { WebRoom } from '@noroshi/foundations/web';

export { newestLine } from './newest-line.ts';

export const talkWeb: WebRoom = { name: 'talk' };
