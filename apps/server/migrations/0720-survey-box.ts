import type { Migration } from './migration.ts';

/** The boxes of anonymous surveys: a key that signs ballots, and the answers by the hash of their ballot, in one row without a time. */
export const surveyBox: Migration = {
  name: '0720-survey-box',
  sql: `
    create table survey_box (
      workspace int not null default 1,
      sheet uuid not null,
      key bytea not null,
      ballots jsonb not null default '{}',
      primary key (workspace, sheet)
    );`,
};
