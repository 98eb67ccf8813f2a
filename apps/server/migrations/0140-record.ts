import type { Migration } from './migration.ts';

/**
 * The log of the record: one order of all events of all streams, which only ever grows. Its leaves, how far each stream is
 * in it, the tree's peaks, what was signed of it, and the keys that signed. All but the keys' secret halves, which lie
 * in the data folder.
 */
export const record: Migration = {
  name: '0140-record',
  sql: `
    create table record_leaf (
      workspace int not null default 1,
      idx bigint not null,
      stream int not null,
      seq bigint not null,
      hash bytea not null,
      primary key (workspace, idx)
    );
    create unique index record_leaf_by_event on record_leaf (workspace, stream, seq);
    create table record_cursor (
      workspace int not null default 1,
      stream int not null,
      seen bigint not null,
      primary key (workspace, stream)
    );
    -- Whoever grows the log holds this row's lock: of several nodes one at a time.
    create table record_log (
      workspace int not null default 1,
      size bigint not null default 0,
      peaks bytea not null default '',
      primary key (workspace)
    );
    insert into record_log default values;
    create table record_checkpoint (
      workspace int not null default 1,
      size bigint not null,
      origin text not null,
      at bigint not null,
      note text not null,
      -- The answer of a timestamping service (RFC 3161), where one is asked.
      stamp bytea,
      primary key (workspace, size, origin)
    );
    create table record_key (
      workspace int not null default 1,
      key text not null,
      since bigint not null,
      primary key (workspace, key)
    );
  `,
};
