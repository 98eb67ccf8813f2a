import { addOrganization, addPerson, organization } from '@noroshi/features/directory';
import { openRoom, room, type Room } from '@noroshi/features/talk';
import { openFiles } from '@noroshi/foundations/files/server';
import { derivedId, idToBytes, newId, systemActor, type Actor, type Id, type Moment } from '@noroshi/foundations/kernel';
import { roomStream, workspaceStream, type House } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import type pg from 'pg';
import { importPrefecture } from '../import/prefecture.ts';
import ehime from './ehime.json' with { type: 'json' };
import { demoCast, demoPeople } from './people.ts';
import { photoInHand } from './photos.ts';
import { hasSeen } from './readers.ts';
import { story, type Names } from './story.ts';

const minute = 60_000;
const dayLong = 24 * 60 * minute;

/** Ids in the demo are made of the day on which its story begins, so that they are the same in every demo. */
const storyDay: Moment = Date.UTC(2018, 6, 6, 20);
const seed: Id = '6e6f726f-7368-8000-8000-64656d6f0001';

/** An id of the demo by its label, of the form of those that devices make. */
function thing(label: string): Id {
  return newId(storyDay, idToBytes(derivedId(seed, label)).slice(6));
}

/** Who plays a part in the demo. */
export const demoPart = (part: keyof typeof demoCast): Id => thing(`person/${demoCast[part]}`);

/** The room that is opened last, for the guest: whoever finds it finds a demo that is whole. */
const lastRoom = thing('room/hiroshima');

/** Refusals by which the house says that a seed which was cut off had already done it. */
const doneBefore = new Set([
  'command.idTaken', 'command.idReused', 'directory.alreadyThere', 'directory.codeTaken', 'incident.alreadyOpen', 'talk.answeredAlready', 'talk.reactedAlready',
]);

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
  const began = now();
  let at = began - 30 * dayLong;
  const stair = await Stair.open({ pool, house, now: () => at, answers: new Map() });
  try {
    if (stair.memory.streams.has(roomStream(lastRoom))) return false;
    const submit = async (actor: Actor, label: string, name: string, input: unknown): Promise<void> => {
      const answer = await stair.submit(actor, { id: thing(label), name, input });
      if (!answer.ok && !doneBefore.has(answer.code)) throw new Error(`the demo was refused ${name} (${label}): ${answer.code} ${JSON.stringify(answer.params ?? {})}`);
    };

    const imported = await importPrefecture(ehime, stair, (sent) => stair.submit(systemActor, sent), thing);
    if (!imported.ok) throw new Error(`the demo's prefecture was refused: ${JSON.stringify(imported.problems)}`);
    await submit(systemActor, 'organization/hiroshima', addOrganization.deed, {
      id: thing('hiroshima'), code: '340006', name: '広島県', kana: 'ひろしまけん', romaji: 'Hiroshima', short: '広島', kind: 'outside',
    });

    const names = namesOf(stair);
    const actors = new Map<string, Actor>();
    for (const { key, org, post, ...who } of demoPeople) {
      actors.set(key, { person: thing(`person/${key}`), org: names.org(org), role: who.role });
      const { deputy, ...desk } = post ?? {};
      await submit(systemActor, `add/${key}`, addPerson.deed, {
        ...who, id: thing(`person/${key}`), org: names.org(org),
        ...(post ? { post: { ...desk, id: thing(`post/${key}`), ...(deputy ? { deputy: thing(`post/${deputy}`) } : {}) } } : {}),
      });
    }
    // Everyone takes their seat in the rooms of their organization. Until then nothing is due later than now.
    while (await stair.clock.look() > 0);

    const files = dataFolder === undefined ? undefined : await openFiles({ stair, folder: dataFolder });
    const looked = new Map<number, number>();
    for (const scene of story(names)) {
      at = began - scene.ago * minute;
      const photo = scene.photo && files && (await photoInHand(scene.photo, thing(`${scene.label}/photo`), at - 4 * minute));
      await submit(actors.get(scene.as)!, scene.label, scene.deed.deed, photo ? { ...scene.input, attachments: [photo.attachment] } : scene.input);
      if (photo) await files.takeWhole(photo.attachment.file, photo.bytes, photo.thumb);
      at += minute / 2;
      await everyoneLooks(stair, scene.ago, actors, looked);
    }
    at = began;
    await submit(actors.get(demoCast.hanako)!, 'room/hiroshima/open', openRoom.deed, {
      id: lastRoom, kind: 'purpose', name: '広島県との連絡', short: '広島', orgs: [], people: [thing(`person/${demoCast.mika}`), thing('person/ehime/desk')],
    });
    return true;
  } finally {
    await stair.close();
  }
}

/** Ids of what the import made, which are not ours to know: looked up by name. */
function namesOf({ memory }: Stair): Names {
  const organizations = new Map(memory.of(workspaceStream, organization.noun).map((doc) => [(doc.value as { name: string }).name, doc.id]));
  const rooms = new Map([...memory.streams.keys()].flatMap((stream) => memory.of(stream, room.noun)).map((doc) => [(doc.value as Room).short, doc.id]));
  return { org: (name) => organizations.get(name)!, room: (label) => rooms.get(label === 'all' ? '全' : label)!, thing };
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
