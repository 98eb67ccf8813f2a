import { breaks } from './breaks.ts';

// The server says that it is done a quarter of a second before the disk has it: whenever it is killed, something is in between.
breaks('foundations/sync/server/committer.server.ts', [[
  `if (fresh.length === 0) await client.query('commit');`,
  `for (const [one, answer] of outcome) one.resolve(answer);
      await new Promise((done) => setTimeout(done, 250));
      if (fresh.length === 0) await client.query('commit');`,
]]);
