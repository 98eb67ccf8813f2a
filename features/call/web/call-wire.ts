import { callPath, callSubprotocol, largestSignal, mostTogether } from '../signal.ts';

/** What a wire tells: it is open, something was said on it, it is closed. */
export interface CallWireEvents {
  readonly open: () => void;
  readonly hear: (text: string) => void;
  readonly closed: () => void;
}

/** One attempt at the line of a call. */
export interface CallWire {
  say(text: string): void;
  /** What was said last still goes. Nothing is told after it. */
  close(): void;
}
export type OpenCallWire = (events: CallWireEvents) => CallWire;

/** The usual way. */
export const bySocket: OpenCallWire = ({ open, hear, closed }) => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${callPath}`, callSubprotocol);
  socket.addEventListener('open', open);
  socket.addEventListener('message', ({ data }) => hear(String(data)));
  socket.addEventListener('close', closed);
  return {
    say: (text) => { if (socket.readyState === WebSocket.OPEN) socket.send(text); },
    close: () => socket.close(1000),
  };
};

/** Where sockets are blocked: requests that wait for what there is to hear, and what is said in lines. */
export const byPolling: OpenCallWire = ({ open, hear, closed }) => {
  const ending = new AbortController();
  let place = `${callPath}/poll`;
  const waiting: string[] = [];
  let saying: Promise<void> | undefined;
  const end = (): void => {
    if (ending.signal.aborted) return;
    ending.abort();
    closed();
  };
  const post = async (path: string, how: RequestInit): Promise<Response> => {
    const answer = await fetch(place + path, { method: 'POST', headers: { 'content-type': 'application/x-noroshi' }, body: '', ...how });
    if (!answer.ok) throw new Error(`the line of the call was answered with ${answer.status}`);
    return answer;
  };
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      // What has gathered meanwhile goes together, as much as one message may be. The last of a page that is closed still goes.
      const together = [waiting.shift()!];
      let length = together[0]!.length;
      while (waiting.length > 0 && together.length < mostTogether && length + waiting[0]!.length < largestSignal) {
        together.push(waiting.shift()!);
        length += 1 + together.at(-1)!.length;
      }
      await post('/say', { body: together.join('\n'), keepalive: true });
    }
    saying = undefined;
  };
  const run = async (): Promise<void> => {
    const { signal } = ending;
    place += `/${((await (await post('', { signal })).json()) as { id: string }).id}`;
    open();
    for (;;) for (const text of (await (await post('', { signal })).text()).split('\n')) if (text !== '') hear(text);
  };
  run().catch(end);
  return {
    say: (text) => {
      waiting.push(text);
      saying ??= flush().catch(end);
    },
    close: () => void Promise.resolve(saying).then(() => ending.abort()),
  };
};
