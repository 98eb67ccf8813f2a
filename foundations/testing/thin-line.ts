import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How thin a line is. */
export interface Thinness {
  /** Bits a second each way, for all connections together. */
  readonly rate: number;
  /** One way, in milliseconds. */
  readonly delay: number;
}

/** One direction: what enters leaves in order, no faster than the rate, and arrives after the delay. */
class Way {
  readonly #thin: Thinness;
  #freeAt = 0;
  bytes = 0;

  constructor(thin: Thinness) {
    this.#thin = thin;
  }

  /** Sends so many bytes. @returns when they arrive, in milliseconds from now */
  pass(bytes: number): number {
    const now = performance.now();
    this.bytes += bytes;
    this.#freeAt = Math.max(now, this.#freeAt) + (bytes * 8_000) / this.#thin.rate;
    return this.#freeAt - now + this.#thin.delay;
  }
}

/** Packets as a network carries them: a large answer does not hold up a small one for long. */
const packet = 1_400;
/** A packet's own head, in bytes. */
const head = 52;

/** A line between a device and a server that is as slow as a congested mobile network. It loses nothing, as TCP does in the end. */
export class ThinLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #up: Way;
  readonly #down: Way;

  private constructor(to: number, thin: Thinness) {
    this.#up = new Way(thin);
    this.#down = new Way(thin);
    this.#server = createServer((inner) => {
      inner.setNoDelay(true);
      // The handshake is a journey there and back before the first byte.
      setTimeout(() => this.#join(inner, connect({ port: to, host: '127.0.0.1', noDelay: true })), thin.delay * 2);
    });
  }

  /** Listens on a free port before a server on `to`. */
  static async before(to: number, thin: Thinness): Promise<ThinLine> {
    const line = new ThinLine(to, thin);
    await new Promise<void>((done) => line.#server.listen(0, '127.0.0.1', done));
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Bytes that have gone either way, with the heads of their packets. */
  get bytes(): { up: number; down: number } {
    return { up: this.#up.bytes, down: this.#down.bytes };
  }

  #join(inner: Socket, outer: Socket): void {
    for (const [from, into, way] of [[inner, outer, this.#up], [outer, inner, this.#down]] as const) {
      this.#sockets.add(from);
      let gathered: Buffer[] | undefined;
      from.on('data', (first: Buffer) => {
        if (gathered) return void gathered.push(first);
        // All that has gathered goes on together, as it lies in a network's queue: one small answer does not wait for the line again behind another.
        gathered = [first];
        from.pause();
        from.read();
        const data = Buffer.concat(gathered);
        gathered = undefined;
        let arrives = 0;
        for (let at = 0; at < data.length; at += packet) {
          const part = data.subarray(at, at + packet);
          arrives = way.pass(part.length + head);
          setTimeout(() => into.writable && into.write(part), arrives);
        }
        // What is on its way fills the line; more is read when it has arrived.
        setTimeout(() => from.resume(), Math.max(0, arrives - 400));
      });
      from.on('end', () => setTimeout(() => into.end(), way.pass(head)));
      from.on('error', () => into.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        setTimeout(() => into.destroy(), way.pass(head));
      });
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
