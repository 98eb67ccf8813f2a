import { mayRule, organization, type Organization } from '@noroshi/features/directory';
import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { command, eventKind, happens, noun, ref, workspaceStream, type Many, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

export const mostRegions = 30;
const regionShape = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  /** For those who read English. */
  romaji: z.string().check(z.trim(), z.maxLength(60)),
  orgs: z.array(idShape).check(z.maxLength(200)),
});
/** 地域: which municipalities stand together in the address book, such as 東予・中予・南予. */
export type Region = z.output<typeof regionShape>;

export const regionsSet = eventKind('contacts.regionsSet', 365, z.object({ regions: z.array(regionShape) }));

export interface Regions { readonly regions: readonly Region[] }
export const regions = noun<Regions>('regions').on(regionsSet, () => 'all', (_now, e) => e.body);
export const theRegions: Ref<Regions> = ref(regions, 'all');

/** 地域を決める, all of them at once: how the address book is divided. */
export const setRegions = command('contacts.setRegions', {
  about: 'Says which municipalities stand together in the address book, as regions, whole.',
  input: z.strictObject({ regions: z.array(regionShape).check(z.maxLength(mostRegions)) }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: () => ({ organizations: { many: organization.noun } as Many<Organization> }),
  may(actor, { organizations }, { regions: all }) {
    const verdict = mayRule(actor);
    if (!verdict.ok) return verdict;
    const orgs = all.flatMap((one) => one.orgs);
    const known = new Set<Id>(organizations.map(({ id }) => id));
    if (orgs.some((id) => !known.has(id))) return refused('directory.organizationNotFound');
    return new Set(orgs).size < orgs.length || new Set(all.map(({ name }) => name)).size < all.length ? refused('contacts.regionTwice') : allowed;
  },
  then: (input) => [happens(regionsSet, input)],
});
