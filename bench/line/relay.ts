// Passes what comes to a port of this host on to another address: node relay.ts ADDRESS PORT TO_ADDRESS TO_PORT
// A browser gives the application its full powers on 127.0.0.1 only, so the line lies between two of these.
import { connect, createServer } from 'node:net';

const [address, port, toAddress, toPort] = process.argv.slice(2) as [string, string, string, string];
createServer((inner) => {
  const outer = connect({ host: toAddress, port: Number(toPort), noDelay: true });
  inner.setNoDelay(true);
  for (const [from, into] of [[inner, outer], [outer, inner]] as const) {
    from.pipe(into);
    from.on('error', () => into.destroy());
    from.on('close', () => into.destroy());
  }
}).listen(Number(port), address, () => console.log('ready'));
