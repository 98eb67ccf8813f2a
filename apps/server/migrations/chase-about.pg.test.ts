import { migrate } from '@noroshi/foundations/database';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { expect, it } from 'vitest';
import { migrations } from './index.ts';

const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

it('0120 tells of what the chase wrote down already that it is about what asks', async () => {
  const database = await freshDatabase({ empty: true });
  await migrate(database.pool, migrations.filter(({ name }) => name < '0120'));
  const event = (seq: number, kind: number, json: object, about: number | null): Promise<unknown> => database.pool.query(
    `with e as (insert into event (stream, seq, id, n, kind, at, by, org, commitments, about) values (2, $1, $2, 0, $3, 0, $2, $2, '', $5))
     insert into event_body (stream, seq, salt, json) values (2, $1, '', $4)`,
    [seq, id(seq), kind, json, about],
  );
  const thing = (noun: string, name: string, born: number, value: object): Promise<unknown> =>
    database.pool.query('insert into noun (noun, id, stream, born, seq, value) values ($1, $2, 2, $3, $3, $4)', [noun, name, born, value]);
  await database.pool.query(`insert into stream (no, key, head) values (2, 'r:${id(99)}', 12)`);
  await event(1, 30, { id: id(99), name: 'グループC' }, null);
  await thing('room', id(99), 1, {});
  await event(2, 40, { text: '至急' }, null);
  await thing('message', id(2), 2, { text: '至急' });
  await event(3, 100, {}, null);
  await thing('request', id(3), 3, {});
  await event(4, 181, { id: id(50), noun: 'message', thing: id(2), people: [1] }, null);
  await thing('chase', id(50), 4, { id: id(50), noun: 'message', thing: id(2) });
  await event(5, 182, { run: id(50), step: 0 }, 4);
  await event(6, 183, { run: id(50), step: 0 }, 4);
  await event(7, 184, { id: id(60), noun: 'request', thing: id(3), whom: id(70) }, null);
  await thing('phoneCard', id(60), 7, { id: id(60), noun: 'request', thing: id(3) });
  await event(8, 185, { card: id(60) }, 7);
  await event(9, 187, { card: id(60), result: 'answered' }, 7);
  await event(10, 188, { message: id(2) }, null);
  await thing('reminder', id(2), 10, { message: id(2) });
  await event(11, 189, { message: id(2), times: 1 }, 10);
  // What people say is about what it was about.
  await event(12, 45, { message: id(2), answer: 'agreed' }, 2);
  await migrate(database.pool, migrations);
  expect((await database.pool.query<{ about: number | null }>('select about from event where stream = 2 order by seq')).rows.map((r) => r.about)).toEqual([null, null, null, 2, 2, 2, 3, 3, 3, 2, 2, 2]);
  await database.close();
});
