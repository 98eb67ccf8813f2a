import { openRoom } from '@noroshi/features/talk';
import { openFiles } from '@noroshi/foundations/files/server';
import type { Actor, Moment } from '@noroshi/foundations/kernel';
import type { House } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import type pg from 'pg';
import { photoInHand } from './photos.ts';
import { hasSeen } from './readers.ts';
import { demoDoes, settle } from './settle.ts';
import { story } from './story.ts';
import { demoCast, lastRoom, thing } from './thing.ts';

const minute = 60_000;
const dayLong = 24 * 60 * minute;

export interface PlayNeeds {
  readonly pool: pg.Pool;
  readonly house: House;
  readonly now: () => Moment;
  /** Where photographs come to lie; without it the story is told in words alone. */
  readonly dataFolder?: string;
}

/** Plays the story from its beginning, or from where it was cut off. */
export async function play({ pool, house, now, dataFolder }: PlayNeeds): Promise<void> {
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
  } finally {
    await stair.close();
  }
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
