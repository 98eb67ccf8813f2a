import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocketServer, WebSocket } from 'ws';
import { framed } from './framed.server.ts';

it('S60 a message in its frame is what a WebSocket reads, at each edge of its length', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const messages = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000].map((length) => randomBytes(length));
  server.on('connection', (_ws, request) => { for (const message of messages) request.socket.write(framed(message)); });
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
  const came: Buffer[] = [];
  await new Promise<void>((done) => client.on('message', (data) => { if (came.push(data as Buffer) === messages.length) done(); }));
  expect(came.map((one) => one.toString('hex'))).toEqual(messages.map((one) => one.toString('hex')));
  client.terminate();
  server.close();
});
