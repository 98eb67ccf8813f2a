import { migrate } from '@noroshi/foundations/database';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { expect, it } from 'vitest';
import { migrations } from './index.ts';

const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

it('0100 tells of each message that was withdrawn which one it was, and of pins that they are the room’s', async () => {
  const database = await freshDatabase({ empty: true });
  await migrate(database.pool, migrations.filter(({ name }) => name < '0100'));
  const event = (seq: number, kind: number, json: object, about: number | null): Promise<unknown> => database.pool.query(
    `with e as (insert into event (stream, seq, id, n, kind, at, by, org, commitments, about) values (2, $1, $2, 0, $3, 0, $2, $2, '', $5))
     insert into event_body (stream, seq, salt, json) values (2, $1, '', $4)`,
    [seq, id(seq), kind, json, about],
  );
  await database.pool.query(`insert into stream (no, key, head) values (2, 'r:${id(99)}', 5)`);
  await event(1, 40, { text: '書いた名前' }, null);
  await database.pool.query(`insert into noun (noun, id, stream, born, seq, value) values ('message', $1, 2, 1, 5, '{}')`, [id(1)]);
  await event(2, 35, { room: id(99), message: id(1) }, 1);
  await event(3, 36, { room: id(99), message: id(1) }, 1);
  await event(4, 42, { message: id(1), text: '直した' }, 1);
  await event(5, 43, { message: id(1) }, null);
  await migrate(database.pool, migrations);
  expect((await database.pool.query<{ about: number | null }>('select about from event where stream = 2 order by seq')).rows.map((r) => r.about)).toEqual([null, null, null, 1, 1]);
  await database.close();
});

it('0740 says of each comment that was taken back that it was the comment, and not its notice, and of who joins again that it is about the stream', async () => {
  const database = await freshDatabase({ empty: true });
  await migrate(database.pool, migrations.filter(({ name }) => name < '0740'));
  const event = (seq: number, kind: number, json: object, about: number | null): Promise<unknown> => database.pool.query(
    `with e as (insert into event (stream, seq, id, n, kind, at, by, org, commitments, about) values (2, $1, $2, 0, $3, 0, $2, $2, '', $5))
     insert into event_body (stream, seq, salt, json) values (2, $1, '', $4)`,
    [seq, id(seq), kind, json, about],
  );
  await database.pool.query(`insert into stream (no, key, head) values (2, 'r:${id(99)}', 4)`);
  await event(1, 221, { id: id(1) }, null);
  await event(2, 225, { id: id(2), post: id(1), text: '間違えた' }, 1);
  await database.pool.query(`insert into noun (noun, id, stream, born, seq, value) values ('boardComment', $1, 2, 2, 3, '{}')`, [id(2)]);
  await event(3, 226, { comment: id(2) }, 1);
  await event(4, 1, { person: id(3) }, 1);
  await migrate(database.pool, migrations);
  expect((await database.pool.query<{ about: number | null }>('select about from event where stream = 2 order by seq')).rows.map((r) => r.about)).toEqual([null, 1, 2, null]);
  await database.close();
});
