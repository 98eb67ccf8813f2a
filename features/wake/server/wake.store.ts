import type { Language } from '@noroshi/features/account';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import type pg from 'pg';
import type { DeviceState, Hours } from '../device.ts';

/** A device that can be woken now. */
export interface WakeDevice { readonly session: Id; readonly person: Id; readonly language: Language; readonly endpoint: string; readonly p256dh: string; readonly auth: string }

/** What a device has said of itself, and what became of pushes to it. */
export interface DeviceRow {
  readonly session: Id; readonly person: Id; readonly state: DeviceState; readonly on: boolean;
  readonly worked: Moment | null; readonly failed: string | null; readonly tried: Moment | null; readonly confirmed: Moment | null;
}

/** Whether the push service has said of this endpoint that it is no more. */
export async function isGone(db: pg.Pool, session: Id, endpoint: string): Promise<boolean> {
  return (await db.query('select from wake_device where workspace = 1 and session = $1 and gone = $2', [session, endpoint])).rowCount === 1;
}

/** A device counts while its session lasts, and not a moment longer: this is asked of the sessions themselves. */
const lasting = 'join account_session s on s.workspace = d.workspace and s.id = d.session and s.revoked is null and s.expires > ';

/** The devices of these people that can be woken, each person's last heard of first. */
export async function devicesOf(db: pg.Pool, people: readonly Id[], now: Moment): Promise<WakeDevice[]> {
  return (await db.query<WakeDevice>({
    name: 'wake-devices',
    text: `select d.session, d.person, d.language, d.endpoint, d.p256dh, d.auth from wake_device d ${lasting}$2
           where d.workspace = 1 and d.person = any($1::uuid[]) and d.endpoint is not null order by d.seen desc`,
    values: [people, now],
  })).rows;
}

/** All that the devices of these people have said. */
export async function rowsOf(db: pg.Pool, people: readonly Id[], now: Moment): Promise<DeviceRow[]> {
  return (await db.query<DeviceRow>(
    `select d.session, d.person, d.state, d.endpoint is not null as on, d.worked, d.failed, d.tried, d.confirmed from wake_device d ${lasting}$2
     where d.workspace = 1 and d.person = any($1::uuid[])`, [people, now],
  )).rows;
}

export async function rowOf(db: pg.Pool, session: Id): Promise<DeviceRow | undefined> {
  return (await db.query<DeviceRow>('select session, person, state, endpoint is not null as on, worked, failed, tried, confirmed from wake_device where workspace = 1 and session = $1', [session])).rows[0];
}

export interface Said { readonly session: Id; readonly person: Id; readonly state: DeviceState; readonly language?: Language | undefined; readonly at: Moment; readonly subscription?: { readonly endpoint: string; readonly p256dh: string; readonly auth: string } | undefined }

