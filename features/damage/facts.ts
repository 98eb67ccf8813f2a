import { facts } from '@noroshi/foundations/sync';
import { damageSheet, reported } from './sheet.ts';

/** What this room makes true: all that a device must know to hold it. */
export const damageFacts = facts('damage', { events: [reported], nouns: [damageSheet] });
