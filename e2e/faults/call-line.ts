import { callPath, callSubprotocol, type DownSignal, type UpSignal } from '@noroshi/features/call';
import type { Id } from '@noroshi/foundations/kernel';
import { WebSocket } from 'ws';

/** How often a device says that it is there (milliseconds). */
const aliveEvery = 5_000;

/** A device that has said nothing for longer may be taken for gone (milliseconds). */
const mostSilent = 2 * aliveEvery;

/** That a device stood on the line of a call: from when it was told so until the line ended. */
export interface Stood { readonly call: Id; from: number; until: number }

export interface CallLineNeeds {
  /** The port of the server: between them lies no bad line, so that whoever is on it is there. */
  readonly port: number;
  readonly cookie: string;
  readonly room: Id;
  readonly call: Id;
  readonly device: Id;
  /** Told when it ends, with when it stood. */
  readonly ended: (stood: Stood | undefined) => void;
}

/** A device on the line of a call, as a browser is one that shows nothing and says nothing. */
export class CallLine {
  readonly call: Id;
  readonly #socket: WebSocket;
  readonly #alive: NodeJS.Timeout;
  #stood: Stood | undefined;

  constructor({ port, cookie, room, call, device, ended }: CallLineNeeds) {
    this.call = call;
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}${callPath}`, callSubprotocol, { headers: { cookie } });
    this.#socket.on('open', () => this.#say({ is: 'enter', device, room, call, state: { sound: true, picture: 'none', sees: true } }));
    this.#socket.on('message', (data) => {
      const said = JSON.parse(String(data)) as DownSignal;
      if (said.is === 'here') this.#stood = { call, from: Date.now(), until: Infinity };
    });
    this.#socket.on('error', () => undefined);
    let said = Date.now();
    this.#alive = setInterval(() => {
      // A device that had no turn for so long was silent: whoever took it for gone was right, and it counts from now on.
      if (this.#stood && Date.now() - said > mostSilent) this.#stood.from = Date.now();
      said = Date.now();
      this.#say({ is: 'alive' });
    }, aliveEvery);
    this.#socket.once('close', () => {
      clearInterval(this.#alive);
      if (this.#stood) this.#stood.until = Date.now() - said > mostSilent ? said : Date.now();
      ended(this.#stood);
    });
  }

  /** While it stands: it has no end yet. */
  get stood(): Stood | undefined {
    return this.#stood;
  }

  leave(): void {
    this.#say({ is: 'leave' });
  }

  /** It dies without a word. */
  cut(): void {
    this.#socket.terminate();
  }

  #say(said: UpSignal): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(said));
  }
}
