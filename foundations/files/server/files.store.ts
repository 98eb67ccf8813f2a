import type pg from 'pg';
import { fileArrived, fileThumbArrived } from '../stored-file.ts';

/** Whether any event tells of bytes with this hash, of a photograph, a file or a small picture. */
export async function isTold(db: pg.Pool, sha256: string): Promise<boolean> {
  const { rows } = await db.query(`
    select 1 from event e join event_body b on b.workspace = e.workspace and b.stream = e.stream and b.seq = e.seq
    where e.workspace = 1 and e.kind = any($1::smallint[]) and b.json ->> 'sha256' = $2 limit 1`, [[fileArrived.no, fileThumbArrived.no], sha256]);
  return rows.length > 0;
}
