import { pack, subprotocol, down } from '@noroshi/foundations/sync';

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

/** The wire where sockets are blocked: the same frames by requests that wait. */
export function pollWire(base: string, doFetch: typeof fetch = fetch): OpenWire {
  return (events) => {
    const ending = new AbortController();
    const { signal } = ending;
    let ended = false;
    let place = '';
    let saying = Promise.resolve();
    const end = (refused: boolean): void => {
      if (ended) return;
      ended = true;
      ending.abort();
      events.down(refused);
    };
    const headers = { 'content-type': 'application/x-noroshi' };
    const run = async (): Promise<void> => {
      const begun = await doFetch(base, { method: 'POST', signal });
      if (!begun.ok) return end(begun.status === 401);
      place = `${base}/${((await begun.json()) as { id: string }).id}`;
      events.up();
      while (!ended) {
        const answer = await doFetch(place, { method: 'POST', headers, body: new Uint8Array(0), signal });
        if (!answer.ok) return end(answer.status === 401);
        const bytes = new Uint8Array(await answer.arrayBuffer());
        // An empty answer says that the line is alive.
        events.bytes(bytes.length > 0 ? bytes : pack([down.pong, 0]));
      }
    };
    run().catch(() => end(false));
    return {
      send: (bytes) => {
        saying = saying.then(async () => {
          if (ended) return;
          const said = await doFetch(`${place}/say`, { method: 'POST', headers, body: bytes as Uint8Array<ArrayBuffer>, signal });
          if (!said.ok) end(said.status === 401);
        }).catch(() => end(false));
      },
      close: () => end(false),
    };
  };
}
