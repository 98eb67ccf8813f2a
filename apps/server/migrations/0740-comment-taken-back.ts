import type { Migration } from './migration.ts';

/**
 * Until now a comment that was taken back said that it was about its notice, and so the notice's own words went out no more to
 * whoever came back. It is about the comment. And 0050 took who joins, leaves or is shut out a second time for being about the person; that is
 * about the stream, and everyone in it hears of it.
 */
export const commentTakenBack: Migration = {
  name: '0740-comment-taken-back',
  sql: `
    update event e set about = n.born
    from event_body b, noun n
    where e.kind = 226
      and b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
      and n.workspace = e.workspace and n.noun = 'boardComment' and n.id = b.json->>'comment' and n.stream = e.stream and n.born < e.seq;

    update event set about = null where kind in (1, 2, 4) and about is not null;`,
};
