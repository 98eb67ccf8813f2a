/** Where files come in, lie and are fetched. */
import type { Stair, WhoAsks } from '@noroshi/foundations/sync/server';
import type { FastifyInstance } from 'fastify';
import { Disk } from './disk.server.ts';
import { FileServer, longestCheck, type CheckPicture } from './file-server.server.ts';
import { PictureChecker } from './picture-checker.server.ts';
import { mountFetching } from './serve.server.ts';
import { mountUploads } from './upload.server.ts';

export { FileServer };

/** How often uploads are looked after, in milliseconds. */
const sweepEvery = 3_600_000;

export interface FilesNeeds {
  readonly stair: Stair;
  /** The data folder: files come to lie in `files` and `uploads` below it. */
  readonly folder: string;
  readonly whoAsks: WhoAsks;
  /** How much room the disk has, in bytes; for a test. */
  readonly freeBytes?: () => Promise<number>;
  /** The disk's clock; for a test. */
  readonly now?: () => number;
  /** How a picture is checked; on a thread of its own unless told. */
  readonly check?: CheckPicture;
}

/** Opens the place of files without a way to it. */
export async function openFiles({ stair, folder, freeBytes, now, check }: Omit<FilesNeeds, 'whoAsks'>): Promise<FileServer> {
  const disk = new Disk(folder, freeBytes);
  await disk.open();
  const checker = new PictureChecker();
  // How long something has rested is a matter of the disk's clock, not of the record's.
  return new FileServer({ stair, disk, now: now ?? (() => Date.now()), check: check ?? ((path) => checker.check(path)) });
}

/** Opens the place of files and mounts the ways to it. It also ends what was whole when the server last stopped. */
export async function mountFiles(app: FastifyInstance, { whoAsks, ...needs }: FilesNeeds): Promise<FileServer> {
  const server = await openFiles(needs);
  await app.register(async (inside) => {
    mountUploads(inside, server, whoAsks);
    mountFetching(inside, server, whoAsks);
  });
  const sweep = (): void => void server.sweep().catch((error: unknown) => app.log.error(error, 'files'));
  const timer = setInterval(sweep, sweepEvery);
  timer.unref();
  // A photograph in whose check the last server ended is known from another node's by its age alone: it is looked at again.
  const again = setTimeout(sweep, longestCheck + 1_000);
  again.unref();
  app.addHook('onReady', async () => sweep());
  app.addHook('onClose', async () => {
    clearInterval(timer);
    clearTimeout(again);
    await server.idle();
  });
  return server;
}
