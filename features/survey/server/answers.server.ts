/** What anonymous surveys came to; read with the first question. */
import { organization, type Organization } from '@noroshi/features/directory';
import { headquartersOf } from '@noroshi/features/incident';
import { refused, type Refusal } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import type { Asking } from '@noroshi/foundations/sync/server';
import type { Sums } from '../ballot.ts';
import { pooled, poolsOf } from '../pooled.ts';
import { isEmptied, isStopped, overSince, placeStream, settles, sheet as sheetNoun, type Sheet } from '../sheet.ts';
import { answersIn, sealBoxes } from './box.store.ts';

/**
 * Answers `survey.sums`. Nothing is told before it is over for all who were asked, so that no two results differ by one answer; and each sees those
 * groups alone whose every place they see. What is told does not change any more: before the first look the boxes are sealed. (V31)
 */
export async function answerSums({ sight, actor, stair }: Asking, { survey }: { survey: string }): Promise<Sums | Refusal> {
  const { memory, pool, now } = stair;
  const organizations = memory.of(workspaceStream, organization.noun).map(({ value }) => value as Organization);
  const all = organizations.flatMap(({ id }) => memory.of(placeStream(id), sheetNoun.noun).map(({ value }) => value as Sheet).filter((one) => one.survey === survey && one.anonymous));
  const mine = all.filter(({ org }) => sight.has(placeStream(org)) && (org === actor.org || actor.org === headquartersOf(organizations)?.id));
  const [first] = mine;
  if (!first) return refused('survey.notFound');
  // Of what is left nothing is told either: taken from what was told before, it would be what has gone.
  if (all.some(isEmptied)) return { state: 'gone', groups: [] };
  if (all.some(isStopped)) return { state: 'stopped', groups: [] };
  if (all.some((one) => now() < overSince(one) + settles)) return { state: 'open', groups: [] };
  const boxes = all.map(({ id }) => id);
  await sealBoxes(pool, boxes);
  const answers = await answersIn(pool, boxes);
  const groups = poolsOf(all.map(({ id, org }) => ({ org, all: answers.get(id) ?? [] }))).filter(({ orgs }) => orgs.every((org) => mine.some((one) => one.org === org)));
  return groups.length === 0 ? { state: 'few', groups: [] } : { state: 'shown', groups: groups.map((group) => pooled(first.form, group)) };
}
