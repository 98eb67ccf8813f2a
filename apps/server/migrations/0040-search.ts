import type { Migration } from './migration.ts';

/** The search index: may be emptied and is then built again from the events. */
export const search: Migration = {
  name: '0040-search',
  sql: `
    create table search_text (
      workspace int not null default 1,
      id uuid not null,
      stream int not null,
      born bigint not null,
      by uuid not null,
      at bigint not null,
      words text not null,
      folded text not null,
      grams text[] not null,
      primary key (workspace, id)
    );
    create index search_text_by_gram on search_text using gin (grams);
    create index search_text_by_time on search_text (workspace, stream, at);
    create table search_cursor (
      workspace int not null default 1,
      stream int not null,
      seen bigint not null,
      primary key (workspace, stream)
    );
  `,
};
