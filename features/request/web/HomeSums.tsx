import { incident, type Incident } from '@noroshi/features/incident';
import { room, type Room } from '@noroshi/features/talk';
import { Bar, Button, FourNumbers, Pane, RoomRow, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useLive, useNow, useWords } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { DispatchRequest } from '../dispatch-request.ts';
import { addUp, sumsOf } from '../sums.ts';
import { isOver } from './duties.ts';
import { readNames, readRequests, type Names } from './known.ts';
import { furthestOf } from './lies.ts';
import { shortSays } from './says.ts';
import { useHours } from './use-hours.ts';
import { fourWords } from './words.ts';

interface TownHelp {
  readonly town: Id;
  /** The town's talk in this incident. */
  readonly room: Id;
  readonly open: readonly DispatchRequest[];
}

/** At the right of Home on the desk: what each hit town needs and has, as far as this person is in the town's talk. */
export default function HomeSums() {
  const words = useWords();
  const { t, language } = words;
  const held = useLive(async (stair) => {
    const incidents = (await stair.replica.all<Incident>(incident.noun)).map((doc) => doc.value).filter((one) => one.closedAt === undefined);
    const rooms = new Set((await stair.replica.all<Room>(room.noun)).map((doc) => doc.id));
    const requests = (await readRequests(stair)).map(({ now }) => now).filter((one) => !isOver(one));
    return {
      names: await readNames(stair, undefined, language),
      incidents: incidents.toSorted((a, b) => Number(a.drill) - Number(b.drill) || a.openedAt - b.openedAt).map((event) => ({
        event,
        // Of a town in whose talk I am not I know nothing: no row is better than a wrong one.
        towns: event.roles.filter((role) => rooms.has(role.room)).map((role): TownHelp => ({
          town: role.affected, room: role.room, open: requests.filter((one) => one.incident === event.id && one.org === role.affected),
        })),
      })).filter(({ towns }) => towns.length > 0),
    };
  }, [language]);
  if (!held || held.incidents.length === 0) return null;
  // A drill's towns are not hit: they count only where there is nothing but drills.
  const real = held.incidents.filter(({ event }) => !event.drill);
  const n = new Set((real.length > 0 ? real : held.incidents).flatMap(({ towns }) => towns.map(({ town }) => town))).size;
  return (
    <Pane at="side" label={t('request.home.title', { n })} head={<Bar level={2} title={t('request.home.title', { n })} actions={<a class="link" href="/request">{t('request.home.all')}</a>} />}>
      {held.incidents.map(({ event, towns }) => (
        <section key={event.id}>
          {(held.incidents.length > 1 || event.drill) && <SectionHead level={3} title={<>{event.drill && <Tag kind="drill">{t('home.drill')}</Tag>} {event.name}</>} />}
          {/* Where nobody has asked, a green nought would say that all is well. */}
          {towns.some(({ open }) => open.length > 0) && <div class="form"><FourNumbers {...addUp(towns.flatMap(({ open }) => open.map((one) => sumsOf(one).total)))} labels={fourWords(words)} /></div>}
          {towns.map((one) => <Town key={one.town} {...one} names={held.names} />)}
        </section>
      ))}
      <div class="form"><Button wide icon="plus" href="/incident/open">{t('home.openIncident')}</Button></div>
    </Pane>
  );
}

/** One hit town: its numbers, and with whom what is missing lies now. */
function Town({ town, room: place, open, names }: TownHelp & { names: Names }) {
  const words = useWords();
  const { t } = words;
  const time = useHours();
  const now = useNow();
  const { needed, committed, arrived, short, surplus } = addUp(open.map((one) => sumsOf(one).total));
  const furthest = furthestOf(open);
  const inHand = furthest?.stage.tier === 'headquarters' ? names.person(furthest.one.inHand?.by ?? '') : '';
  const says = furthest && inHand ? t('request.home.inHand', { name: inHand }) : furthest && t(`request.home.${furthest.stage.tier}`, { org: names.org(furthest.one.supporters.primary) });
  const due = furthest?.stage.due;
  return (
    <RoomRow
      hit mark={names.short(town)} name={names.org(town)}
      href={open.length === 1 ? `/request/${open[0]!.id}` : open.length > 1 ? '/request' : `/talk/${place}`}
      says={open.length === 0 ? t('request.home.none') : <>{t('request.home.sums', { needed, committed, arrived })}{says && <><br />{due !== undefined && due > now ? t('request.home.until', { says, time: time(due) }) : says}</>}</>}
      end={open.length > 0 && <State kind={short > 0 ? 'short' : 'ok'}>{shortSays({ short, surplus }, words)}</State>}
    />
  );
}
