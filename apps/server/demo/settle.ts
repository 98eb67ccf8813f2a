import { addOrganization, addPerson, organization } from '@noroshi/features/directory';
import { room, type Room } from '@noroshi/features/talk';
import { systemActor, type Actor } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { importPrefecture } from '../import/prefecture.ts';
import ehime from './ehime.json' with { type: 'json' };
import { demoPeople } from './people.ts';
import type { Names } from './scene.ts';
import { thing } from './thing.ts';

export { demoPart } from './thing.ts';

/** Refusals by which the house says that a seed which was cut off had already done it. */
const doneBefore = new Set([
  'command.idTaken', 'command.idReused', 'keeping.goneAlready', 'keeping.decided', 'directory.alreadyThere', 'directory.codeTaken', 'incident.alreadyOpen', 'talk.answeredAlready', 'talk.reactedAlready',
]);

/**
 * Sends one command of the demo as someone; its id follows from the label.
 * @throws Error when it is refused, unless an earlier run had done it
 */
export async function demoDoes(stair: Stair, actor: Actor, label: string, name: string, input: unknown): Promise<void> {
  const answer = await stair.submit(actor, { id: thing(label), name, input });
  if (!answer.ok && !doneBefore.has(answer.code)) throw new Error(`the demo was refused ${name} (${label}): ${answer.code} ${JSON.stringify(answer.params ?? {})}`);
}

/** Ehime with its people. */
export interface Settled {
  readonly names: Names;
  /** Everyone, by the key that `people.ts` gives them. */
  readonly actors: ReadonlyMap<string, Actor>;
}

/**
 * Settles an empty house: Ehime through the real import (its 20 municipalities, counterpart groups and support plan), and
 * the demo's invented people. Nothing has happened yet.
 */
export async function settle(stair: Stair): Promise<Settled> {
  const imported = await importPrefecture(ehime, stair, (sent) => stair.submit(systemActor, sent), thing);
  if (!imported.ok) throw new Error(`the demo's prefecture was refused: ${JSON.stringify(imported.problems)}`);
  await demoDoes(stair, systemActor, 'organization/hiroshima', addOrganization.deed, {
    id: thing('hiroshima'), code: '340006', name: '広島県', kana: 'ひろしまけん', romaji: 'Hiroshima', short: '広島', kind: 'outside',
  });

  const names = namesOf(stair);
  const actors = new Map<string, Actor>();
  for (const { key, org, post, ...who } of demoPeople) {
    actors.set(key, { person: thing(`person/${key}`), org: names.org(org), role: who.role });
    const { deputy, ...desk } = post ?? {};
    await demoDoes(stair, systemActor, `add/${key}`, addPerson.deed, {
      ...who, id: thing(`person/${key}`), org: names.org(org),
      ...(post ? { post: { ...desk, id: thing(`post/${key}`), ...(deputy ? { deputy: thing(`post/${deputy}`) } : {}) } } : {}),
    });
  }
  // Everyone takes their seat in the rooms of their organization. Until then nothing is due later than now.
  while (await stair.clock.look() > 0);
  return { names, actors };
}

/** Ids of what the import made, which are not ours to know: looked up by name. */
function namesOf({ memory }: Stair): Names {
  const organizations = new Map(memory.of(workspaceStream, organization.noun).map((doc) => [(doc.value as { name: string }).name, doc.id]));
  const rooms = new Map([...memory.streams.keys()].flatMap((stream) => memory.of(stream, room.noun)).map((doc) => [(doc.value as Room).short, doc.id]));
  return { org: (name) => organizations.get(name)!, room: (label) => rooms.get(label === 'all' ? '全' : label)!, thing };
}
