import type { Migration } from './migration.ts';

/**
 * What takes back a thing that speaks of another, a comment or a page of an import, said only that it was about that other one: a
 * notice's own words went out no more to whoever came back. From now on it names what it takes back, beside what it is about.
 *
 * What an event is about is part of what the record has signed of it (0140): no row that has its place there says anything else
 * afterwards. So the new column stands outside the envelope. And 0050 took who joins, leaves or is shut out a second time for being about the
 * person; that is about the stream, and is put right where the record has not taken it in yet.
 */
export const commentTakenBack: Migration = {
  name: '0740-comment-taken-back',
  sql: `
    -- Nobody takes more into the record until this is done.
    lock table record_leaf in share row exclusive mode;

    alter table event add column takes bigint check (takes < seq);

    update event e set takes = n.born
    from event_body b, noun n
    where e.kind in (226, 445)
      and b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
      and n.workspace = e.workspace and n.stream = e.stream and n.born < e.seq and n.born is distinct from e.about
      and ((e.kind = 226 and n.noun = 'boardComment' and n.id = b.json->>'comment')
        or (e.kind = 445 and n.noun = 'pastPage' and n.value->>'past' = b.json->>'past' and n.value->>'page' = b.json->>'page'));

    create index event_by_takes on event (workspace, stream, takes) where takes is not null;

    update event e set about = null where e.kind in (1, 2, 4) and e.about is not null
      and not exists (select 1 from record_leaf l where l.workspace = e.workspace and l.stream = e.stream and l.seq = e.seq);`,
};
