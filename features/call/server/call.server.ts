/** The server's half of calls. What holds a call is read with the first of them: a start has no use for it. */
import type { Visit } from '@noroshi/features/account/server';
import type { Id } from '@noroshi/foundations/kernel';
import type { Teller } from '@noroshi/foundations/notify';
import { roomStream } from '@noroshi/foundations/sync';
import type { AtDoor, Beside, Stair } from '@noroshi/foundations/sync/server';
import { call as callNoun, callEnded, callStarted, type Call } from '../call-noun.ts';
import { callPath, callSubprotocol, largestSignal, mostTogether } from '../signal.ts';
import type { Desk, DeskNeeds } from './desk.server.ts';
import { ringsKeeper } from './rings.server.ts';
import type { Janus } from './janus.server.ts';

export { mountWeighing } from './weigh.server.ts';
export type { Turn } from './turn.server.ts';
export type { Janus } from './janus.server.ts';

/** How often it is looked whether those in a call are still there (milliseconds). */
const lookEvery = 3_000;

export interface CallsNeeds extends Pick<DeskNeeds, 'stair' | 'turn' | 'report'> {
  readonly janus: Janus | undefined;
  /** By whom people are rung. */
  readonly teller: Teller;
}

export interface OpenCalls {
  /** What is spoken at the path of calls. */
  readonly beside: Beside;
  /** How its doors are answered. */
  readonly keepers: readonly [string, AtDoor<Visit>][];
  /** What the clock does, every few seconds. */
  look(): Promise<void>;
  /** Waits until all who were rung so far are told. */
  rung(): Promise<void>;
  close(): Promise<void>;
}

/** Opens calls on a stair that is open. */
export function openCalls({ stair, janus, teller, ...needs }: CallsNeeds): OpenCalls {
  let desk: Promise<Desk> | undefined;
  let board: ReturnType<typeof boardAt> | undefined;
  const begun = stair.now();
  const opened = (): Promise<Desk> => (desk ??= import('./desk.server.ts').then((all) => new all.Desk({ stair, ...needs, janus: janus && (() => (board ??= boardAt(janus))) }).begins(begun)));
  const ringing = new Set<Promise<void>>();
  const ring = (call: Id, room: Id, missed: boolean): void => {
    const one = import('./caller.server.ts').then(({ tellOfCall }) => tellOfCall({ stair, teller }, call, room, missed))
      .catch((error: unknown) => needs.report(error, 'ringing')).finally(() => ringing.delete(one));
    ringing.add(one);
  };
  const running = runningCalls(stair, {
    began: (call, room) => ring(call, room, false),
    ended: (call, room) => {
      void desk?.then((one) => one.over(call));
      ring(call, room, true);
    },
  });
  const look = async (): Promise<void> => {
    const all = running();
    if (all.size > 0) await (await opened()).look(all);
  };
  stair.clock.every(lookEvery, look);
  return {
    look,
    keepers: [ringsKeeper(stair, teller)],
    async rung() { while (ringing.size > 0) await Promise.all(ringing); },
    beside: {
      path: callPath, subprotocol: callSubprotocol, largest: largestSignal, together: mostTogether,
      open(who, carrier) {
        const line = opened().then((one) => one.open(who, carrier));
        return { hear: async (text) => (await line).hear(text), gone: () => void line.then((one) => one.gone()) };
      },
    },
    async close() {
      while (ringing.size > 0) await Promise.all(ringing);
      (await board?.catch(() => undefined))?.close();
    },
  };
}

const boardAt = async (janus: Janus) => (await import('./janus.server.ts')).openSwitchboard(janus);

type Told = (call: Id, room: Id) => void;

/** The calls that run, with their rooms. What began before this server did is found when somebody first asks. */
function runningCalls(stair: Stair, { began, ended }: { began: Told; ended: Told }): () => ReadonlyMap<Id, Id> {
  const running = new Map<Id, Id>();
  let found = false;
  const roomOf = (stream: string): Id => stream.slice(roomStream('').length);
  stair.onCommitted((committed) => {
    for (const { stream, events } of committed) {
      for (const { kind, body } of events) {
        if (kind === callStarted.kind) {
          const { id } = body as { id: Id };
          running.set(id, roomOf(stream.key));
          began(id, roomOf(stream.key));
        } else if (kind === callEnded.kind) {
          const { call } = body as { call: Id };
          running.delete(call);
          ended(call, roomOf(stream.key));
        }
      }
    }
  });
  return () => {
    if (!found) {
      found = true;
      for (const key of stair.memory.streams.keys()) for (const { value } of stair.memory.of(key, callNoun.noun)) if ((value as Call).ended === undefined) running.set((value as Call).id, roomOf(key));
    }
    return running;
  };
}
