import type { Migration } from './migration.ts';

/**
 * The search index anew, over everything that can be found. It is built again from the events.
 *
 * A key is a character or a pair of one stretch of one stream, as a number: a posting list then holds that stretch alone, so
 * that a search reads only what its asker sees, and stops once it has enough of the newest.
 */
export const found: Migration = {
  name: '0170-found',
  sql: `
    drop table search_text;
    truncate search_cursor;

    create table search_text (
      workspace int not null default 1,
      shelf smallint not null,
      noun text collate "C" not null,
      id uuid not null,
      stream int not null,
      shown bigint not null,
      by uuid,
      at bigint not null,
      words text not null,
      folded text collate "C" not null,
      keys int[] not null,
      primary key (workspace, noun, id)
    );

    create index search_text_by_key on search_text using gin (keys) with (fastupdate = off);
    create index search_text_by_time on search_text (shelf, at, id);
    create index search_text_by_stream on search_text (shelf, stream, at, id);

    create table search_stretch (
      workspace int not null default 1,
      shelf smallint not null,
      stream int not null,
      stretch bigint not null,
      first bigint not null,
      last bigint not null,
      primary key (workspace, shelf, stream, stretch)
    );
  `,
};
