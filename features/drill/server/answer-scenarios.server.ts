import { refused, type Refusal } from '@noroshi/foundations/kernel';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asking } from '@noroshi/foundations/sync/server';

const folder = join(import.meta.dirname, '..', 'scenarios');

/** The files of `scenarios/`, in the order of their names. */
export async function answerScenarios({ actor }: Asking): Promise<{ files: { name: string; text: string }[] } | Refusal> {
  if (actor.role === 'guest') return refused('drill.notFound');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.csv')).toSorted();
  return { files: await Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') }))) };
}
