import { addOrganization, amendOrganization, type Organization } from '@noroshi/features/directory';
import { planFromFile } from '@noroshi/features/incident/plan-file';
import { checkPlan, latestPlan, revisePlan, type Place, type Plan } from '@noroshi/features/incident';
import { openRoom } from '@noroshi/features/talk';
import { canonical, derivedId, type Id, type Params } from '@noroshi/foundations/kernel';
import type { PrefectureFile } from './prefecture-file.ts';

/** What the house already holds. */
export interface Known {
  readonly organizations: readonly Organization[];
  /** Rooms that whoever asks can see. A room they cannot see answers `command.idTaken`, which means the same: it is there. */
  readonly rooms: readonly Place[];
  readonly plans: readonly Plan[];
}

/** One command that has to be sent. */
export interface Step {
  readonly id: Id;
  readonly name: string;
  readonly input: unknown;
  /** What it does, for people: its sentence is `setup.<does>`. */
  readonly does: 'addOrganization' | 'amendOrganization' | 'openRoom' | 'revisePlan';
  readonly about: string;
}

/** Something in the file that cannot be: its sentence is `refusal.<code>`. */
export interface SetupProblem { readonly code: string; readonly params: Params }

export interface Setup {
  readonly steps: readonly Step[];
  readonly problems: readonly SetupProblem[];
  /** How many things of the file are already there as the file tells them. */
  readonly unchanged: number;
}

/**
 * What has to be done so that the house holds what a prefecture's file tells. Pure: the same file and the same house give
 * the same steps. With any problem, no step is to be sent.
 * @param idOf a command's id for a label; the same label gives the same id when a cut-off run is taken up
 */
export function setupSteps(file: PrefectureFile, known: Known, idOf: (label: string) => Id): Setup {
  const steps: Step[] = [];
  const problems: SetupProblem[] = [];
  let unchanged = 0;
  const step = (does: Step['does'], label: string, name: string, input: unknown, about: string): void => {
    steps.push({ id: idOf(`${does}/${label}`), name, input, does, about });
  };

  // Organizations: known by code, else by name.
  const organizations = [...known.organizations];
  const named = new Set<string>();
  for (const told of toldOrganizations(file)) {
    if (named.has(told.name) || (told.code && named.has(told.code))) problems.push({ code: 'setup.organizationTwice', params: { name: told.name } });
    named.add(told.name);
    if (told.code) named.add(told.code);
    const at = organizations.findIndex((o) => (told.code !== undefined && o.code === told.code) || o.name === told.name);
    const before = organizations[at];
    if (!before) {
      const added: Organization = { id: derivedId(foundingId, `organization/${told.code ?? told.name}`), ...told };
      organizations.push(added);
      step('addOrganization', told.code ?? told.name, addOrganization.deed, added, told.name);
      continue;
    }
    const after: Organization = { ...before, ...told };
    if (canonical(after) === canonical(before)) unchanged += 1;
    else {
      organizations[at] = after;
      step('amendOrganization', canonical(after), amendOrganization.deed, after, told.name);
    }
  }

  // Rooms: the groups, each with the prefecture in it, and the one of all.
  const orgOf = (name: string, group: string): Id[] => {
    const found = organizations.find((o) => o.name === name || o.code === name);
    if (!found) problems.push({ code: 'setup.groupNamesUnknown', params: { name, group } });
    return found ? [found.id] : [];
  };
  const prefecture = organizations.find((o) => o.name === file.prefecture.name)!;
  const rooms: Place[] = [...known.rooms];
  const open = (label: string, room: Omit<Place, 'id'> & { short: string; supportOnly?: Id[] }): void => {
    const id = derivedId(prefecture.id, `room/${label}`);
    if (rooms.some((r) => r.id === id || (r.kind === room.kind && r.name === room.name && r.closedAt === undefined))) {
      unchanged += 1;
      return;
    }
    rooms.push({ id, ...room });
    step('openRoom', label, openRoom.deed, { id, ...room, people: [] }, room.name);
  };
  for (const group of file.counterpartGroups) {
    const name = group.name ?? `グループ${group.id}`;
    const supportOnly = (group.supportOnly ?? []).flatMap((one) => orgOf(one, name));
    open(`group/${group.id}`, {
      kind: 'group', name, short: group.id,
      orgs: [...new Set([prefecture.id, ...group.members.flatMap((one) => orgOf(one, name)), ...supportOnly])],
      ...(supportOnly.length > 0 ? { supportOnly } : {}),
    });
  }
  const everyone = [prefecture.name, ...file.municipalities.map((m) => m.name)];
  open('all', { kind: 'all', name: '全市町', short: '全', orgs: everyone.flatMap((name) => orgOf(name, '全市町')) });

  // The support plan: a new version, unless the newest says the same.
  const read = planFromFile(file, organizations);
  if (read) {
    for (const name of read.unknown) problems.push({ code: 'setup.planNamesUnknown', params: { name } });
    const latest = latestPlan(known.plans);
    const same = latest && canonical({ name: latest.name, from: latest.from, rows: latest.rows }) === canonical(read.words);
    if (same) unchanged += 1;
    else {
      problems.push(...checkPlan(read.words, organizations, rooms).map(({ code, params }) => ({ code, params })));
      step('revisePlan', canonical(read.words), revisePlan.deed, { seen: latest?.revision ?? 0, ...read.words }, read.words.name);
    }
  }
  return { steps, problems, unchanged };
}

/** From which the ids of a file's organizations follow: two offices that import the same file make the same thing. */
const foundingId: Id = '6e6f726f-7368-8000-8000-73657475700a';

/** Every organization of a file, as the directory writes one. */
function toldOrganizations(file: PrefectureFile): Omit<Organization, 'id'>[] {
  const without = <T extends PrefectureFile['prefecture']>(place: T, kind: Organization['kind']): Omit<Organization, 'id'> => {
    const { code, name, kana, romaji, short, lat, lon, tile } = place;
    return {
      ...(code ? { code } : {}), name, kana, romaji, kind,
      short: short ?? [...name.replace(/(?<=..)[都道府県市区町村]$/, '')].slice(0, 4).join(''),
      ...(lat !== undefined ? { lat } : {}), ...(lon !== undefined ? { lon } : {}), ...(tile ? { tile } : {}),
    };
  };
  return [
    without(file.prefecture, 'prefecture'),
    ...file.municipalities.map((m) => without(m, m.kind)),
    ...(file.outside ?? []).map((o) => without(o, 'outside')),
  ];
}
