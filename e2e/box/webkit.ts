import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { freePort, until } from '@noroshi/foundations/testing';

// The engine of iPhones and iPads (all browsers there have it) as Debian packs it, led over WebDriver. It has no push, no calls
// and no camera here, and a person's profile is gone when it is closed.

const driver = '/usr/bin/WebKitWebDriver';
const screen = '/usr/bin/Xvfb';

/** What is led: it lies beside the engine, under the name of the machine's kind. */
const [window] = globSync('/usr/lib/*/webkit2gtk-4.1/MiniBrowser');

/** Whether it can be tried here: Debian's webkit2gtk-driver and xvfb. */
export const hasWebKit = existsSync(driver) && existsSync(screen) && window !== undefined;

interface Said { readonly value: unknown }
interface Trouble { readonly error: string; readonly message: string }
const isTrouble = (value: unknown): value is Trouble => typeof value === 'object' && value !== null && 'error' in value;
/** How WebDriver names an element (W3C WebDriver, 12.2). */
const element = 'element-6066-11e4-a52e-4f735466cecf';

/** One window of WebKit. Times in milliseconds. */
export class WebKit {
  readonly #base: string;
  readonly #session: string;
  readonly #processes: readonly ChildProcess[];

  private constructor(base: string, session: string, processes: readonly ChildProcess[]) {
    this.#base = base;
    this.#session = session;
    this.#processes = processes;
  }

  /** @throws where it does not start within 30 seconds */
  static async open(): Promise<WebKit> {
    const processes: ChildProcess[] = [];
    try {
      const shown = spawn(screen, ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
      processes.unshift(shown);
      const display = await new Promise<string>((done, failed) => {
        shown.stdio[3]!.once('data', (no: Buffer) => done(`:${no.toString().trim()}`));
        shown.once('exit', () => failed(new Error('Xvfb does not start')));
      });
      const port = await freePort();
      processes.unshift(spawn(driver, [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' } }));
      const base = `http://127.0.0.1:${port}`;
      const wanted = JSON.stringify({ capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: window, args: ['--automation'] } } } });
      const session = await until(async () => {
        const answer = await fetch(`${base}/session`, { method: 'POST', body: wanted }).catch(() => undefined);
        return answer?.ok ? (await answer.json() as { value: { sessionId: string } }).value.sessionId : undefined;
      }, 'WebKit', 30_000);
      return new WebKit(base, session, processes);
    } catch (error) {
      await end(processes);
      throw error;
    }
  }

  async #ask(method: 'GET' | 'POST' | 'DELETE', path: string, body: unknown = {}): Promise<unknown> {
    const answer = await fetch(`${this.#base}/session/${this.#session}${path}`, { method, ...(method === 'POST' ? { body: JSON.stringify(body) } : {}) });
    const { value } = await answer.json() as Said;
    if (isTrouble(value)) throw new Error(`${path}: ${value.error} ${value.message}`);
    return value;
  }

  /** The window; its toolbar keeps some 50 pixels, and it is never narrower than 447. */
  async size(width: number, height: number): Promise<void> {
    await this.#ask('POST', '/window/rect', { width, height });
  }

  async goto(address: string): Promise<void> {
    await this.#ask('POST', '/url', { url: address });
  }

  /** Runs a function in the page, and waits for what it promises. What it takes and gives is JSON. */
  async run<A extends readonly unknown[], R>(does: (...args: A) => R | Promise<R>, ...args: A): Promise<R> {
    const script = `const done = arguments[arguments.length - 1]; Promise.resolve().then(() => (${does.toString()})(...arguments[0])).then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }));`;
    const { value, error } = await this.#ask('POST', '/execute/async', { script, args: [args] }) as { value: R; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Waits until the page says so. */
  async waitFor<A extends readonly unknown[]>(holds: (...args: A) => boolean | Promise<boolean>, what: string, ...args: A): Promise<void> {
    await until(() => this.run(holds, ...args).catch(() => false), what, 15_000);
  }

  /** Waits until these words stand on the screen. */
  async sees(words: string): Promise<void> {
    await this.waitFor((wanted) => document.body.innerText.includes(wanted), `「${words}」`, words);
  }

  async #find(xpath: string): Promise<string> {
    let found: unknown;
    await until(async () => {
      found = await this.#ask('POST', '/element', { using: 'xpath', value: xpath }).catch(() => undefined);
      return found !== undefined;
    }, xpath, 15_000);
    return (found as Record<string, string>)[element]!;
  }

  /** Presses what XPath names, as a finger does: it is brought into sight before. */
  async press(xpath: string): Promise<void> {
    await this.#ask('POST', `/element/${await this.#find(xpath)}/click`);
  }

  /** Types into a field, or names a file for one that takes files. */
  async type(xpath: string, text: string): Promise<void> {
    await this.#ask('POST', `/element/${await this.#find(xpath)}/value`, { text });
  }

  /** What the screen looks like: with `SHOTS=1`, into this file. */
  async shot(file: string): Promise<void> {
    await writeFile(file, Buffer.from(await this.#ask('GET', '/screenshot') as string, 'base64'));
  }

  async close(): Promise<void> {
    await this.#ask('DELETE', '').catch(() => undefined);
    await end(this.#processes);
  }
}

async function end(processes: readonly ChildProcess[]): Promise<void> {
  for (const one of processes) {
    if (one.exitCode !== null || one.signalCode !== null) continue;
    const gone = new Promise((done) => one.once('exit', done));
    one.kill();
    await gone;
  }
}
