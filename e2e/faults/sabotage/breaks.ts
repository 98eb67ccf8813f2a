import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/** What has not been loaded yet and is to be: told when the process ends by itself. */
const pending = new Set<string>();
process.once('exit', () => {
  for (const file of pending) console.error(`the sabotage of ${file} did nothing: the file was loaded before it, or not at all`);
  if (pending.size > 0) process.exitCode = 3;
});
/** Whether this process is the server, or the one in which the devices live. */
const isServer = /apps[/\\]server[/\\]main\.ts$/.test(process.argv[1] ?? '');

/**
 * Puts other words in place of some in one file of the house, while it is loaded and nowhere else.
 * @param file its path in the repository
 * A sabotage that does nothing would pass for a checker that sees nothing: a process that ends by itself without having loaded the file fails, but for
 * what is the server's alone where the devices live.
 * @throws where the words do not stand there exactly once
 */
export function breaks(file: string, words: readonly (readonly [from: string, to: string])[]): void {
  const url = new URL(`../../../${file}`, import.meta.url).href;
  // A thread of the server's loads what it needs, and no more.
  if (isMainThread && (isServer || !file.endsWith('.server.ts'))) pending.add(file);
  registerHooks({
    load(asked, context, next) {
      const loaded = next(asked, context);
      if (asked !== url) return loaded;
      let source = String(loaded.source instanceof Uint8Array || loaded.source instanceof ArrayBuffer ? Buffer.from(loaded.source as Uint8Array) : loaded.source);
      for (const [from, to] of words) {
        if (source.split(from).length !== 2) throw new Error(`the sabotage of ${file} does not find its place: ${from}`);
        source = source.replace(from, () => to);
      }
      pending.delete(file);
      return { ...loaded, source };
    },
  });
}
