import { stair } from './0010-stair.ts';
import type { Migration } from './migration.ts';

/** Every step from an empty database to today's tables, in order. A step that was released never changes. */
export const migrations: readonly Migration[] = [stair];
