import { migrate } from '@noroshi/foundations/database';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { fieldsOf, saltLength } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { migrations } from './index.ts';

const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const mark = 'ab'.repeat(32);
const begun = { id: id(9), source: 'talk', name: 'talk.txt', sha256: mark, size: 5, lines: 1, pages: 1, left: 0, from: 1, to: 2 };

it('0780 takes the fingerprint of an import out of the record with its salt; what stays is proven as before, and what is none of it is untouched', async () => {
  const database = await freshDatabase({ empty: true });
  const { pool } = database;
  await migrate(pool, migrations.filter(({ name }) => name < '0780'));
  const event = (seq: number, kind: number, json: object, salt: Buffer): Promise<unknown> => pool.query(
    `with e as (insert into event (stream, seq, id, n, kind, at, by, org, commitments) values (2, $1, $2, 0, $3, 0, $2, $2, ''))
     insert into event_body (stream, seq, salt, json) values (2, $1, $4, $5)`,
    [seq, id(seq), kind, salt, json],
  );
  await pool.query(`insert into stream (no, key, head) values (2, 'r:${id(99)}', 3)`);
  const salt = randomBytes(fieldsOf(begun).length * saltLength);
  await event(1, 440, begun, salt);
  // One from before each field had a salt of its own, and a file that is called by its own fingerprint.
  await event(2, 440, begun, randomBytes(saltLength));
  await event(3, 152, { sha256: mark }, randomBytes(saltLength));
  await pool.query(`insert into command (person, id, name, hash, answer, at) values ($1, $1, 'past.begin', '\\x01', '{}', 0)`, [id(1)]);
  await pool.query(`insert into noun (noun, id, stream, born, seq, value) values ('past', $1, 2, 1, 1, $2)`, [id(9), { ...begun, state: 'whole' }]);

  await migrate(pool, migrations);

  const { rows } = await pool.query<{ json: Record<string, unknown>; salt: Buffer; emptied: string[] | null }>('select json, salt, emptied from event_body where stream = 2 order by seq');
  const { sha256: _gone, ...left } = begun;
  expect(rows.map(({ json, emptied }) => [json, emptied])).toEqual([[left, ['sha256']], [left, ['sha256']], [{ sha256: mark }, null]]);
  // Each field that stays has the salt that it had, and its place; the one that went has none.
  const saltOf = (all: Buffer, i: number): string => all.subarray(i * saltLength, (i + 1) * saltLength).toString('hex');
  expect(fieldsOf(begun).map((_, i) => saltOf(rows[0]!.salt, i))).toEqual(fieldsOf(begun).map((name, i) => (name === 'sha256' ? '00'.repeat(saltLength) : saltOf(salt, i))));
  expect(rows[1]!.salt).toHaveLength(0);
  expect((await pool.query('select value from noun')).rows).toEqual([{ value: { ...left, state: 'whole' } }]);
  expect((await pool.query<{ hash: Buffer }>('select hash from command')).rows[0]!.hash).toHaveLength(0);
  expect((await pool.query(`select to_regclass('past_key') as there`)).rows).toEqual([{ there: null }]);
  await database.close();
});
