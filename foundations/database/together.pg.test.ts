import { together } from '@noroshi/foundations/database';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase({ empty: true });
  await database.pool.query('create table said (word text primary key)');
});
afterAll(() => database.close());

const words = async (): Promise<string[]> => (await database.pool.query<{ word: string }>('select word from said order by word')).rows.map(({ word }) => word);

it('what is asked together is answered in its order', async () => {
  const client = await database.pool.connect();
  const [, kept] = await together(client, () => [client.query('begin'), client.query<{ word: string }>("insert into said values ('い') returning word"), client.query('commit')]);
  expect(kept.rows).toEqual([{ word: 'い' }]);
  client.release();
  expect(await words()).toEqual(['い']);
});

it('a commit behind something that failed takes all back, and the connection is as it was', async () => {
  const client = await database.pool.connect();
  await client.query('begin');
  await client.query("insert into said values ('ろ')");
  await expect(together(client, () => [client.query("insert into said values ('い')"), client.query('commit')])).rejects.toMatchObject({ code: '23505' });
  expect((await client.query<{ n: number }>('select 1 as n')).rows).toEqual([{ n: 1 }]);
  client.release();
  expect(await words()).toEqual(['い']);
});
