import { exportRecord, recordExport, type RecordExport } from '@noroshi/features/record';
import { openSigner, RecordLog } from '@noroshi/features/record/server';
import { exportZip } from '@noroshi/features/record/taken-out';
import { CannotStart, connect, migrate, openEmbedded } from '@noroshi/foundations/database';
import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { Stair } from '@noroshi/foundations/sync/server';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { actorOf } from './actor-of.ts';
import { seedDemo } from './demo/seed.ts';
import { demoPart, thing } from './demo/thing.ts';
import { answers, demoHouse } from './features.ts';
import { migrations } from './migrations/index.ts';
import { papers } from './papers.ts';

// `npm run export:sample -- FILE`: the record of the demo's disaster, for whoever wants to see whether it can be forged unseen.

const file = process.argv[2];
const folder = await mkdtemp(join(tmpdir(), 'noroshi-sample-'));
const closing: (() => Promise<unknown>)[] = [];
try {
  if (file === undefined || process.argv.length > 3) throw new CannotStart('ファイルを1つ指定してください：npm run export:sample -- ファイル', 'Name one file: npm run export:sample -- FILE');
  if (existsSync(file)) throw new CannotStart(`${file} はもうあります。別の名前にしてください。`, `${file} is there already. Choose another name.`);
  const embedded = await openEmbedded({ folder: join(folder, 'postgres') });
  closing.push(() => embedded.stop());
  const database = connect(embedded.url);
  closing.push(() => database.close());
  await migrate(database.pool, migrations);
  await seedDemo({ pool: database.pool, house: demoHouse, now: Date.now, dataFolder: folder });
  const stair = await Stair.open({ pool: database.pool, house: demoHouse, now: Date.now, answers });
  closing.push(() => stair.close());
  const log = new RecordLog({ stair, signer: await openSigner(), report: (error) => { throw error; } });
  await log.start();
  const hanako = actorOf(stair, demoPart('hanako'))!;
  const asked = await stair.submit(hanako, { id: thing('sample/export'), name: exportRecord.deed, input: {} });
  if (!asked.ok) throw new Error(`the sample was refused: ${asked.code}`);
  const { value } = stair.see<RecordExport>(hanako, recordExport.noun, thing('sample/export'))!;
  const done = await exportZip({ stair, log, papers: async () => papers, files: join(folder, 'files') }, hanako, value, words('ja', japanese));
  await pipeline(Readable.from(done, { objectMode: false }), createWriteStream(file, { flags: 'wx' }));
  const { size } = (await log.sign())!;
  log.halt();
  console.log([words('ja', japanese), words('en', english)].map(({ t }) => t('record.cli.sample', { file, n: size })).join('\n'));
} catch (error) {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const step of closing.toReversed()) await step();
  await rm(folder, { recursive: true, force: true });
}
