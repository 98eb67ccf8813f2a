import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that can be cut and mended, for browsers that cannot be told to have no network. */
export interface CutLine {
  readonly address: string;
  /** Whatever is open ends, and nothing comes up until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function cutLine(to: string): Promise<CutLine> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const end = (): void => { for (const socket of sockets) socket.destroy(); };
  const server = createServer((inner) => {
    if (isCut) return void inner.destroy();
    const outer = connect(Number(new URL(to).port), '127.0.0.1');
    for (const [from, onto] of [[inner, outer], [outer, inner]] as const) {
      sockets.add(from);
      from.on('error', () => undefined).on('close', () => {
        sockets.delete(from);
        onto.destroy();
      });
      from.pipe(onto);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() { isCut = true; end(); },
    mend() { isCut = false; },
    close: () => new Promise((done) => { server.close(() => done()); end(); }),
  };
}
