import type { Migration } from './migration.ts';

/**
 * What the chase writes down is about what asks: climbs, cards and reminders are shown to whoever may see that, and to nobody
 * else. What stands here already is told so; devices read their things anew by themselves.
 */
export const chaseAbout: Migration = {
  name: '0120-chase-about',
  sql: `
    update event e set about = asks.born
    from event_body b
    join noun made on made.workspace = b.workspace and made.stream = b.stream and made.noun in ('chase', 'phoneCard', 'reminder')
      and made.id = coalesce(b.json->>'run', b.json->>'card', b.json->>'message', b.json->>'id')
    join noun asks on asks.workspace = made.workspace and asks.stream = made.stream
      and asks.noun = coalesce(made.value->>'noun', 'message') and asks.id = coalesce(made.value->>'thing', made.value->>'message')
    where e.kind between 181 and 189 and e.workspace = b.workspace and e.stream = b.stream and e.seq = b.seq and asks.born < e.seq
      and made.noun = case when e.kind <= 183 then 'chase' when e.kind <= 187 then 'phoneCard' else 'reminder' end;
  `,
};
