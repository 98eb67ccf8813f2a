import { migrate } from '@noroshi/foundations/database';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { expect, it } from 'vitest';
import { migrations } from './index.ts';

it('0090 chases nothing that was said before there was such a thing: each stream that stands begins at its head', async () => {
  const database = await freshDatabase({ empty: true });
  await migrate(database.pool, migrations.filter(({ name }) => name < '0090'));
  await database.pool.query(`insert into stream (no, key, head) values (2, 'r:old', 41)`);
  await migrate(database.pool, migrations);
  await database.pool.query(`insert into stream (no, key, head) values (3, 'r:new', 7)`);
  expect((await database.pool.query('select stream, seen::int from chase_cursor where stream > 1')).rows).toEqual([{ stream: 2, seen: 41 }]);
  await database.close();
});
