import type { Migration } from './migration.ts';

/** By which what is long past is found. Rows come in the order of time, so a few numbers for each stretch of the table do. */
export const tidy: Migration = {
  name: '0070-tidy',
  sql: `
    create index command_by_time on command using brin (at) with (autosummarize = on);
  `,
};
