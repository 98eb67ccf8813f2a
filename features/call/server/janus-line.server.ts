import { randomUUID } from 'node:crypto';

/** An answer of Janus that takes longer is none (milliseconds). */
const patience = 10_000;
/** Janus ends a session that says nothing for a minute. */
const keepAlive = 25_000;

/** What Janus says, as far as it is read here. */
export interface JanusSaid {
  readonly janus: string;
  readonly transaction?: string;
  readonly sender?: number;
  readonly data?: { readonly id: number };
  readonly plugindata?: { readonly data: Readonly<Record<string, unknown>> };
  readonly jsep?: { readonly type: string; readonly sdp: string };
  readonly error?: { readonly reason: string };
}

/** What Janus tells unasked. */
export interface JanusNews {
  /** The session has ended, by whomever. */
  readonly lost: () => void;
  /** Sound and pictures go over the connection of a handle, or no longer. */
  readonly stands: (handle: number, stands: boolean) => void;
}

/** One session with Janus over its WebSocket. It is spoken to by our server alone: no browser knows where it is. */
export class JanusLine {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, { readonly done: (said: JanusSaid) => void; readonly failed: (error: Error) => void; readonly isEvent: boolean }>();
  readonly #timer: NodeJS.Timeout;
  #session: number | undefined;
  readonly #stands: JanusNews['stands'];

  private constructor(socket: WebSocket, { lost, stands }: JanusNews) {
    this.#socket = socket;
    this.#stands = stands;
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as JanusSaid));
    socket.addEventListener('close', () => {
      clearInterval(this.#timer);
      for (const { failed } of this.#waiting.values()) failed(new Error('Janus has gone'));
      this.#waiting.clear();
      lost();
    });
    this.#timer = setInterval(() => this.#session !== undefined && this.#send({ janus: 'keepalive' }, randomUUID()), keepAlive);
    this.#timer.unref();
  }

  /** Opens a session. @throws where Janus does not answer */
  static async open(url: URL, news: JanusNews): Promise<JanusLine> {
    const socket = new WebSocket(url, 'janus-protocol');
    await new Promise<void>((done, failed) => {
      const silent = setTimeout(() => socket.close(), patience);
      socket.addEventListener('open', () => done(), { once: true });
      for (const over of ['error', 'close'] as const) socket.addEventListener(over, () => failed(new Error(`Janus does not answer at ${url.origin}`)), { once: true });
      for (const known of ['open', 'close'] as const) socket.addEventListener(known, () => clearTimeout(silent), { once: true });
    });
    const line = new JanusLine(socket, news);
    line.#session = (await line.#ask({ janus: 'create' }, false)).data!.id;
    return line;
  }

  /** A handle on the plugin of rooms. */
  async attach(): Promise<number> {
    return (await this.#ask({ janus: 'attach', plugin: 'janus.plugin.videoroom' }, false)).data!.id;
  }

  async detach(handle: number): Promise<void> {
    await this.#ask({ janus: 'detach', handle_id: handle }, false);
  }

  /**
   * Says something to the plugin. What it does at once it answers at once; all else with an event.
   * @throws what it refuses
   */
  async say(handle: number, body: object, how: { readonly atOnce?: true; readonly jsep?: { readonly type: 'offer' | 'answer'; readonly sdp: string } } = {}): Promise<JanusSaid> {
    const said = await this.#ask({ janus: 'message', handle_id: handle, body, ...(how.jsep ? { jsep: how.jsep } : {}) }, how.atOnce !== true);
    const trouble = said.plugindata?.data['error'];
    if (trouble !== undefined) throw new Error(`Janus: ${String(trouble)}`);
    return said;
  }

  close(): void {
    this.#socket.close();
  }

  #ask(what: object, isEvent: boolean): Promise<JanusSaid> {
    return new Promise((done, failed) => {
      const transaction = randomUUID();
      const timer = setTimeout(() => settle(() => failed(new Error('Janus does not answer'))), patience);
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(transaction);
        then();
      };
      this.#waiting.set(transaction, { isEvent, done: (said) => settle(() => done(said)), failed: (error) => settle(() => failed(error)) });
      this.#send(what, transaction);
    });
  }

  #send(what: object, transaction: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ ...what, transaction, ...(this.#session === undefined ? {} : { session_id: this.#session }) }));
  }

  #hear(said: JanusSaid): void {
    if (said.sender !== undefined && (said.janus === 'webrtcup' || said.janus === 'hangup')) return this.#stands(said.sender, said.janus === 'webrtcup');
    const waiting = said.transaction === undefined ? undefined : this.#waiting.get(said.transaction);
    if (!waiting) return;
    if (said.janus === 'error') return waiting.failed(new Error(`Janus: ${said.error?.reason ?? 'no reason'}`));
    // That it was heard is not yet what became of it.
    if (waiting.isEvent && said.janus === 'ack') return;
    waiting.done(said);
  }
}
