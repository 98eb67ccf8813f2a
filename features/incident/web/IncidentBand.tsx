import type { Id } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { Band } from '@noroshi/foundations/ui';
import { useLive, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { organization, type Organization } from '@noroshi/features/directory';
import { room, type Room, type RoomIncident } from '@noroshi/features/talk';
import { incident, roleOf, type Incident } from '../disaster.ts';
import { nameOf, namesOf } from './names.ts';

interface Open {
  readonly own: readonly Incident[];
  /** A guest knows a disaster only from the rooms they are in. */
  readonly heard: readonly (RoomIncident & { readonly room: Id })[];
  readonly organizations: readonly Organization[];
  readonly rooms: readonly Room[];
}

async function readOpen(stair: LowerEnd): Promise<Open> {
  const { replica } = stair;
  const incidents = (await replica.all<Incident>(incident.noun)).map((doc) => doc.value).filter((one) => one.closedAt === undefined);
  const rooms = (await replica.all<Room>(room.noun)).map((doc) => doc.value).filter((one) => one.closedAt === undefined);
  const organizations = incidents.length > 0 ? (await replica.all<Organization>(organization.noun)).map((doc) => doc.value) : [];
  const heard = new Map(rooms.flatMap((r) => r.incidents.filter((i) => !incidents.some((one) => one.id === i.incident)).map((i) => [i.incident, { ...i, room: r.id }])));
  return { own: incidents.toSorted((a, b) => a.openedAt - b.openedAt), heard: [...heard.values()], organizations, rooms };
}

/** Across every screen while a disaster is under way: its name, and what my organization is in it. A drill's is purple, and only for those who take part. */
export function IncidentBand() {
  const { t, language } = useWords();
  const stair = useStair();
  const { path } = useRoute();
  const open = useLive(readOpen);
  if (!open || (open.own.length === 0 && open.heard.length === 0)) return null;
  const { org } = stair.actor;
  // A drill's own pages and talks say so themselves, with a band that does not scroll away.
  const saysItself = (id: Id): boolean => path.startsWith(`/incident/${id}`) || open.rooms.some((r) => r.drill === id && path === `/talk/${r.id}`);
  const part = (one: Incident) => {
    const standing = roleOf(one, org);
    const towards = one.roles.filter((role) => (standing === 'primary' ? role.primary === org : standing === 'secondary' && role.secondaries.includes(org)));
    return { standing, towards: towards.map((role) => role.affected) };
  };
  const shown = open.own.filter((one) => !one.drill || (part(one).standing !== 'none' && !saysItself(one.id)));
  const says = (one: Incident) => {
    const { standing, towards } = part(one);
    if (standing === 'none' || standing === 'headquarters') return t(one.drill ? 'incident.drillTowns' : 'incident.hitTowns', { towns: namesOf(open, one.affected, language) });
    return <>{t('incident.myPart', { org: nameOf(open, org, language) })} <b>{t(`incident.part.${standing}`)}</b>{towards.length > 0 && t('incident.towards', { towns: namesOf(open, towards, language) })}</>;
  };
  const band = (key: Id, drill: boolean, name: string, href: string | undefined, more?: preact.ComponentChildren) => (
    <Band key={key} kind={drill ? 'drill' : 'incident'} href={href}>
      {/* Above what is real it must not say that this is no disaster: only that a drill is held too. */}
      <b>{t(drill ? 'incident.drillUnderWay' : 'incident.underWay')}</b>{'　'}{name}{more && <><br />{more}</>}
    </Band>
  );
  return (
    <>
      {shown.toSorted((a, b) => Number(a.drill) - Number(b.drill)).map((one) => band(one.id, one.drill, one.name, path === `/incident/${one.id}` ? undefined : `/incident/${one.id}`, says(one)))}
      {open.heard.filter((one) => !one.drill || !saysItself(one.incident)).map((one) => band(one.incident, one.drill, one.name, `/talk/${one.room}`))}
    </>
  );
}
