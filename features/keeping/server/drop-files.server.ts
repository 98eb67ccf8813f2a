import { keptStream } from '../book.ts';
import { disposal, type Disposal } from '../disposal.ts';
import { redactables, redaction, type Redaction } from '../redaction.ts';
import { fileArrived, fileAwaited, fileThumbArrived } from '@noroshi/foundations/files';
import { roomStream } from '@noroshi/foundations/sync';
import { emptyWords, type Stair } from '@noroshi/foundations/sync/server';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Streams in which something was taken out of the record. */
const streamsOf = ({ memory }: Stair): number[] => [...new Set([
  ...memory.of(keptStream, redaction.noun).map(({ value }) => value as Redaction).filter(({ state }) => state === 'approved'),
  ...memory.of(keptStream, disposal.noun).map(({ value }) => value as Disposal).filter(({ state }) => state === 'agreed' || state === 'done'),
].flatMap(({ room }) => (room === undefined ? [] : [roomStream(room), ...[...redactables.values()].flatMap(({ twin }) => (twin ? [twin.stream(room)] : []))])).flatMap((key) => memory.streams.get(key)?.no ?? []))];

/**
 * Takes the bytes of photographs and files that went with their words from the disk, where nothing else in the house has the
 * same, and then the hashes under which they lay from the record. What a stop in between has left is found by the next.
 * Which they are is told by the files themselves: each has a name, until it is taken out of the record with what carried it.
 * @param folder of files
 */
export async function dropFiles(stair: Stair, folder: string): Promise<void> {
  const { pool } = stair;
  for (const no of streamsOf(stair)) {
    const { rows } = await pool.query<{ born: number; sha256: string; alone: boolean }>(`
      select a.seq as born, b.json ->> 'sha256' as sha256, not exists (
        select 1 from event o join event_body ob on ob.workspace = 1 and ob.stream = o.stream and ob.seq = o.seq
        left join event_body oa on oa.workspace = 1 and oa.stream = o.stream and oa.seq = o.about
        where o.workspace = 1 and o.kind = any($3::smallint[]) and ob.json ->> 'sha256' = b.json ->> 'sha256' and (oa.json is null or oa.json ? 'name')
      ) as alone
      from event a join event_body ab on ab.workspace = 1 and ab.stream = a.stream and ab.seq = a.seq and not ab.json ? 'name'
      join event e on e.workspace = 1 and e.stream = a.stream and (e.seq = a.seq or e.about = a.seq)
      join event_body b on b.workspace = 1 and b.stream = e.stream and b.seq = e.seq
      where a.workspace = 1 and a.stream = $1 and a.kind = $2 and b.json ? 'sha256'`,
    [no, fileAwaited.no, [fileArrived.no, fileThumbArrived.no]]);
    for (const { sha256, alone } of rows) if (alone) await rm(join(folder, sha256.slice(0, 2), sha256), { force: true });
    for (const born of new Set(rows.map((row) => row.born))) await inOne(pool, (client) => emptyWords(client, { no, born, fields: ['sha256'] }));
  }
}

async function inOne(pool: Stair['pool'], work: (client: Parameters<typeof emptyWords>[0]) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
