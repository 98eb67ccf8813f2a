import type { Organization } from '@noroshi/features/directory';
import type { Plan } from '@noroshi/features/incident';
import { derivedId } from '@noroshi/foundations/kernel';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleFile } from './sample.ts';
import { prefectureFileShape, setupSteps } from './reading.ts';
import type { Known, PrefectureFile, Step } from './setup.ts';

const file = prefectureFileShape.parse(JSON.parse(readFileSync(new URL('../../apps/server/demo/ehime.json', import.meta.url), 'utf8')));
const empty: Known = { organizations: [], rooms: [], plans: [] };
const idOf = (label: string): string => derivedId('00000000-0000-7000-8000-000000000001', label);
const setup = (of: PrefectureFile, known: Known) => setupSteps(of, known, idOf);
const inputs = <T>(steps: readonly Step[], does: Step['does']): T[] => steps.filter((step) => step.does === does).map((step) => step.input as T);

/** The house after the steps. */
function after(known: Known, steps: readonly Step[]): Known {
  return {
    organizations: [...known.organizations.filter((o) => !inputs<Organization>(steps, 'amendOrganization').some((a) => a.id === o.id)), ...inputs<Organization>(steps, 'addOrganization'), ...inputs<Organization>(steps, 'amendOrganization')],
    rooms: [...known.rooms, ...inputs<Known['rooms'][number]>(steps, 'openRoom')],
    plans: [...known.plans, ...inputs<Plan & { seen: number }>(steps, 'revisePlan').map(({ seen, ...plan }) => ({ ...plan, revision: seen + 1, at: 0, by: '' }))],
  };
}

describe('a prefecture’s file', () => {
  it('S5 has an example that comes in as it is, with one of each thing', () => {
    const read = prefectureFileShape.parse(JSON.parse(JSON.stringify(sampleFile)));
    expect(read).toEqual(sampleFile);
    const { steps, problems } = setup(read, empty);
    expect(problems).toEqual([]);
    expect(new Set(steps.map((step) => step.does))).toEqual(new Set(['addOrganization', 'openRoom', 'revisePlan']));
  });

  it('S1 becomes commands: organizations, groups with the prefecture in each, the room of all, the plan', () => {
    const { steps, problems } = setup(file, empty);
    expect(problems).toEqual([]);
    expect(Object.fromEntries(['addOrganization', 'openRoom', 'revisePlan', 'amendOrganization'].map((does) => [does, steps.filter((step) => step.does === does).length]))).toEqual({ addOrganization: 21, openRoom: 4, revisePlan: 1, amendOrganization: 0 });
    const prefecture = inputs<Organization>(steps, 'addOrganization').find((o) => o.kind === 'prefecture')!;
    for (const room of inputs<{ orgs: string[] }>(steps, 'openRoom')) expect(room.orgs).toContain(prefecture.id);
    const matsuyama = inputs<Organization>(steps, 'addOrganization').find((o) => o.name === '松山市')!;
    expect(inputs<{ orgs: string[] }>(steps, 'openRoom').filter((room) => room.orgs.includes(matsuyama.id))).toHaveLength(4);
  });

  it('S3 changes nothing the second time, and goes on where it was cut off', () => {
    const whole = setup(file, empty);
    expect(setup(file, after(empty, whole.steps)).steps).toEqual([]);
    const half = after(empty, whole.steps.slice(0, 10));
    const rest = setup(file, half);
    expect(rest.problems).toEqual([]);
    expect(rest.unchanged).toBe(10);
    expect(rest.steps.map((step) => step.id)).toEqual(whole.steps.slice(10).map((step) => step.id));
  });

  it('S3 knows an organization by its code though its name has changed, and writes the difference', () => {
    const known = after(empty, setup(file, empty).steps);
    const renamed = { ...known, organizations: known.organizations.map((o) => (o.code === '382141' ? { ...o, romaji: 'Seiyo City', lat: 1 } : o)) };
    const { steps } = setup(file, renamed);
    expect(steps.map((step) => [step.does, step.about])).toEqual([['amendOrganization', '西予市']]);
  });

  it('S4 leaves alone what it does not name', () => {
    const known = after(empty, setup(file, empty).steps);
    const more = { ...known, organizations: [...known.organizations, { id: idOf('x'), name: '広島県', kana: '', romaji: 'Hiroshima', short: '広島', kind: 'outside' as const }] };
    expect(setup(file, more).steps).toEqual([]);
  });

  it.each([
    ['an organization twice', (of: PrefectureFile) => ({ ...of, municipalities: [...of.municipalities, of.municipalities[0]!] }), 'setup.organizationTwice'],
    ['a group with someone unknown', (of: PrefectureFile) => ({ ...of, counterpartGroups: [{ ...of.counterpartGroups[0]!, members: ['東予市'] }, ...of.counterpartGroups.slice(1)] }), 'setup.groupNamesUnknown'],
    ['a plan with someone unknown', (of: PrefectureFile) => ({ ...of, assumedPlan: { ...of.assumedPlan!, rows: [...of.assumedPlan!.rows, { affected: '東予市', supporters: ['西条市'] }] } }), 'setup.planNamesUnknown'],
    ['a town that nobody supports', (of: PrefectureFile) => ({ ...of, assumedPlan: { ...of.assumedPlan!, rows: of.assumedPlan!.rows.filter((row) => row.affected !== '西予市') } }), 'plan.noSupporter'],
  ])('S2 tells of %s', (_name, broken, code) => {
    expect(setup(broken(file), empty).problems.map((problem) => problem.code)).toContain(code);
  });

  it('S2 needs no short names: the name without its 市 stands on the mark', () => {
    const { short: _short, ...seiyo } = file.municipalities.find((m) => m.name === '西予市')!;
    const [added] = inputs<Organization>(setup({ ...file, municipalities: [seiyo, ...file.municipalities.filter((m) => m.name !== '西予市')] }, empty).steps, 'addOrganization').filter((o) => o.name === '西予市');
    expect(added!.short).toBe('西予');
  });
});
