import { migrate } from '@noroshi/foundations/database';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { expect, it } from 'vitest';
import { migrations } from './index.ts';

const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

it('0050 tells of events that stand already what they are about, and lets go of the names of withdrawn files', async () => {
  const database = await freshDatabase({ empty: true });
  await migrate(database.pool, migrations.filter(({ name }) => name < '0050'));
  const event = (seq: number, kind: number, json: object): Promise<unknown> => database.pool.query(
    `with e as (insert into event (stream, seq, id, n, kind, at, by, org, commitments) values (2, $1, $2, 0, $3, 0, $2, $2, ''))
     insert into event_body (stream, seq, salt, json) values (2, $1, '', $4)`,
    [seq, id(seq), kind, json],
  );
  const thing = (noun: string, name: string, born: number, value: object): Promise<unknown> =>
    database.pool.query('insert into noun (noun, id, stream, born, seq, value) values ($1, $2, 2, $3, $3, $4)', [noun, name, born, value]);
  await database.pool.query(`insert into stream (no, key, head) values (2, 'r:${id(99)}', 7)`);
  await event(1, 30, { id: id(99), name: 'グループC' });
  await thing('room', id(99), 1, {});
  await event(2, 40, { text: 'はじめ' });
  await thing('message', id(2), 2, { text: 'はじめ' });
  // Answers one that stands already, and is one itself.
  await event(3, 40, { text: '返事', replyTo: id(2) });
  await thing('message', id(3), 3, { text: '返事' });
  await event(4, 42, { message: id(2), text: '直した' });
  await event(5, 31, { room: id(99), name: '新しい名' });
  await event(6, 152, { file: id(50), of: id(3), name: '名簿.xlsx' });
  await thing('file', id(50), 6, { id: id(50), of: id(3), by: id(1), kind: 'file', name: '名簿.xlsx', size: 5, type: 'x', sha256: 'ab', state: 'withdrawn' });
  await event(7, 153, { file: id(50), of: id(3) });
  await migrate(database.pool, migrations);
  expect((await database.pool.query<{ about: number | null }>('select about from event where stream = 2 order by seq')).rows.map((r) => r.about)).toEqual([null, null, null, 2, null, null, 6]);
  expect((await database.pool.query(`select value from noun where noun = 'file'`)).rows[0]).toEqual({ value: { id: id(50), of: id(3), by: id(1), kind: 'file', name: '', size: 0, type: '', state: 'withdrawn' } });
  await database.close();
});
