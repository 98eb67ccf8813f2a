import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '@noroshi/foundations/testing';

/** How bad the way of letters to one house is. Chances are for each letter; times in milliseconds. */
export interface LetterWeather {
  /** It never comes. */
  readonly lost: number;
  /** It comes, and nobody hears of it. */
  readonly unheard: number;
  /** It comes twice, at the same time. */
  readonly doubled: number;
  /** A copy of one that came before comes once more beside it. */
  readonly old: number;
  readonly late: number;
}

export const fairWay: LetterWeather = { lost: 0, unheard: 0, doubled: 0, old: 0, late: 0 };

/** So many letters are remembered, to come once more. */
const mostKept = 40;

interface Answer { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly words: Buffer }

/** What lies before the door at which partners are heard of one house: its address in the world, as bad as it is told to be. */
export class LetterLine {
  weather: LetterWeather = fairWay;
  /** What happened to letters so far. */
  readonly counted = { letters: 0, lost: 0, unheard: 0, doubled: 0, old: 0, cut: 0 };
  #refusing = false;
  /** It is away until it is opened again, whatever else is mended meanwhile. */
  isShut = false;
  /** Answers are swallowed, and the line stays open: whoever asks finds out by their own patience. */
  #mute = false;
  readonly #server: Server;
  readonly #to: number;
  readonly #dice: Dice;
  readonly #kept: Buffer[] = [];
  readonly #open = new Set<() => void>();

  private constructor(to: number, dice: Dice) {
    this.#to = to;
    this.#dice = dice;
    this.#server = createServer((request, response) => void this.#carry(request, response).catch(() => response.destroy()));
  }

  /** @param to the port of the house */
  static async to(to: number, dice: Dice): Promise<LetterLine> {
    const line = new LetterLine(to, dice);
    await new Promise<void>((done) => line.#server.listen(0, '127.0.0.1', done));
    return line;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  /** Breaks what is on the way. With `stay`, nothing comes up until `mend`. */
  cut({ stay = false } = {}): void {
    this.#refusing = stay;
    for (const end of [...this.#open]) end();
  }

  mute(): void {
    this.#mute = true;
  }

  mend(): void {
    this.weather = fairWay;
    this.#refusing = false;
    this.#mute = false;
  }

  async close(): Promise<void> {
    this.cut({ stay: true });
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  async #carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    if (this.#refusing || this.isShut) return void socket.destroy();
    let isCut = false;
    const end = (): void => {
      isCut = true;
      this.counted.cut += 1;
      socket.destroy();
    };
    this.#open.add(end);
    response.once('close', () => this.#open.delete(end));
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const letter = Buffer.concat(parts);
    this.counted.letters += 1;
    const { lost, unheard, doubled, old, late } = this.weather;
    if (late > 0) await pause(late);
    if (isCut) return;
    if (this.#dice.chance(lost)) {
      this.counted.lost += 1;
      return void socket.destroy();
    }
    const brought = [this.#bring(request, letter)];
    if (this.#dice.chance(doubled)) {
      this.counted.doubled += 1;
      brought.push(this.#bring(request, letter));
    }
    if (this.#kept.length > 0 && this.#dice.chance(old)) {
      this.counted.old += 1;
      void this.#bring(request, this.#dice.pick(this.#kept)).catch(() => undefined);
    }
    this.#kept.push(letter);
    if (this.#kept.length > mostKept) this.#kept.shift();
    const [answer] = await Promise.all(brought);
    if (isCut || this.#mute) return;
    if (late > 0) await pause(late);
    if (this.#dice.chance(unheard)) {
      this.counted.unheard += 1;
      return void socket.destroy();
    }
    response.writeHead(answer!.status, answer!.headers).end(answer!.words);
  }

  #bring({ url, method, headers: { 'content-type': type } }: IncomingMessage, letter: Buffer): Promise<Answer> {
    return new Promise((done, failed) => {
      const asked = ask({ host: '127.0.0.1', port: this.#to, path: url, method, headers: { 'content-length': letter.length, ...(type ? { 'content-type': type } : {}) } }, (answer) => {
        const words: Buffer[] = [];
        answer.on('data', (part: Buffer) => words.push(part)).on('error', failed);
        answer.on('end', () => {
          const { 'content-type': kind, 'retry-after': after } = answer.headers;
          done({ status: answer.statusCode!, headers: { ...(kind ? { 'content-type': kind } : {}), ...(after ? { 'retry-after': after } : {}) }, words: Buffer.concat(words) });
        });
      });
      asked.on('error', failed);
      asked.end(letter);
    });
  }
}
