import { rm } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { CannotStart, connect, eraseEmbedded, migrate, openEmbedded } from '@noroshi/foundations/database';
import { explain } from './cannot-start.ts';
import { readConfig, type Config } from './config.ts';
import { seedDemo } from './demo/seed.ts';
import { demoPart } from './demo/thing.ts';
import { demoHouse } from './features.ts';
import { migrations } from './migrations/index.ts';
import { openHouse } from './open-house.ts';
import { createServer } from './server.ts';
import { tellingBy } from './telling.ts';

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
      telling: tellingBy(config),
      record: { key: join(config.dataFolder, 'record-key.pem'), elsewhere: config.checkpointFile ?? undefined, stamps: config.timestampUrl ?? undefined },
      partners: { key: join(config.dataFolder, 'partner-key.pem'), address: config.publicUrl?.origin, inside: config.partnersInside },
      calls: {
        turn: config.turnSecret === null ? undefined : { urls: config.turnUrls, secret: config.turnSecret },
        janus: config.janusUrl && config.janusKey !== null ? { url: config.janusUrl, key: config.janusKey } : undefined,
      },
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

/** What the terminal says when the house is open: where, and by which links one comes in that nobody else can give. */
function greeting({ demo }: Config, { address, first, rescue }: Awaited<ReturnType<typeof open>>): string {
  const words = [`狼煙 Noroshi  ${address}\n`];
  if (demo) {
    words.push('上のアドレスをブラウザーで開き、「兵頭 太郎」（被災した西予市の副市長）を選んでください。別の窓で「越智 葵」（一次支援）になると、同じ瞬間に届くのが見えます。止めるときは Ctrl-C、はじめからにするときは npm run demo -- --fresh。');
    words.push('Open the address in a browser and choose 兵頭 太郎 (Taro, deputy mayor of the hit town). In another window become 越智 葵 (Aoi, primary supporter) and see it arrive at the same moment. Ctrl-C stops; npm run demo -- --fresh starts over.');
  }
  for (const { name, link } of rescue) words.push(`管理者 ${name} の一度きりのリンク / a one-time link for the administrator ${name}:\n\n  ${link}\n`);
  if (first) {
    words.push('管理者がまだいません。この一度きりのリンクから、県と最初の管理者を登録してください（14日間有効）。');
    words.push(`There is no administrator yet. Open this one-time link to make the prefecture and the first administrator (valid for 14 days):\n\n  ${first}\n`);
  }
  return words.join('\n');
}

function giveUp(error: Error): never {
  // A sentence is for people; a stack is for whoever mends the house.
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
}

async function run(): Promise<void> {
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
  console.log(greeting(config, opened));
}

// Not awaited: the parts that are read later lean on this file. They would wait until it has ended, and it for them.
run().catch(giveUp);
