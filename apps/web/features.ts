import { accountWeb } from '@noroshi/features/account/web';
import { directory } from '@noroshi/features/directory';
import { directoryWeb } from '@noroshi/features/directory/web';
import { talk } from '@noroshi/features/talk';
import { assemble } from '@noroshi/foundations/sync';
import type { WebRoom } from '@noroshi/foundations/web';

/** Every room of the house, named once. */
export const house = assemble([directory, talk]);

/** Their screens. */
export const rooms: readonly WebRoom[] = [directoryWeb, accountWeb];
