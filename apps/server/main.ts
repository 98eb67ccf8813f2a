import { rm } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { CannotStart, connect, eraseEmbedded, migrate, openEmbedded } from '@noroshi/foundations/database';
import { readConfig, type Config } from './config.ts';
import { seedDemo } from './demo/seed.ts';
import { demoPart } from './demo/settle.ts';
import { demoHouse } from './features.ts';
import { migrations } from './migrations/index.ts';
import { openHouse } from './open-house.ts';
import { createServer } from './server.ts';

/** Opens the house from the database up, and answers how to close it again. */
async function open(config: Config, lost: (error: Error) => void): Promise<{
  address: string;
  /** Where there is no administrator: the link with which the first is made. */
  first: string | undefined;
  /** Asked for with --rescue: a link for each administrator. */
  rescue: { name: string; link: string }[];
  close(): Promise<void>;
}> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const folder = join(config.dataFolder, 'postgres');
    if (config.fresh) {
      await eraseEmbedded(folder);
      for (const kept of ['files', 'uploads']) await rm(join(config.dataFolder, kept), { recursive: true, force: true });
    }
    let url = config.databaseUrl;
    if (url === null) {
      const embedded = await openEmbedded({ folder, onLost: lost });
      closing.push(() => embedded.stop());
      url = embedded.url;
    }
    const database = connect(url);
    closing.push(() => database.close());
    await migrate(database.pool, migrations).catch(explain);
    if (config.demo) await seedDemo({ pool: database.pool, house: demoHouse, now: Date.now, dataFolder: config.dataFolder });

    const house = await openHouse({
      pool: database.pool,
      now: Date.now,
      demo: config.demo ? demoPart : undefined,
      failed: (error, where) => console.error(where, error),
    });
    closing.push(() => house.close());
    const app = await createServer({
      house,
      webFolder: join(import.meta.dirname, '../web/dist'),
      dataFolder: config.dataFolder,
      logLevel: config.logLevel,
      publicUrl: config.publicUrl,
      certificate: config.tlsCert !== null && config.tlsKey !== null ? { cert: config.tlsCert, key: config.tlsKey } : null,
      trustProxy: config.trustProxy,
    });
    closing.push(() => app.close());
    const listens = await app.listen({ host: config.host, port: config.port }).catch(explain);
    const address = config.publicUrl?.origin ?? listens;
    const link = (secret: string): string => `${address}/invitation#${secret}`;
    const first = config.demo ? undefined : await house.accounts.firstInvitation();
    return { address, close, first: first && link(first), rescue: config.rescue ? (await house.accounts.rescue()).map(({ name, secret }) => ({ name, link: link(secret) })) : [] };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the person who starts Noroshi can mend is told to them in a sentence. */
function explain(error: NodeJS.ErrnoException & { port?: number }): never {
  if (error.syscall === 'listen' && error.code === 'EADDRINUSE') {
    throw new CannotStart(`Port ${error.port} is in use. Stop what uses it, or choose another one with PORT.`);
  }
  if (error.syscall === 'listen' && error.code === 'EADDRNOTAVAIL') throw new CannotStart('The address that NOROSHI_HOST names is none of this machine.');
  if (error.syscall === 'listen' && error.code === 'EACCES') throw new CannotStart(`This user may not open port ${error.port}. Choose another one with PORT.`);
  if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND') throw new CannotStart('The PostgreSQL server that DATABASE_URL names does not answer.');
  if (error.code === '28P01' || error.code === '28000') throw new CannotStart('The PostgreSQL server that DATABASE_URL names refuses this user or password.');
  if (error.code === '3D000') throw new CannotStart('The database that DATABASE_URL names does not exist.');
  throw error;
}

function giveUp(error: Error): never {
  // A sentence is for people; a stack is for whoever mends the house.
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
}

try {
  const config = readConfig(process.env, process.argv.slice(2));
  let close: (() => Promise<void>) | undefined;
  let stopping: number | undefined;
  const stop = async (): Promise<void> => {
    // A terminal tells everyone in it, and npm tells us once more. Only who asks again later is impatient.
    if (stopping !== undefined) {
      if (Date.now() - stopping > 2_000) process.exit(1);
      return;
    }
    stopping = Date.now();
    // Asked to stop before it was open: the database goes down with the process, in order.
    await close?.();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  // Whoever started us and has gone would leave a server that nobody can find to stop.
  process.on('disconnect', () => void stop());

  const opened = await open(config, giveUp);
  close = opened.close;
  // Not only when it ends: one that is killed has been compiled as well.
  flushCompileCache();
  console.log(`狼煙 Noroshi  ${opened.address}`);
  if (config.demo) {
    console.log('\n上のアドレスをブラウザーで開き、「兵頭 太郎」（被災した西予市の副市長）を選んでください。別の窓で「越智 葵」（一次支援）になると、同じ瞬間に届くのが見えます。止めるときは Ctrl-C、はじめからにするときは npm run demo -- --fresh。');
    console.log('Open the address in a browser and choose 兵頭 太郎 (Taro, deputy mayor of the hit town). In another window become 越智 葵 (Aoi, primary supporter) and see it arrive at the same moment. Ctrl-C stops; npm run demo -- --fresh starts over.');
  }
  for (const { name, link } of opened.rescue) console.log(`\n管理者 ${name} の一度きりのリンク / a one-time link for the administrator ${name}:\n\n  ${link}\n`);
  if (opened.first) {
    console.log(`\n管理者がまだいません。この一度きりのリンクから、県と最初の管理者を登録してください（14日間有効）。`);
    console.log(`There is no administrator yet. Open this one-time link to make the prefecture and the first administrator (valid for 14 days):\n\n  ${opened.first}\n`);
  }
} catch (error) {
  giveUp(error as Error);
}
