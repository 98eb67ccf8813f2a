import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What came to the mail server. */
export interface Mail { readonly to: string; readonly text: string }

/** A mail server that takes everything but what is for `refused@…`, and keeps what it was told. */
export async function mailCatcher(): Promise<{ port: number; mails: Mail[]; close: () => void }> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let to = '';
    let data: string | undefined;
    let rest = '';
    socket.write('220 catcher\r\n');
    socket.on('data', (bytes) => {
      rest += bytes.toString('utf8');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== undefined) {
          if (line === '.') {
            mails.push({ to, text: data });
            data = undefined;
            socket.write('250 taken\r\n');
          } else data += `${line}\n`;
        } else if (/^RCPT TO/i.test(line)) {
          to = /<(.*)>/.exec(line)![1]!;
          socket.write(to.startsWith('refused@') ? '550 nobody here\r\n' : '250 ok\r\n');
        } else if (/^DATA/i.test(line)) {
          data = '';
          socket.write('354 go on\r\n');
        } else socket.write(/^STARTTLS/i.test(line) ? '502 not here\r\n' : '250 ok\r\n');
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.address() as AddressInfo).port, mails, close: () => { for (const socket of sockets) socket.destroy(); server.close(); } };
}

/** Decodes what a mail says, as far as ours are written. */
export function readMail(text: string): { subject: string; body: string; head: string } {
  const [head = '', ...rest] = text.split('\n\n');
  const folded = head.replace(/\n[ \t]/g, ' ');
  const subject = (/^Subject: (.*)$/im.exec(folded)?.[1] ?? '').replace(/\?= =\?/g, '?==?').replace(/=\?UTF-8\?([BQ])\?(.*?)\?=/gi, (_all, how: string, said: string) => (how.toUpperCase() === 'B' ? Buffer.from(said, 'base64').toString() : quoted(said.replaceAll('_', ' '))));
  const body = rest.join('\n\n');
  return { head: folded, subject, body: /^Content-Transfer-Encoding: base64$/im.test(folded) ? Buffer.from(body, 'base64').toString() : quoted(body.replace(/=\n/g, '')) };
}

const quoted = (said: string): string => Buffer.from(said.replace(/=([0-9A-F]{2})/gi, (_hex, code: string) => String.fromCharCode(Number.parseInt(code, 16))), 'latin1').toString();
