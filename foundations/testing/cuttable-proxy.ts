import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP line between a device and a server that a test can cut, hold, or turn into one that swallows everything. */
export class CuttableProxy {
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #to: number;
  #refusing = false;
  #silent = false;
  /** So many bytes more are answered before it breaks, and who waits for that. */
  #left = Infinity;
  #broke: () => void = () => undefined;

  private constructor(to: number) {
    this.#to = to;
    this.#server = createServer((inner) => {
      if (this.#refusing) return void inner.destroy();
      const outer = connect(this.#to, '127.0.0.1');
      const pair: [Socket, Socket] = [inner, outer];
      this.#pairs.add(pair);
      for (const [from, into] of [[inner, outer], [outer, inner]] as const) {
        from.on('data', (bytes) => {
          if (!this.#silent) into.write(bytes);
          if (from === outer) this.#passed(bytes.length);
        });
        from.on('error', () => undefined);
        from.on('close', () => {
          this.#pairs.delete(pair);
          into.destroy();
        });
      }
    });
  }

  /** Listens on a free port before a server on `to`. */
  static async before(to: number): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(to);
    await new Promise<void>((done) => proxy.#server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  /** From now on it leads to a server on another port: one that had to know beforehand where it is reached. */
  leadsTo(port: number): void {
    this.#to = port;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that go through it now. */
  get size(): number {
    return this.#pairs.size;
  }

  /** Breaks what is open. With `stay`, nothing comes up until `mend`. */
  cut({ stay = false } = {}): void {
    this.#refusing = stay;
    for (const [inner, outer] of this.#pairs) {
      inner.destroy();
      outer.destroy();
    }
  }

  /** Breaks in the middle of what is answered, after so many bytes of it, and stays so until `mend`. @returns when it has */
  cutAfter(bytes: number): Promise<void> {
    this.#left = bytes;
    return new Promise((done) => { this.#broke = done; });
  }

  #passed(bytes: number): void {
    this.#left -= bytes;
    if (this.#left > 0) return;
    this.#left = Infinity;
    this.cut({ stay: true });
    this.#broke();
  }

  /** Connections stay open and nothing goes through: a phone that has lost its network without noticing. */
  swallow(): void {
    this.#silent = true;
  }

  mend(): void {
    this.#refusing = false;
    this.#silent = false;
  }

  async close(): Promise<void> {
    this.cut({ stay: true });
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
