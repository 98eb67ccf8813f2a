import { subprotocol } from '@noroshi/foundations/sync';

/** What a wire tells: it is up, bytes came, it is down. */
export interface WireEvents {
  readonly up: () => void;
  readonly bytes: (bytes: Uint8Array) => void;
  /** `refused`: the server knows who asks and says no (signed out), so that coming back at once is of no use. */
  readonly down: (refused: boolean) => void;
}

/** One attempt at a connection. Tests hand in one that can be cut, held, doubled and shuffled. */
export interface Wire {
  send(bytes: Uint8Array): void;
  close(): void;
}

export type OpenWire = (events: WireEvents) => Wire;

/**
 * The usual wire: one WebSocket. A browser does not tell why one could not be opened, so the same address is then asked
 * plainly whether it is the session.
 */
export function socketWire(url: string, doFetch: typeof fetch = fetch): OpenWire {
  return (events) => {
    const socket = new WebSocket(url, subprotocol);
    socket.binaryType = 'arraybuffer';
    let opened = false;
    let ended = false;
    const end = (refused: boolean): void => {
      if (ended) return;
      ended = true;
      events.down(refused);
    };
    socket.onopen = () => {
      opened = true;
      events.up();
    };
    socket.onmessage = (message) => events.bytes(new Uint8Array(message.data as ArrayBuffer));
    socket.onclose = (close) => {
      if (opened || ended) return end(close.code === 4001);
      doFetch(url.replace(/^ws/, 'http'), { signal: AbortSignal.timeout(5_000) }).then((answer) => end(answer.status === 401), () => end(false));
    };
    return {
      send: (bytes) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(bytes as Uint8Array<ArrayBuffer>);
      },
      close: () => {
        socket.close();
        end(false);
      },
    };
  };
}

/** A way that is fetched when it is first tried: hardly anyone needs it. */
export function fetchedWire(load: () => Promise<OpenWire>): OpenWire {
  return (events) => {
    let wire: Wire | undefined;
    let ended = false;
    const fail = (): void => { if (!ended) events.down(false); };
    load().then((open) => { if (!ended) wire = open(events); }, fail);
    return {
      send: (bytes) => wire?.send(bytes),
      close: () => {
        ended = true;
        wire?.close();
      },
    };
  };
}
