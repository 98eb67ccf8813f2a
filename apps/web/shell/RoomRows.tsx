import { organization, type Organization } from '@noroshi/features/directory';
import { incident, type Incident } from '@noroshi/features/incident';
import { message, type Message, type Room } from '@noroshi/features/talk';
import { EmptyNote, RoomRow, SectionHead, Tag } from '@noroshi/foundations/ui';
import { roomStream, type Doc, type Member } from '@noroshi/foundations/sync';
import { joined, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import { useRoute, useStair, useWatched, useWords, WhenWhole } from '@noroshi/foundations/web';
import { eachRoom, newestLine, ofEach, rooms as allRooms } from '@noroshi/features/talk/web';

interface Row {
  readonly room: Room;
  readonly unread: number;
  readonly newest: Doc<Message> | undefined;
  readonly who: Member | undefined;
  /** In a direct talk: the other one. */
  readonly other: Member | undefined;
  /** The hit towns whose help is talked about here. A guest has no directory to name them from. */
  readonly hit: readonly Organization[];
}

/** What a row says of the room itself. */
async function readRow({ replica, actor }: LowerEnd, room: Room): Promise<Omit<Row, 'unread' | 'hit'>> {
  const stream = roomStream(room.id);
  const newest = (await replica.newest<Message>(message.noun, stream, 1))[0];
  const members = (await replica.all<Member>('member', stream)).map((m) => m.value);
  return { room, newest, who: members.find((m) => m.person === newest?.value.by), other: room.kind === 'direct' ? members.find((m) => m.person !== actor.person) : undefined };
}

/** Disasters and drills under way, and by whose names their towns go. */
async function readHit({ replica }: LowerEnd): Promise<(room: Room) => readonly Organization[]> {
  const incidents = (await replica.all<Incident>(incident.noun)).map((doc) => doc.value).filter((one) => one.closedAt === undefined);
  const towns = incidents.length === 0 ? [] : (await replica.all<Organization>(organization.noun)).map((doc) => doc.value);
  return (room) => towns.filter(({ id }) => incidents.some((one) => one.roles.some((role) => role.room === room.id && role.affected === id)));
}

function allRows(stair: LowerEnd): Watched<readonly Row[]> {
  const rooms = allRooms(stair);
  const parts = joined([
    ofEach(stair, rooms, 'rows', (room) => readRow(stair, room)),
    eachRoom(rooms, (room) => mapped(stair.unread(roomStream(room.id)), (unread) => [room.id, unread] as const)),
    stair.together('rows/hit', () => readHit(stair)),
  ] as const);
  return mapped(parts, ([rows, unread, hit]) => {
    const counts = new Map(unread);
    return rows
      .map((row): Row => ({ ...row, unread: counts.get(row.room.id) ?? 0, hit: hit(row.room) }))
      .toSorted((a, b) => Number(b.room.incidents.length > 0) - Number(a.room.incidents.length > 0) || (b.newest?.value.at ?? 0) - (a.newest?.value.at ?? 0));
  });
}

/** The rooms I am in: those in a disaster first, then by the newest words. */
export function RoomRows() {
  const words = useWords();
  const { t, time, day, dayNumber, language } = words;
  const { path } = useRoute();
  const stair = useStair();
  const rows = useWatched(allRows);
  if (!rows) return null;
  if (rows.length === 0) return <WhenWhole><EmptyNote>{t('home.noRooms')}</EmptyNote></WhenWhole>;
  const today = dayNumber(stair.now());
  const list = (some: readonly Row[]) => some.map(({ room, unread, newest, who, other, hit }) => (
    <RoomRow
      key={room.id}
      href={`/talk/${room.id}`}
      mark={other?.card.mark ?? room.short}
      name={other ? other.card.name : room.name}
      tags={<>
        {room.drill && <Tag kind="drill">{t('home.drill')}</Tag>}
        {other?.card.guest && <Tag>{t('talk.guest')}</Tag>}
        {room.incidents.length > 0 && room.closedAt === undefined && !room.drill && hit.length === 0 && <Tag kind="hit">{t('talk.inDisaster')}</Tag>}
        {hit.length > 0 && <Tag kind={room.drill ? 'drill' : 'hit'}>{t(room.drill ? 'home.hitTownDrill' : 'home.hitTown', { town: words.beside(hit.map((town) => (language === 'en' && town.romaji) || town.name)) })}</Tag>}
      </>}
      says={newest ? newestLine(newest.value, who, words) : undefined}
      time={newest && (dayNumber(newest.value.at) === today ? time(newest.value.at) : day(newest.value.at))}
      unread={unread > 0 ? { of: unread, label: t('talk.unreadCount', { n: unread }), muted: room.closedAt !== undefined } : undefined}
      current={path === `/talk/${room.id}`}
    />
  ));
  // What is over is not under way, however much of it is unread.
  const open = rows.filter((r) => r.room.closedAt === undefined);
  const over = rows.filter((r) => r.room.closedAt !== undefined);
  const busy = open.filter((r) => r.room.incidents.length > 0 && !r.room.drill);
  const drills = open.filter((r) => r.room.drill && r.room.incidents.length > 0);
  const quiet = open.filter((r) => r.room.incidents.length === 0);
  if (busy.length + drills.length + over.length === 0) return <>{list(quiet)}</>;
  return <>
    {busy.length > 0 && <SectionHead title={t('home.inDisaster')} level={3} />}
    {list(busy)}
    {drills.length > 0 && <SectionHead title={t('home.inDrill')} level={3} />}
    {list(drills)}
    {quiet.length > 0 && <SectionHead title={t('home.everyday')} level={3} />}
    {list(quiet)}
    {over.length > 0 && <SectionHead title={t('home.over')} level={3} />}
    {list(over)}
  </>;
}
