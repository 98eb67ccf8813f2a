import type { Migration } from './migration.ts';

/**
 * How far the log has been looked through for what asks people for an answer, and which node tells of which step. What was
 * said before there was such a thing is chased no more: each stream that is there begins at its head.
 */
export const chase: Migration = {
  name: '0090-chase',
  sql: `
    create table chase_cursor (
      workspace int not null default 1,
      stream int not null,
      seen bigint not null,
      primary key (workspace, stream)
    );
    insert into chase_cursor (workspace, stream, seen) select workspace, no, head from stream;
    create table chase_claim (
      workspace int not null default 1,
      id uuid not null,
      until bigint not null,
      primary key (workspace, id)
    );
  `,
};
