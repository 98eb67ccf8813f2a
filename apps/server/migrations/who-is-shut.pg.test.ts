import { migrate } from '@noroshi/foundations/database';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { expect, it } from 'vitest';
import { migrations } from './index.ts';

const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

it('0130 has the rooms of closed accounts told, and keeps of a post the last time it was left empty where someone is still to be seated by it', async () => {
  const database = await freshDatabase({ empty: true });
  await migrate(database.pool, migrations.filter(({ name }) => name < '0130'));
  const thing = (noun: string, of: string, value: object): Promise<unknown> => database.pool.query('insert into noun (noun, id, stream, born, seq, value) values ($1, $2, 1, 1, 1, $3)', [noun, of, value]);
  await thing('person', id(1), { name: '退職 六', disabled: true });
  await thing('person', id(2), { name: '戻った 七', disabled: false });
  await thing('person', id(3), { name: '兵頭 太郎' });
  await thing('post', id(11), { title: '空いた職', vacated: id(90) });
  await thing('post', id(12), { title: '就いたばかりの職', holder: id(2), vacated: id(91) });
  await thing('post', id(13), { title: '就いて久しい職', holder: id(3), vacated: id(92) });
  await thing('post', id(14), { title: '空いたことのない職', holder: id(3) });
  await database.pool.query(`insert into job (id, due, command, input) values ($1, 0, 'talk.seatPost', $2)`, [id(80), { post: id(12) }]);
  await migrate(database.pool, migrations);
  expect((await database.pool.query(`select input from job where command = 'directory.tellRooms'`)).rows).toEqual([{ input: { person: id(1) } }]);
  expect((await database.pool.query(`select value from noun where noun = 'post' order by id`)).rows.map((r) => r.value)).toEqual([
    { title: '空いた職', vacancies: [id(90)] },
    { title: '就いたばかりの職', holder: id(2), vacancies: [id(91)] },
    { title: '就いて久しい職', holder: id(3) },
    { title: '空いたことのない職', holder: id(3) },
  ]);
  await database.close();
});
