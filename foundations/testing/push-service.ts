import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './self-signed.ts';

/** One device that has subscribed at the push service. */
export interface Subscribed {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  /** What has come for it, decrypted and in order. */
  readonly got: { readonly json: any; readonly headers: IncomingHttpHeaders; readonly bytes: number; readonly claims: { aud: string; exp: number; sub: string } }[];
  /** How the service answers for it from now on; `undefined` lets whoever asks wait. */
  answer: { status: number; headers?: Record<string, string> } | undefined;
  /** Breaks off whoever waits. */
  letGo: () => void;
}

/**
 * A push service of our own on this machine. It decrypts as a browser does (RFC 8291, written here anew) and checks the
 * house's signature (RFC 8292), so that what comes through is what a browser would show.
 */
export class PushService {
  /** Who signs its certificate. */
  readonly ca: string;
  readonly #server: Server;
  readonly #devices = new Map<string, { readonly pair: ECDH; readonly secret: Buffer; readonly told: Subscribed; readonly waiting: ServerResponse[] }>();

  private constructor() {
    const { cert, key } = selfSigned('localhost');
    this.ca = cert;
    this.#server = createServer({ cert, key }, (request, reply) => {
      const device = this.#devices.get(request.url ?? '');
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (!device) return void reply.writeHead(404).end();
        const { answer, got } = device.told;
        if (!answer) return void device.waiting.push(reply);
        if (answer.status === 201) {
          const body = Buffer.concat(parts);
          got.push({ json: JSON.parse(decrypted(body, device.pair, device.secret)), headers: request.headers, bytes: body.length, claims: signedClaims(request.headers.authorization ?? '') });
        }
        reply.writeHead(answer.status, answer.headers).end();
      });
    });
  }

  static async open(): Promise<PushService> {
    const service = new PushService();
    await new Promise<void>((done) => service.#server.listen(0, '127.0.0.1', done));
    return service;
  }

  /** A device subscribes. */
  subscribe(): Subscribed {
    const pair = createECDH('prime256v1');
    const p256dh = pair.generateKeys('base64url');
    const secret = randomBytes(16);
    const path = `/push/${randomBytes(16).toString('base64url')}`;
    const waiting: ServerResponse[] = [];
    const told: Subscribed = { endpoint: `https://localhost:${(this.#server.address() as AddressInfo).port}${path}`, p256dh, auth: secret.toString('base64url'), got: [], answer: { status: 201 }, letGo: () => { for (const reply of waiting.splice(0)) reply.destroy(); } };
    this.#devices.set(path, { pair, secret, told, waiting });
    return told;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}

/** One record of `aes128gcm` (RFC 8188), with keys as RFC 8291 derives them. */
function decrypted(body: Buffer, pair: ECDH, secret: Buffer): string {
  const salt = body.subarray(0, 16);
  const theirs = body.subarray(21, 21 + body[20]!);
  const sealed = body.subarray(21 + body[20]!);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), theirs]);
  const shared = Buffer.from(hkdfSync('sha256', pair.computeSecret(theirs), secret, info, 32));
  const key = Buffer.from(hkdfSync('sha256', shared, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', shared, salt, 'Content-Encoding: nonce\0', 12));
  const opening = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
  // The last record ends with a 2, and zeros behind it.
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}

/** What the house has signed with its key. @throws where the signature is not that key's */
function signedClaims(authorization: string): { aud: string; exp: number; sub: string } {
  const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization)!;
  const [head, claims, signature] = token!.split('.');
  const point = Buffer.from(key!, 'base64url');
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature!, 'base64url'))) throw new Error('signed by another');
  return JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { aud: string; exp: number; sub: string };
}
