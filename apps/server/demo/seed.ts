import { openRoom } from '@noroshi/features/talk';
import { openFiles } from '@noroshi/foundations/files/server';
import type { Actor, Moment } from '@noroshi/foundations/kernel';
import { roomStream, type House } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import type pg from 'pg';
import { demoCast } from './people.ts';
import { photoInHand } from './photos.ts';
import { hasSeen } from './readers.ts';
import { demoDoes, settle, thing } from './settle.ts';
import { story } from './story.ts';

const minute = 60_000;
const dayLong = 24 * 60 * minute;

/** The room that is opened last, for the guest: whoever finds it finds a demo that is whole. */
const lastRoom = thing('room/hiroshima');

export interface SeedNeeds {
  readonly pool: pg.Pool;
  readonly house: House;
  readonly now: () => Moment;
  /** Where photographs come to lie; without it the story is told in words alone. */
  readonly dataFolder?: string;
}

/**
 * Fills an empty house with the demo: Ehime from its file, invented people, and the first hours of the flood of 2018,
 * half played. It only sends commands, as the people themselves would. Ids follow from labels: a seed that was cut off is
 * taken up by running it again, and a whole one is left as people have changed it.
 *
 * The stair it opens has a clock of its own, which runs through the last month up to now; then the real one takes over.
 * @returns whether anything was done
 */
export async function seedDemo({ pool, house, now, dataFolder }: SeedNeeds): Promise<boolean> {
  if (await isWhole(pool)) return false;
  const began = now();
  let at = began - 30 * dayLong;
  const stair = await Stair.open({ pool, house, now: () => at, answers: new Map() });
  try {
    const { names, actors } = await settle(stair);

    const files = dataFolder === undefined ? undefined : await openFiles({ stair, folder: dataFolder });
    const looked = new Map<number, number>();
    for (const scene of story(names, began)) {
      at = began - scene.ago * minute;
      const photo = scene.photo && files && (await photoInHand(scene.photo, thing(`${scene.label}/photo`), at - 4 * minute));
      await demoDoes(stair, actors.get(scene.as)!, scene.label, scene.deed.deed, photo ? { ...scene.input, attachments: [photo.attachment] } : scene.input);
      if (photo) await files.takeWhole(photo.attachment.file, photo.bytes, photo.thumb);
      at += minute / 2;
      await everyoneLooks(stair, scene.ago, actors, looked);
    }
    at = began;
    await demoDoes(stair, actors.get(demoCast.hanako)!, 'room/hiroshima/open', openRoom.deed, {
      id: lastRoom, kind: 'purpose', name: '広島県との連絡', short: '広島', orgs: [], people: [thing(`person/${demoCast.mika}`), thing('person/ehime/desk')],
    });
    return true;
  } finally {
    await stair.close();
  }
}

/** Asked of one row, before a stair is opened for it: each start of the demo but the first ends here. */
async function isWhole(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query('select from stream where workspace = 1 and key = $1', [roomStream(lastRoom)]);
  return rowCount === 1;
}

/**
 * Between two scenes, each looks at the hotline as far as they have come.
 * @param looked up to where each stream has been looked at; brought up to date
 */
async function everyoneLooks(stair: Stair, ago: number, actors: ReadonlyMap<string, Actor>, looked: Map<number, number>): Promise<void> {
  for (const stream of stair.memory.streams.values()) {
    if (!stream.key.startsWith('r:') || looked.get(stream.no) === stream.head) continue;
    looked.set(stream.no, stream.head);
    for (const [key, { person }] of actors) {
      if (!stair.memory.maySee(person, stream.key)) continue;
      const saw = hasSeen(key, ago);
      if (saw !== 'nothing') await stair.marks.arrived(stream.no, person, stream.head);
      if (saw === 'read') await stair.marks.read(stream.no, person, [[1, stream.head]]);
    }
  }
  await stair.marks.flush();
}
