import { breaks } from './breaks.ts';

// The server says that it is done before the disk has it.
breaks('foundations/sync/server/committer.server.ts', [[
  `if (fresh.length === 0) await client.query('commit');`,
  `for (const [one, answer] of outcome) one.resolve(answer);
      await new Promise((done) => setTimeout(done, 80));
      if (fresh.length === 0) await client.query('commit');`,
]]);
