import type { Id } from '@noroshi/foundations/kernel';

/** Someone of the room who might ring. */
export interface Colleague {
  readonly person: Id;
  readonly org: Id;
  /** At the prefecture's headquarters. */
  readonly headquarters: boolean;
  /** Has read what it is about. */
  readonly read: boolean;
  /** Has a line whose outgoing calls pass when others do not (災害時優先電話). */
  readonly priority: boolean;
  /** In front of a device, as far as this node knows. */
  readonly online: boolean;
  /** Whom they are to ring about something else, or are ringing. */
  readonly rings?: ReadonlySet<Id>;
  /** Cards that wait for them already. */
  readonly busy: number;
  /** Holds the line of their organization now: 2, or stands in for who does: 1. */
  readonly duty?: number;
  /** Away at this moment (不在). */
  readonly away?: boolean;
  /** Smaller is higher. */
  readonly rank: number;
}

/**
 * Who is asked to ring: someone of the same organization who has read it; whoever is to ring them anyway, since one call can
 * be about all of it; then whoever is on duty; then a priority line, then in front of a device, then who has least to do; the lowest rank, since it is they who sit by the telephone. Where nobody there has read it,
 * headquarters. Nobody who is away is asked, nor whoever stands in for them: it is they who are rung.
 */
export function chooseCaller(whom: { readonly person: Id; readonly org: Id; readonly standIn?: Id | undefined }, all: readonly Colleague[]): Colleague | undefined {
  const able = all.filter((one) => one.read && !one.away && one.person !== whom.person && one.person !== whom.standIn);
  const near = able.filter((one) => one.org === whom.org);
  const rings = (one: Colleague): boolean => one.rings?.has(whom.person) ?? false;
  return (near.length > 0 ? near : able.filter((one) => one.headquarters)).toSorted((a, b) =>
    Number(rings(b)) - Number(rings(a)) || (b.duty ?? 0) - (a.duty ?? 0) || Number(b.priority) - Number(a.priority) || Number(b.online) - Number(a.online) || a.busy - b.busy || b.rank - a.rank || (a.person < b.person ? -1 : 1))[0];
}
