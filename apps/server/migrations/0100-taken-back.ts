import type { Migration } from './migration.ts';

/**
 * Until now a message that was withdrawn did not say which one it was about, since it touches its room too (its pin goes),
 * and so its words went out again to whoever came back. And 0050 took pins for being about their message; they are about the
 * room, and everyone in it hears of them.
 */
export const takenBack: Migration = {
  name: '0100-taken-back',
  sql: `
    update event e set about = n.born
    from event_body b, noun n
    where e.kind = 43 and e.about is null
      and b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
      and n.workspace = e.workspace and n.noun = 'message' and n.id = b.json->>'message' and n.stream = e.stream and n.born < e.seq;

    update event set about = null where kind in (35, 36);
  `,
};
