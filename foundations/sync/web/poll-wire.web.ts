import { down, pack } from '@noroshi/foundations/sync';
import type { OpenWire } from './wire.web.ts';

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
