import type { Migration } from './migration.ts';

/**
 * Each event says what it is about: the number of the event that made the thing it changes. So it is known without
 * folding who may hear of it, and which words were taken back. What stands here already is given it from its own words.
 */
export const about: Migration = {
  name: '0050-about',
  sql: `
    alter table event add column about bigint check (about < seq);

    update event e set about = found.born
    from (
      select e.stream, e.seq, max(n.born) as born
      from event e
      join event_body b on b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
      cross join lateral jsonb_each_text(b.json) as word(field, value)
      join noun n on n.workspace = e.workspace and n.stream = e.stream and n.id = word.value and n.noun not in ('room', 'member') and n.born < e.seq
      where not exists (select 1 from noun made where made.workspace = e.workspace and made.stream = e.stream and made.born = e.seq)
      group by e.stream, e.seq
    ) found
    where e.workspace = 1 and e.stream = found.stream and e.seq = found.seq;

    create index event_by_about on event (workspace, stream, about) where about is not null;

    -- A file that was withdrawn keeps no name any more, as its fold says from now on. Devices read things anew by themselves.
    update noun set value = (value - array['sha256', 'width', 'height', 'thumb', 'reason']) || '{"name": "", "size": 0, "type": ""}'
    where noun = 'file' and value->>'state' = 'withdrawn';
  `,
};
