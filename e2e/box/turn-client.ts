import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

// As much of STUN and TURN (RFC 8489, 8656) as somebody needs who wants to find out what a relay lets through.

/** What is asked, and its codes; what is answered has 0x100 in it where it was done, 0x110 where it was refused. */
const allocate = 0x003;
const createPermission = 0x008;
const sendIndication = 0x016;
const dataIndication = 0x017;
const username = 0x06;
const integrity = 0x08;
const errorCode = 0x09;
const peer = 0x12;
const data = 0x13;
const realm = 0x14;
const nonce = 0x15;
const relayed = 0x16;
const transport = 0x19;

const cookie = 0x2112a442;
/** An answer that takes longer is none (milliseconds). */
const patience = 2_000;

/** What a browser is told of a relay. */
export interface RelayTold { readonly urls: readonly string[]; readonly username: string; readonly credential: string }
/** An IPv4 address and a port. */
export interface Place { readonly address: string; readonly port: number }
type Attributes = ReadonlyMap<number, Buffer>;

const attribute = (type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)]);
};

/** Addresses go by XOR with the cookie, so that nothing on the way rewrites them. */
function hidden({ address, port }: Place): Buffer {
  const value = Buffer.from([0, 1, 0, 0, ...address.split('.').map(Number)]);
  value.writeUInt16BE(port ^ (cookie >>> 16), 2);
  value.writeUInt32BE((value.readUInt32BE(4) ^ cookie) >>> 0, 4);
  return value;
}
function shown(value: Buffer): Place {
  const plain = Buffer.alloc(4);
  plain.writeUInt32BE((value.readUInt32BE(4) ^ cookie) >>> 0);
  return { address: plain.join('.'), port: value.readUInt16BE(2) ^ (cookie >>> 16) };
}

function read(message: Buffer): { readonly type: number; readonly transaction: string; readonly told: Attributes } {
  const told = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    told.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + length + (-length & 3);
  }
  return { type: message.readUInt16BE(0), transaction: message.subarray(8, 20).toString('hex'), told };
}

/** Somebody with credentials of ours at the relay, who speaks to it by UDP without a browser. */
export class TurnClient {
  /** What came through the relay. */
  readonly heard: string[] = [];
  readonly #socket: Socket = createSocket('udp4');
  readonly #server: Place;
  readonly #credentials: Omit<RelayTold, 'urls'>;
  readonly #waiting = new Map<string, (told: { type: number; told: Attributes }) => void>();
  #realm = Buffer.alloc(0);
  #nonce = Buffer.alloc(0);

  constructor({ urls, ...credentials }: RelayTold) {
    const [, address, port] = /^turn:([^:]+):(\d+)/.exec(urls[0]!)!;
    this.#server = { address: address!, port: Number(port) };
    this.#credentials = credentials;
    this.#socket.on('message', (message) => {
      const { type, transaction, told } = read(message);
      if (type === dataIndication) this.heard.push(told.get(data)!.toString());
      else this.#waiting.get(transaction)?.({ type, told });
    });
  }

  /** @returns its place at the relay, or the code of a refusal */
  async allocates(): Promise<Place | number> {
    const wanted = attribute(transport, Buffer.from([17, 0, 0, 0]));
    // The first is refused, and says with what the next is to be signed.
    const first = await this.#asks(allocate, wanted);
    [this.#realm, this.#nonce] = [Buffer.from(first.told.get(realm)!), Buffer.from(first.told.get(nonce)!)];
    const { code, told } = await this.#asks(allocate, wanted);
    return code ?? shown(told.get(relayed)!);
  }

  /** Asks to be let speak with an address. @returns the code of the refusal, if it is refused */
  async permits(to: Place): Promise<number | undefined> {
    return (await this.#asks(createPermission, attribute(peer, hidden(to)))).code;
  }

  /** Says something to an address through the relay, permitted or not: no answer comes. */
  sends(to: Place, text: string): void {
    this.#socket.send(this.#message(sendIndication, randomBytes(12), Buffer.concat([attribute(peer, hidden(to)), attribute(data, Buffer.from(text))])), this.#server.port, this.#server.address);
  }

  close(): void {
    this.#socket.close();
  }

  async #asks(type: number, body: Buffer): Promise<{ readonly code: number | undefined; readonly told: Attributes }> {
    const transaction = randomBytes(12);
    const answer = await new Promise<{ type: number; told: Attributes }>((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`the relay does not answer at ${this.#server.address}:${this.#server.port}`)), patience);
      this.#waiting.set(transaction.toString('hex'), (told) => {
        clearTimeout(timer);
        done(told);
      });
      this.#socket.send(this.#message(type, transaction, body), this.#server.port, this.#server.address);
    });
    const refused = answer.told.get(errorCode);
    return { code: refused && refused[2]! * 100 + refused[3]!, told: answer.told };
  }

  #message(type: number, transaction: Buffer, body: Buffer): Buffer {
    const isSigned = type !== sendIndication && this.#nonce.length > 0;
    const { username: name, credential } = this.#credentials;
    const said = isSigned ? Buffer.concat([body, attribute(username, Buffer.from(name)), attribute(realm, this.#realm), attribute(nonce, this.#nonce)]) : body;
    const head = Buffer.alloc(8);
    head.writeUInt16BE(type);
    // The signature counts as said before it is made.
    head.writeUInt16BE(said.length + (isSigned ? 24 : 0), 2);
    head.writeUInt32BE(cookie, 4);
    const message = Buffer.concat([head, transaction, said]);
    if (!isSigned) return message;
    const key = createHash('md5').update(`${name}:${this.#realm.toString()}:${credential}`).digest();
    return Buffer.concat([message, attribute(integrity, createHmac('sha1', key).update(message).digest())]);
  }
}
