import { mayRule, theOrganization, type Organization } from '@noroshi/features/directory';
import { isMunicipality } from '@noroshi/features/incident';
import { allowed, idShape, refused, type Id, type Moment } from '@noroshi/foundations/kernel';
import { command, eventKind, happens, noun, ref, workspaceStream, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** How many live in a town, as somebody has counted them. */
const countShape = z.object({
  town: idShape,
  people: z.int().check(z.minimum(1), z.maximum(20_000_000)),
  /** The day on which they were counted, as 2020-10-01. */
  asOf: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  /** Who counted them: 国勢調査, 住民基本台帳 … */
  source: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  households: z.optional(z.int().check(z.minimum(1), z.maximum(20_000_000))),
});
export type Count = Readonly<z.output<typeof countShape>>;

export const populationSet = eventKind('damage.populationSet', 212, countShape);

/** What the house knows of how many live in a town. Nothing where nobody has said it: then nothing is asked about it. */
export interface Population extends Count { readonly by: Id; readonly at: Moment }

export const population = noun<Population>('townPopulation').on(populationSet, (e) => e.body.town, (_before, { body, by, at }) => ({ ...body, by, at }));

/** How many live in a town. */
export const thePopulation = (town: Id): Ref<Population> => ref(population, town);

/** Whether it is a day, and one that was: nobody is counted ahead. @param now by the clock of Japan it is this moment */
export function isPastDay(day: string, now: Moment): boolean {
  const at = Date.parse(`${day}T00:00:00+09:00`);
  return at <= now && new Date(at + 9 * 3_600_000).toISOString().startsWith(day);
}

/** Whether two counts say the same. */
export const isSameCount = (a: Count | undefined, b: Count): boolean => a !== undefined && a.people === b.people && a.households === b.households && a.asOf === b.asOf && a.source === b.source;

/** 市町の人口: what a figure of people is measured against. (D13) */
export const setPopulations = command('damage.setPopulations', {
  about: 'Tells how many people (and, where it is known, households) live in towns, with the day and the source. A figure of a damage report above it is asked once more. Administrators.',
  input: z.strictObject({ counts: z.array(z.strictObject(countShape.shape)).check(z.minLength(1), z.maxLength(500)) }),
  streams: () => [workspaceStream],
  offline: false,
  needs: ({ counts }): Record<string, Ref<Organization> | Ref<Population>> => Object.fromEntries(counts.flatMap(({ town }) => [[`town/${town}`, theOrganization(town)], [`lives/${town}`, thePopulation(town)]])),
  may(actor, facts, { counts }, { now }) {
    const verdict = mayRule(actor);
    if (!verdict.ok) return verdict;
    for (const [i, { town, asOf, people, households }] of counts.entries()) {
      const known = facts[`town/${town}`] as Organization | undefined;
      if (!known || !isMunicipality(known)) return refused('damage.notFound');
      if (counts.findIndex((one) => one.town === town) !== i) return refused('damage.countedTwice', { town: known.name });
      if (!isPastDay(asOf, now)) return refused('damage.countedAhead', { town: known.name, day: asOf });
      if ((households ?? 0) > people) return refused('damage.moreHouseholds', { town: known.name });
    }
    return allowed;
  },
  then: ({ counts }, facts) => counts.filter((one) => !isSameCount(facts[`lives/${one.town}`] as Population | undefined, one)).map((one) => happens(populationSet, one)),
});
