import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connect.server.ts';
import { migrate, type Migration } from './migrate.server.ts';
import { freshDatabase, type FreshDatabase } from './testing.server.ts';

const first: Migration = { name: '0010-first', sql: 'create table first (n bigint); insert into first values (1)' };
const second: Migration = { name: '0020-second', up: (client) => client.query('create table second (body jsonb)') };

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase({ empty: true });
});
afterEach(() => database.close());

describe('the migrator', () => {
  it('takes each step once, in order', async () => {
    expect(await migrate(database.pool, [first])).toEqual(['0010-first']);
    expect(await migrate(database.pool, [first, second])).toEqual(['0020-second']);
    expect(await migrate(database.pool, [first, second])).toEqual([]);
    expect((await database.pool.query('select name from migration order by name')).rows).toEqual([{ name: '0010-first' }, { name: '0020-second' }]);
  });

  it('lets servers that start together take each step once between them', async () => {
    const other = connect(database.url);
    const taken = await Promise.all([migrate(database.pool, [first, second]), migrate(other.pool, [first, second])]);
    await other.close();
    expect(taken.flat().sort()).toEqual(['0010-first', '0020-second']);
    expect((await database.pool.query('select n from first')).rows).toEqual([{ n: 1 }]);
  });

  it('leaves nothing behind of a step that failed', async () => {
    const broken: Migration = { name: '0020-broken', sql: 'create table half (n int); select 1 / 0' };
    await expect(migrate(database.pool, [first, broken])).rejects.toThrow('The migration 0020-broken failed and was undone: division by zero');
    expect((await database.pool.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }]);
    expect(await migrate(database.pool, [first, second])).toEqual(['0020-second']);
  });

  it('refuses a database that knows a step which the code does not', async () => {
    await migrate(database.pool, [first, second]);
    await expect(migrate(database.pool, [first])).rejects.toThrow('used by a newer Noroshi (it knows the migration 0020-second)');
  });

  it('refuses a step that slipped in before one already taken', async () => {
    await migrate(database.pool, [first, second]);
    const late: Migration = { name: '0015-late', sql: 'select 1' };
    await expect(migrate(database.pool, [first, late, second])).rejects.toThrow('0015-late comes before 0020-second');
  });

  it('refuses steps that are listed out of order', async () => {
    await expect(migrate(database.pool, [second, first])).rejects.toThrow('0010-first must come after 0020-second');
  });
});

describe('a connection', () => {
  it('gives large numbers as numbers and documents as objects', async () => {
    const { rows } = await database.pool.query(`select 1784678400000::bigint as at, '{"語":"狼煙"}'::jsonb as body`);
    expect(rows).toEqual([{ at: 1784678400000, body: { 語: '狼煙' } }]);
  });

  it('refuses a number that it would have to round', async () => {
    await expect(database.pool.query('select 9007199254740993::bigint')).rejects.toThrow('no exact number');
  });

  it('that breaks while someone has it ends nothing but what was asked on it', async () => {
    const client = await database.pool.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const broken = new Promise((done) => client.once('error', done));
    await database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await broken;
    expect(client.listenerCount('error')).toBeGreaterThan(0);
    await expect(client.query('select 1')).rejects.toThrow('not queryable');
    client.release(true);
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('speaks of time in UTC', async () => {
    expect((await database.pool.query('show timezone')).rows).toEqual([{ TimeZone: 'UTC' }]);
  });
});
