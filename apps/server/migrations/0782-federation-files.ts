import type { Migration } from './migration.ts';

/**
 * In which order files are asked for among partners: of theirs, when the last asking was that we have answered, so that no copy of one gets anything, whichever process
 * it is brought to and after a restart too; of ours, when the last one was made, by which process, and until when no other asks.
 */
export const federationFiles: Migration = {
  name: '0782-federation-files',
  sql: `
    create table federation_files (
      workspace int not null default 1,
      partner uuid not null,
      heard bigint not null default 0,
      asked bigint not null default 0,
      process uuid,
      until bigint not null default 0,
      primary key (workspace, partner)
    );`,
};
