import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportRecord } from '@noroshi/features/record';
import { fresh, post } from '../base-house.ts';
import type { Findings } from '../outcome.ts';
import type { PairHouse } from './pair-house.ts';

const root = join(import.meta.dirname, '../../..');

/**
 * The room is taken out of the record of a house, and checked as whoever doubts it would: `noroshi verify`.
 * @param least so many things of the other house stand in it and are to be compared with what that has signed
 * @param blackedOut so many things of the other house may have come without their words, which were blacked out there before: they are no event here
 */
export async function proves(house: PairHouse, { least, blackedOut }: { readonly least: number; readonly blackedOut: number }, folder: string, findings: Findings): Promise<void> {
  const id = fresh();
  const { cookie } = house.base.people[0];
  await post(house.address, exportRecord.deed, { id, input: { room: house.base.room } }, cookie);
  const answer = await fetch(`${house.address}/documents/record/${id}.zip`, { headers: { cookie } });
  if (!answer.ok) return findings.add('disagreeing', `the record of ${house.side} cannot be taken out: ${answer.status}`);
  const file = join(folder, `${house.side}.zip`);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  const { status, words } = await new Promise<{ status: number; words: string }>((done) => {
    execFile(process.execPath, ['apps/server/verify.ts', file], { cwd: root }, (error, said) => done({ status: error ? Number(error.code) : 0, words: said }));
  });
  const told = `\n${words.slice(words.indexOf('\n\n') + 1).slice(-2_000)}`;
  if (status !== 0) return findings.add('disagreeing', `the record of ${house.side} does not prove itself:${told}`);
  // Of each partner one line in English: the same house is another partner once it was met anew.
  const compared = [...words.matchAll(/(\d+) events? from \S+ stands? as \S+ signed/g)].reduce((sum, [, n]) => sum + Number(n), 0);
  if (compared < least) findings.add('disagreeing', `in the record of ${house.side} ${compared} events are compared with what was signed, and ${least} came:${told}`);
  const absent = [...words.matchAll(/(\d+) things? from \S+ (?:is|are) no event here/g)].reduce((sum, [, n]) => sum + Number(n), 0);
  if (absent > blackedOut) findings.add('disagreeing', `in the record of ${house.side} ${absent} things of the partner are missing:${told}`);
}
