import { freshDatabase } from '@noroshi/foundations/database/testing';
import type { Actor, Id } from '@noroshi/foundations/kernel';
import { roomStream, type Answer, type Deed, type StreamKey } from '@noroshi/foundations/sync';
import { Stair, type StairNeeds } from '@noroshi/foundations/sync/server';
import type { HeldStream } from '@noroshi/foundations/sync/web';
import { device, type Device } from './device.ts';
import { disagreements } from './everyone-agrees.ts';
import { ManualClock } from './manual-clock.ts';
import { come, freshId, note, open, personOf, seat, smallHouse, someone, systemActor, write, type Note, type Someone } from './small-house.ts';
import { until } from './until.ts';
import { WobblyPool } from './wobbly-pool.ts';

/** The small house on a real PostgreSQL, with one place and a few people in it. */
export interface SmallBox {
  readonly stair: Stair;
  readonly clock: ManualClock;
  readonly wobbly: WobblyPool;
  readonly reports: string[];
  readonly place: Id;
  readonly stream: StreamKey;
  readonly taro: Actor;
  readonly aoi: Actor;
  /** Is in the house and in no place. */
  readonly ken: Actor;
  readonly admin: Actor;
  does<I>(who: Actor, deed: Deed<I, any> & { deed: string }, input: I, id?: Id): Promise<Answer>;
  /** Says so many things in the place. */
  says(who: Actor, n: number, place?: Id): Promise<void>;
  /** A device on the line, with a clock of its own where one is handed in. */
  device(who: Actor, now?: () => number): Device;
  open(one: Device): Promise<Device>;
  /** A device of someone, Taro unless told, on the line and holding the place where they are in it. */
  on(who?: Actor): Promise<Device>;
  /** What a device holds of the place: how far it is, and whether it has it at all. */
  held(one: Device): Promise<HeldStream | undefined>;
  /** Where in the place the notes stand that a device holds. */
  bornOf(one: Device): Promise<number[]>;
  texts(one: Device, place?: Id): Promise<string[]>;
  /** Starts another node on the same tables, and stops this one as a kill would. */
  restart(): Promise<void>;
  agree(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the small house. */
export async function smallBox(more: Partial<StairNeeds> = {}): Promise<SmallBox> {
  const database = await freshDatabase();
  const clock = new ManualClock();
  const wobbly = new WobblyPool(database.pool);
  const reports: string[] = [];
  const plenty = { burst: 1e9, perSecond: 1e9 };
  const start = (): Promise<Stair> => Stair.open({
    pool: wobbly.pool, house: smallHouse, now: clock.now, answers: new Map(), limits: { commands: plenty, fetches: plenty, fetched: plenty, frames: plenty, questions: plenty },
    report: (error, what) => void reports.push(`${what}: ${String(error)}`), ...more,
  });
  let stair = await start();
  const devices: Device[] = [];
  const org = freshId();
  const [taro, aoi, ken, admin] = [personOf('member', org), personOf('member', org), personOf('member', org), personOf('administrator', org)];
  const place = freshId();
  const does: SmallBox['does'] = (who, deed, input, id = freshId()) => stair.submit(who, { id, name: deed.deed, input });
  for (const [who, name] of [[taro, '太郎'], [aoi, '葵'], [ken, '健'], [admin, '花子']] as const) await does(systemActor, come, { id: who.person, name, org, inside: true });
  await does(systemActor, open, { id: place, name: 'グループC', needed: 10, people: [taro.person, aoi.person] });
  const actorNow = (who: Actor): Actor | undefined => ((stair.memory.get(someone.noun, who.person)?.value as Someone | undefined)?.shut ? undefined : who);
  const box: SmallBox = {
    get stair() { return stair; },
    clock, wobbly, reports, place, stream: roomStream(place), taro, aoi, ken, admin, does,
    async says(who, n, where = place) {
      await Promise.all(Array.from({ length: n }, (_, i) => does(who, write, { place: where, text: `${i + 1}` })));
    },
    device: (who, now = clock.now) => device({ house: smallHouse, stair: () => stair, actor: who, now, asServer: () => actorNow(who), made: (one) => void devices.push(one) }),
    async open(one) {
      await until(() => one.state() === 'open', 'the device to be on the line');
      return one;
    },
    async on(who = taro) {
      const one = await box.open(box.device(who));
      await until(async () => who === ken || (await box.held(one)) !== undefined, 'the place to be held');
      return one;
    },
    held: (one) => one.end.replica.db.stream.get(roomStream(place)),
    bornOf: async (one) => (await one.end.replica.all(note.noun, roomStream(place))).map(({ born }) => born),
    texts: async (one, where = place) => (await one.end.replica.all<Note>(note.noun, roomStream(where))).map((d) => d.value.text),
    async restart() {
      stair.halt();
      stair = await start();
    },
    async agree() {
      let found: string[] = [];
      const live = devices.filter((d) => d.isOn());
      await until(async () => {
        await stair.marks.flush();
        for (const d of live) {
          d.end.line.hurry();
          await d.end.line.settled();
        }
        found = await disagreements(smallHouse, database.pool, [stair], live);
        return found.length === 0;
      }, 'everyone to agree', 10_000).catch((error: Error) => { throw new Error([error.message, ...found].join('\n')); });
    },
    async close() {
      for (const d of devices) if (d.isOn()) d.stop();
      wobbly.mend();
      await stair.close();
      await database.close();
    },
  };
  return box;
}

/** Lets someone into the place, or out. */
export const letIn = (box: SmallBox, who: Actor, history: boolean): Promise<Answer> => box.does(systemActor, seat, { place: box.place, person: who.person, inside: true, history });
export const letOut = (box: SmallBox, who: Actor): Promise<Answer> => box.does(systemActor, seat, { place: box.place, person: who.person, inside: false, history: false });
