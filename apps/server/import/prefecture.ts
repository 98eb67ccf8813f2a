import { type Setup, type SetupProblem } from '@noroshi/features/setup';
import { prefectureFileShape, setupSteps } from '@noroshi/features/setup/reading';
import { knownTo } from '@noroshi/features/setup/server';
import type { Id } from '@noroshi/foundations/kernel';
import type { Answer, Sent } from '@noroshi/foundations/sync';
import { readInput, type Stair } from '@noroshi/foundations/sync/server';

/** Sends one command as whoever imports. */
export type Submit = (sent: Sent) => Promise<Answer>;

/** What came of an import: what was sent, or why nothing was. */
export type Imported = { readonly ok: true; readonly sent: number; readonly unchanged: number } | { readonly ok: false; readonly problems: readonly SetupProblem[] };

/**
 * Brings a prefecture's organizations, groups and support plan in. It only sends commands; what is already there is left,
 * and a run that was cut off is taken up by running it again.
 * @param file the parsed JSON
 * @param idOf ids for the commands, the same for the same label
 */
export async function importPrefecture(file: unknown, stair: Stair, submit: Submit, idOf: (label: string) => Id): Promise<Imported> {
  const read = readInput(prefectureFileShape, file);
  if (!read.ok) return { ok: false, problems: [{ code: read.code, params: read.params ?? {} }] };
  const setup: Setup = setupSteps(read.value, knownTo(stair), idOf);
  if (setup.problems.length > 0) return { ok: false, problems: setup.problems };
  for (const { id, name, input } of setup.steps) {
    const answer = await submit({ id, name, input });
    if (!answer.ok && answer.code !== 'command.idTaken') return { ok: false, problems: [{ code: answer.code, params: answer.params ?? {} }] };
  }
  return { ok: true, sent: setup.steps.length, unchanged: setup.unchanged };
}
