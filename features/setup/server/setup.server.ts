import { organization } from '@noroshi/features/directory';
import { plan } from '@noroshi/features/incident';
import { room } from '@noroshi/features/talk';
import { derivedId, refused } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import { readInput, type AnswerTo, type Stair } from '@noroshi/foundations/sync/server';
import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import type { checkSetup, Known } from '../setup.ts';

/** What a house holds of what a prefecture's file tells. */
export function knownTo({ memory }: Stair): Known {
  const all = <T>(stream: string, noun: string): T[] => memory.of(stream, noun).map((doc) => doc.value as T);
  return {
    organizations: all(workspaceStream, organization.noun),
    plans: all(workspaceStream, plan.noun),
    rooms: [...memory.streams.keys()].flatMap((stream) => all<Known['rooms'][number]>(stream, room.noun)),
  };
}

/** A dry run of a prefecture's file. */
export const answerCheckSetup: AnswerTo<z.output<typeof checkSetup.input>, z.output<typeof checkSetup.output>> = async ({ actor, stair }, input) => {
  if (actor.role !== 'administrator') return refused('directory.notAllowed');
  let file: unknown;
  try {
    file = JSON.parse(input.file.replace(/^\uFEFF/, ''));
  } catch {
    return refused('setup.notJson');
  }
  // Read with the first file that is tried: a start has no use for it.
  const { prefectureFileShape, setupSteps } = await import('../reading.ts');
  const read = readInput(prefectureFileShape, file);
  if (!read.ok) return refused('setup.shape', { at: String(read.params?.['at'] ?? ''), code: read.code });
  const run = randomUUID();
  const setup = setupSteps(read.value, knownTo(stair), (label) => derivedId(run, label));
  return { problems: [...setup.problems], steps: [...setup.steps], unchanged: setup.unchanged };
};
