import type pg from 'pg';

/** Looks for a text in every column of every table, whatever it is made of. @returns the columns that have it */
export async function inTables(pool: pg.Pool, text: string): Promise<string[]> {
  const { rows } = await pool.query<{ table: string; column: string }>(`
    select c.table_name as table, c.column_name as column from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`);
  const found: string[] = [];
  for (const { table, column } of rows) {
    const { rows: [hit] } = await pool.query<{ n: number }>(`select count(*)::int as n from "${table}" where position($1 in "${column}"::text) > 0 or position($2 in "${column}"::text) > 0`, [text, Buffer.from(text).toString('hex')]);
    if (hit!.n > 0) found.push(`${table}.${column}`);
  }
  return found;
}
