import { organization, type Organization } from '@noroshi/features/directory';
import { incident, isMunicipality, type Incident } from '@noroshi/features/incident';
import type { Id } from '@noroshi/foundations/kernel';
import { each, joined, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import { useLoaded, useRooms, useWatched, type Seen, type Sight, type SightSums } from '@noroshi/foundations/web';
import { useMemo } from 'preact/hooks';
import { callsForEyes, rowsOf, type Row } from '../rows.ts';
import { together, type Together, type Told } from '../together.ts';

/** An incident as headquarters sees it now. */
export interface Situation {
  readonly incident: Incident;
  readonly towns: ReadonlyMap<Id, Organization>;
  readonly rows: readonly Row<Sight>[];
  /** 必要・決定・到着・不足; absent where nobody has asked for anyone. */
  readonly sums: Seen['sums'];
  /** The same of each town that has asked. */
  readonly sumsOf: ReadonlyMap<Id, SightSums>;
  /** How organizations fare, in a short line each. */
  readonly glances: NonNullable<Seen['glances']>;
  /** What was reported together, in short sayings. */
  readonly overall: readonly Overall[];
  /** Open ones beside this, real before drills. They are never added up with it. (A3) */
  readonly others: readonly Incident[];
}

type Overall = NonNullable<Seen['overall']>;
type Sees = NonNullable<Awaited<ReturnType<NonNullable<ReturnType<typeof useRooms>[number]['sees']>>>['sees']>;

/**
 * What all rooms of the house see of an incident, live. `null`: this is not for who asks, or nothing is open.
 * @param wanted which; without it the first that is open, real before drill
 */
export function useSituation(wanted: Id | undefined): Situation | null | undefined {
  const all = useSees();
  return useWatched((stair) => situation(stair, wanted, all), [wanted, all]);
}

/** An open incident among others: its own sums, and how many municipalities need eyes. */
export interface Open extends Told { readonly eyes: number; readonly overall: readonly Overall[] }

/** All that is open, live; for whom see `useSituation`. */
export function useAll(): (Together<Open> & { readonly towns: ReadonlyMap<Id, Organization> }) | null | undefined {
  const all = useSees();
  return useWatched((stair) => overview(stair, all), [all]);
}

function useSees(): readonly Sees[] | undefined {
  const rooms = useRooms();
  const load = useMemo(() => async () => ({ default: (await Promise.all(rooms.flatMap((room) => (room.sees ? [room.sees()] : [])))).flatMap(({ sees }) => sees ?? []) }), [rooms]);
  return useLoaded(load);
}

function overview(stair: LowerEnd, all: readonly Sees[] | undefined): Watched<(Together<Open> & { readonly towns: ReadonlyMap<Id, Organization> }) | null | undefined> {
  const known: Watched<{ open: readonly Incident[]; towns: ReadonlyMap<Id, Organization> } | null | undefined> = stair.watch(async () => {
    if (!(await stair.replica.isWhole())) return undefined;
    const towns = new Map((await stair.replica.all<Organization>(organization.noun)).map(({ value }) => [value.id, value]));
    if (towns.get(stair.actor.org)?.kind !== 'prefecture') return null;
    return { towns, open: (await stair.replica.all<Incident>(incident.noun)).map(({ value }) => value).filter((one) => one.closedAt === undefined) };
  });
  const seen = each(mapped(known, (one) => one?.open.map(({ id }) => id) ?? []), (id) => id, (id) => joined((all ?? []).map((sees) => sees(stair, id))));
  return mapped(joined([known, seen] as const), ([one, parts]) => {
    if (!one) return one;
    if (!all || parts.length !== one.open.length) return undefined;
    const municipalities = [...one.towns.values()].filter(isMunicipality).map(({ id }) => id);
    // Each is asked of its own incident, so nothing of one is in another.
    return { towns: one.towns, ...together(one.open.map((incident, i) => ({
      incident, sums: parts[i]!.find(({ sums }) => sums)?.sums, eyes: rowsOf(incident, municipalities, parts[i]!.flatMap(({ sights }) => sights)).filter(({ state }) => callsForEyes(state)).length,
      overall: parts[i]!.flatMap(({ overall }) => overall ?? []),
    }))) };
  });
}

function situation(stair: LowerEnd, wanted: Id | undefined, all: readonly Sees[] | undefined): Watched<Situation | null | undefined> {
  const known: Watched<{ now: Incident; others: readonly Incident[]; towns: ReadonlyMap<Id, Organization> } | null | undefined> = stair.watch(async () => {
    // Before all is on this device nobody is called silent, or calm.
    if (!(await stair.replica.isWhole())) return undefined;
    const towns = new Map((await stair.replica.all<Organization>(organization.noun)).map(({ value }) => [value.id, value]));
    if (towns.get(stair.actor.org)?.kind !== 'prefecture') return null;
    const incidents = (await stair.replica.all<Incident>(incident.noun)).map(({ value }) => value).filter((one) => one.closedAt === undefined || one.id === wanted);
    const [now, ...others] = incidents.toSorted((a, b) => Number(b.id === wanted) - Number(a.id === wanted) || Number(a.drill) - Number(b.drill) || b.openedAt - a.openedAt);
    return now && (wanted === undefined || now.id === wanted) ? { now, others, towns } : null;
  });
  const seen = each(mapped(known, (one) => (one ? [one.now.id] : [])), (id) => id, (id) => joined((all ?? []).map((sees) => sees(stair, id))));
  return mapped(joined([known, seen] as const), ([one, [parts]]) => {
    if (!one) return one;
    // What the rooms see is not known yet.
    if (!all || !parts) return undefined;
    const municipalities = [...one.towns.values()].filter(isMunicipality).toSorted((a, b) => ((a.code ?? '') < (b.code ?? '') ? -1 : 1));
    const rows = rowsOf(one.now, municipalities.map(({ id }) => id), parts.flatMap(({ sights }) => sights));
    return { incident: one.now, towns: one.towns, rows, sums: parts.find(({ sums }) => sums)?.sums, sumsOf: new Map(parts.flatMap(({ sumsOf }) => [...(sumsOf ?? [])])), glances: parts.flatMap(({ glances }) => glances ?? []), overall: parts.flatMap(({ overall }) => overall ?? []), others: one.others };
  });
}
