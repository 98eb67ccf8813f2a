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

it('0740 names beside each taking back the comment or the page that it was, of who joins again says that it is about the stream, and changes nothing that the record has taken in', async () => {
  const database = await freshDatabase({ empty: true });
  await migrate(database.pool, migrations.filter(({ name }) => name < '0740'));
  const event = (seq: number, kind: number, json: object, about: number | null): Promise<unknown> => database.pool.query(
    `with e as (insert into event (stream, seq, id, n, kind, at, by, org, commitments, about) values (2, $1, $2, 0, $3, 0, $2, $2, '', $5))
     insert into event_body (stream, seq, salt, json) values (2, $1, '', $4)`,
    [seq, id(seq), kind, json, about],
  );
  await database.pool.query(`insert into stream (no, key, head) values (2, 'r:${id(99)}', 8)`);
  await event(1, 221, { id: id(1) }, null);
  await event(2, 225, { id: id(2), post: id(1), text: '間違えた' }, 1);
  await database.pool.query(`insert into noun (noun, id, stream, born, seq, value) values ('boardComment', $1, 2, 2, 3, '{}')`, [id(2)]);
  await event(3, 226, { comment: id(2) }, 1);
  await event(4, 1, { person: id(3) }, 1);
  await event(5, 2, { person: id(3) }, 1);
  await database.pool.query(`insert into record_leaf (idx, stream, seq, hash) values (0, 2, 5, '')`);
  await event(6, 440, { id: id(6) }, null);
  await event(7, 441, { past: id(6), page: 1 }, 6);
  await database.pool.query(`insert into noun (noun, id, stream, born, seq, value) values ('pastPage', $1, 2, 7, 8, $2)`, [id(7), { past: id(6), page: 1 }]);
  await event(8, 445, { past: id(6), page: 1 }, 6);
  await migrate(database.pool, migrations);
  const { rows } = await database.pool.query<{ about: number | null; takes: number | null }>('select about, takes from event where stream = 2 order by seq');
  expect([rows.map((r) => r.about), rows.map((r) => r.takes)]).toEqual([[null, 1, 1, null, 1, null, 6, 6], [null, null, 2, null, null, null, null, 7]]);
  await database.close();
});
