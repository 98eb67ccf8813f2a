import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What one request brought: its head and its body, as they came over the socket. */
export interface Brought { readonly path: string; readonly status: number; readonly type: string; readonly bytes: number; readonly body: number }

/** Reads answers off a connection, one after the other. What became a WebSocket is let be. */
class Answers {
  readonly #asked: string[] = [];
  readonly #brought: (one: Brought) => void;
  #up = Buffer.alloc(0) as Buffer;
  #down = Buffer.alloc(0) as Buffer;
  #isSocket = false;

  constructor(brought: (one: Brought) => void) {
    this.#brought = brought;
  }

  up(bytes: Buffer): void {
    if (this.#isSocket) return;
    this.#up = Buffer.concat([this.#up, bytes]);
    for (let end = this.#up.indexOf('\r\n\r\n'); end >= 0; end = this.#up.indexOf('\r\n\r\n')) {
      const head = this.#up.toString('latin1', 0, end);
      const size = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (this.#up.length < end + 4 + size) return;
      this.#asked.push(/^\S+ (\S+)/.exec(head)![1]!);
      this.#up = this.#up.subarray(end + 4 + size);
    }
  }

  down(bytes: Buffer): void {
    if (this.#isSocket) return;
    this.#down = Buffer.concat([this.#down, bytes]);
    for (let end = this.#down.indexOf('\r\n\r\n'); end >= 0; end = this.#down.indexOf('\r\n\r\n')) {
      const head = this.#down.toString('latin1', 0, end);
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)![1]);
      if (status === 101) {
        this.#isSocket = true;
        return;
      }
      const body = status === 304 || status === 204 ? 0 : Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? Number.NaN);
      if (Number.isNaN(body)) throw new Error(`an answer of unknown length: ${head}`);
      if (this.#down.length < end + 4 + body) return;
      this.#brought({ path: this.#asked.shift()!, status, type: /^content-type: ([^;\r\n]+)/im.exec(head)?.[1] ?? '', bytes: end + 4 + body, body });
      this.#down = this.#down.subarray(end + 4 + body);
    }
  }
}

/** Stands before a server and keeps a book of what each request brought. */
export async function countBefore(address: string): Promise<{ readonly address: string; readonly book: Brought[]; close(): Promise<void> }> {
  const book: Brought[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(Number(new URL(address).port), '127.0.0.1');
    const answers = new Answers((one) => book.push(one));
    for (const [from, to, note] of [[inner, outer, 'up'], [outer, inner, 'down']] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        answers[note](bytes);
        to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, book,
    close: () => new Promise((done) => {
      server.close(() => done());
      for (const socket of sockets) socket.destroy();
    }),
  };
}
