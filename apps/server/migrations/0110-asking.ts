import type { Migration } from './migration.ts';

/** What asks for an answer is found without reading a whole talk. */
export const asking: Migration = {
  name: '0110-asking',
  sql: `create index noun_message_asking on noun_message (workspace, stream, born) where value ? 'asks';`,
};