/** Takes down what a device says. A browser has one subscription: whoever is signed in there now has it, and nobody else. */
export async function putDevice(db: pg.Pool, { session, person, state, language, at, subscription }: Said): Promise<void> {
  const client = await db.connect();
  try {
    await client.query('begin');
    if (subscription) {
      // Two who say it at once come one after the other.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 8030))', [subscription.endpoint]);
      await client.query(`update wake_device set endpoint = null, p256dh = null, auth = null, state = 'unasked' where workspace = 1 and endpoint = $1 and session <> $2`, [subscription.endpoint, session]);
    }
    await client.query(
      `insert into wake_device (session, person, state, language, seen, endpoint, p256dh, auth) values ($1, $2, $3, coalesce($4, 'ja'), $5, $6, $7, $8)
       on conflict (workspace, session) do update set state = $3, language = coalesce($4, wake_device.language), seen = $5, endpoint = $6, p256dh = $7, auth = $8,
         worked = case when wake_device.endpoint is distinct from $6 then null else wake_device.worked end,
         failed = case when wake_device.endpoint is distinct from $6 then null else wake_device.failed end,
         confirmed = case when wake_device.endpoint is distinct from $6 then null else wake_device.confirmed end`,
      [session, person, state, language ?? null, at, subscription?.endpoint ?? null, subscription?.p256dh ?? null, subscription?.auth ?? null],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** What became of a push to an endpoint. `gone`: it is no more. */
export async function became(db: pg.Pool, endpoint: string, at: Moment, failed: string | undefined, gone: boolean): Promise<void> {
  if (gone) await db.query(`update wake_device set endpoint = null, p256dh = null, auth = null, gone = endpoint, state = 'failed', failed = $2 where workspace = 1 and endpoint = $1`, [endpoint, failed]);
  else await db.query('update wake_device set worked = case when $2::text is null then $3 else worked end, failed = $2 where workspace = 1 and endpoint = $1', [endpoint, failed ?? null, at]);
}

/** A trial goes out. */
export async function beginTrial(db: pg.Pool, session: Id, token: Id, at: Moment): Promise<void> {
  await db.query('update wake_device set token = $2, tried = $3, confirmed = null where workspace = 1 and session = $1', [session, token, at]);
}

/** A trial has come. @returns when it was sent and when it was first confirmed; `undefined` where there is no such trial */
export async function endTrial(db: pg.Pool, session: Id, token: Id, at: Moment): Promise<{ tried: Moment; confirmed: Moment } | undefined> {
  return (await db.query<{ tried: Moment; confirmed: Moment }>(
    'update wake_device set confirmed = coalesce(confirmed, $3) where workspace = 1 and session = $1 and token = $2 returning tried, confirmed', [session, token, at],
  )).rows[0];
}

export async function mutesOf(db: pg.Pool, person: Id): Promise<Id[]> {
  return (await db.query<{ room: Id }>('select room from wake_mute where workspace = 1 and person = $1 order by room', [person])).rows.map(({ room }) => room);
}

export async function hoursOf(db: pg.Pool, person: Id): Promise<Hours | undefined> {
  return (await db.query<Hours>('select begins, ends from wake_hours where workspace = 1 and person = $1', [person])).rows[0];
}

/** @returns false where there are too many already */
export async function mute(db: pg.Pool, person: Id, room: Id, most: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into wake_mute (person, room) select $1, $2 where (select count(*) from wake_mute where workspace = 1 and person = $1) < $3
     on conflict (workspace, person, room) do update set room = excluded.room`, [person, room, most],
  );
  return rowCount === 1;
}

export async function unmute(db: pg.Pool, person: Id, room: Id): Promise<void> {
  await db.query('delete from wake_mute where workspace = 1 and person = $1 and room = $2', [person, room]);
}

export async function putHours(db: pg.Pool, person: Id, hours: Hours | undefined): Promise<void> {
  if (hours) await db.query('insert into wake_hours (person, begins, ends) values ($1, $2, $3) on conflict (workspace, person) do update set begins = $2, ends = $3', [person, hours.begins, hours.ends]);
  else await db.query('delete from wake_hours where workspace = 1 and person = $1', [person]);
}

/** What these people do not want to be woken for in one room. */
export async function wishesOf(db: pg.Pool, people: readonly Id[], room: Id): Promise<Map<Id, { muted: boolean; hours: Hours | undefined }>> {
  const { rows } = await db.query<{ person: Id; muted: boolean; begins: number | null; ends: number | null }>({
    name: 'wake-wishes',
    text: `select p.person, m.room is not null as muted, h.begins, h.ends from unnest($1::uuid[]) as p(person)
           left join wake_mute m on m.workspace = 1 and m.person = p.person and m.room = $2
           left join wake_hours h on h.workspace = 1 and h.person = p.person`,
    values: [people, room],
  });
  return new Map(rows.map(({ person, muted, begins, ends }) => [person, { muted, hours: begins === null ? undefined : { begins, ends: ends! } }]));
}

/** How many messages each of these streams had at a number of it. */
export async function messagesAt(db: pg.Pool, places: readonly { readonly stream: number; readonly seq: number }[]): Promise<number[]> {
  return (await db.query<{ messages: number }>({
    name: 'wake-messages-at',
    text: `select coalesce((select e.message from event e where e.workspace = 1 and e.stream = p.stream and e.seq <= p.seq and e.message is not null order by e.seq desc limit 1), 0) as messages
           from unnest($1::int[], $2::bigint[]) with ordinality as p(stream, seq, n) order by p.n`,
    values: [places.map(({ stream }) => stream), places.map(({ seq }) => seq)],
  })).rows.map(({ messages }) => messages);
}

/** Rooms whose events have not all been followed. */
export async function behind(db: pg.Pool): Promise<{ no: number; key: string; head: number; seen: number }[]> {
  return (await db.query<{ no: number; key: string; head: number; seen: number }>({
    name: 'wake-behind',
    text: `select s.no, s.key, s.head, coalesce(c.seen, 0) as seen from stream s left join wake_cursor c on c.workspace = s.workspace and c.stream = s.no
           where s.workspace = 1 and s.key like 'r:%' and s.head > coalesce(c.seen, 0)`,
  })).rows;
}

/** All up to here is done with. */
export async function move(db: pg.Pool, stream: number, seen: number): Promise<void> {
  await db.query({
    name: 'wake-move',
    text: 'insert into wake_cursor (stream, seen) values ($1, $2) on conflict (workspace, stream) do update set seen = greatest(wake_cursor.seen, excluded.seen)',
    values: [stream, seen],
  });
}

/** Takes away devices whose session has ended, and wishes for nothing. */
export async function tidy(db: pg.Pool, now: Moment): Promise<void> {
  await db.query('delete from wake_device d where d.workspace = 1 and not exists (select from account_session s where s.workspace = 1 and s.id = d.session and s.revoked is null and s.expires > $1)', [now]);
}
