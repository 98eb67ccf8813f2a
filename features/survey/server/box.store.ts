import type { Id } from '@noroshi/foundations/kernel';
import type pg from 'pg';
import type { Values } from '../form.ts';

/** The box of this survey of an organization. @returns its secret key (PKCS #8), or nothing where no box stands, or one that is sealed */
export async function keyOf(db: pg.Pool, sheet: Id): Promise<Buffer | undefined> {
  return (await db.query<{ key: Buffer }>('select key from survey_box where workspace = 1 and sheet = $1 and length(key) > 0', [sheet])).rows[0]?.key;
}

/** Sets a box up, unless somebody else just has. */
export async function putBox(db: pg.Pool, sheet: Id, key: Buffer): Promise<void> {
  await db.query('insert into survey_box (sheet, key) values ($1, $2) on conflict do nothing', [sheet, key]);
}

/**
 * Puts an answer in. All answers of a box lie in one row, in the order of the hashes of their ballots: neither a time nor an order of coming is kept.
 * @param ballot the hash of the ballot's secret
 * @param once whether an answer that lies there stays
 * @returns whether it lies there now; a box that is sealed takes nothing
 */
export async function putIn(db: pg.Pool, sheet: Id, ballot: string, values: Values, once: boolean): Promise<boolean> {
  const { rowCount } = await db.query(
    `update survey_box set ballots = ballots || jsonb_build_object($2::text, $3::jsonb)
     where workspace = 1 and sheet = $1 and length(key) > 0 and not ($4 and ballots ? $2::text)`, [sheet, ballot, JSON.stringify(values), once],
  );
  return rowCount === 1;
}

/** Nothing is put into these boxes any more, nor signed for them: their keys are gone. Also where no box stands yet. */
export async function sealBoxes(db: pg.Pool, sheets: readonly Id[]): Promise<void> {
  await db.query(`insert into survey_box (sheet, key) select unnest($1::uuid[]), '' on conflict (workspace, sheet) do update set key = '' where length(survey_box.key) > 0`, [sheets]);
}

/** What lies in these boxes is no more, nor are their keys. */
export async function emptyBoxes(db: pg.Pool, sheets: readonly Id[]): Promise<void> {
  await db.query(`update survey_box set ballots = '{}', key = '' where workspace = 1 and sheet = any($1::uuid[]) and (ballots <> '{}' or length(key) > 0)`, [sheets]);
}

/** All answers in the boxes, by the box. */
export async function answersIn(db: pg.Pool, sheets: readonly Id[]): Promise<Map<Id, Values[]>> {
  const { rows } = await db.query<{ sheet: Id; ballots: Record<string, Values> }>('select sheet, ballots from survey_box where workspace = 1 and sheet = any($1::uuid[])', [sheets]);
  return new Map(rows.map(({ sheet, ballots }) => [sheet, Object.values(ballots)]));
}
