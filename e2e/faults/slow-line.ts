import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP line before PostgreSQL that can be slow, stand still, or break. */
export class SlowLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** By how much each piece is late, in milliseconds. */
  late = 0;
  #still: Promise<void> | undefined;
  #goOn: () => void = () => undefined;

  private constructor(to: () => number) {
    this.#server = createServer((inner) => {
      const outer = connect(to(), '127.0.0.1');
      for (const [from, into] of [[inner, outer], [outer, inner]] as const) {
        this.#sockets.add(from);
        let before = Promise.resolve();
        from.on('data', (bytes) => { before = before.then(() => this.#pass(into, bytes)); });
        from.on('error', () => undefined);
        from.on('close', () => {
          this.#sockets.delete(from);
          into.destroy();
        });
      }
    });
  }

  /** @param to where PostgreSQL is now */
  static async before(to: () => number): Promise<SlowLine> {
    const line = new SlowLine(to);
    await new Promise<void>((done) => line.#server.listen(0, '127.0.0.1', done));
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async #pass(into: Socket, bytes: Buffer): Promise<void> {
    if (this.late > 0) await new Promise((done) => setTimeout(done, this.late));
    if (this.#still) await this.#still;
    if (!into.destroyed) into.write(bytes);
  }

  /** Nothing goes through until `mend`. */
  stand(): void {
    if (this.#still) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#still = promise;
    this.#goOn = resolve;
  }

  /** Breaks what is open. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.late = 0;
    this.#still = undefined;
    this.#goOn();
  }

  async close(): Promise<void> {
    this.mend();
    this.cut();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
