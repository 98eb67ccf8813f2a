import type { Migration } from './migration.ts';

/** A secret of the house with which the fingerprints of imported files are marked: without it nobody tries words against one. */
export const pastKey: Migration = {
  name: '0760-past-key',
  sql: `
    create table past_key (
      workspace int primary key default 1,
      key bytea not null check (length(key) = 32)
    );
    insert into past_key (key) values (sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea));`,
};
