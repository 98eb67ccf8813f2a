import { incident, type Incident } from '@noroshi/features/incident';
import { Bar, Button, EmptyNote, IconButton, LineState, OweRow, Owes, Page, SectionHead, State } from '@noroshi/foundations/ui';
import { inMinutes, untilSays } from '@noroshi/foundations/i18n';
import { clock, each, joined, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import { useFrame, useLine, useLive, useSheet, useNow, useRooms, useWatched, useWords, WhenWhole, type Owe, type WebRoom } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { firstRooms } from '../features.ts';
import { Logo } from './Logo.tsx';
import { useMe } from './me-context.ts';
import { RoomRows } from './RoomRows.tsx';
import { useDesk } from './use-desk.ts';

const order = { urgent: 0, short: 1, plain: 2 } as const;
/** Less than this before its deadline a thing leads (milliseconds): an hour-old notice can wait longer than that. */
const pressing = 10 * 60_000;

/** One thing owed. `waits`: its answer is given and not yet heard by the server. */
type Owed = Owe & { readonly waits?: boolean };

/** What I owe: what is due within minutes or late, then oldest urgent first. What I have answered without a line stays in its place until the server has it. */
function allOwes(stair: LowerEnd, rooms: readonly WebRoom[]): Watched<readonly Owed[]> {
  const of = (end: LowerEnd): Watched<readonly Owe[]> => mapped(joined(rooms.flatMap((room) => (room.owes ? [room.owes(end)] : []))), (all) => all.flat());
  const waiting = stair.together('home/waiting', () => stair.replica.outbox.item.where('state').equals('waiting').count());
  // Where nothing waits to be heard, both say the same.
  const heard = each(mapped(waiting, (n) => (n > 0 ? [stair.asHeard()] : [])), () => 'heard', of);
  return mapped(joined([of(stair), heard, clock(5_000)] as const), ([now, [asHeard = []]]) => {
    const still = new Set(now.map((owe) => owe.key));
    const given = asHeard.filter((owe) => !still.has(owe.key)).map((owe): Owed => ({ ...owe, waits: true }));
    const soon = stair.now() + pressing;
    const rank = ({ deadline, weight }: Owed): number => (deadline !== undefined && deadline < soon ? -1 : order[weight]);
    return [...now, ...given].toSorted((a, b) => rank(a) - rank(b) || (a.deadline ?? Infinity) - (b.deadline ?? Infinity) || a.since - b.since);
  });
}

/** What do I owe now? Then the rooms. */
export function HomePage() {
  const { t } = useWords();
  const frame = useFrame();
  const line = useLine();
  const rooms = useRooms();
  const { me } = useMe();
  const owes = useWatched((stair) => allOwes(stair, rooms), [rooms]);
  const owed = owes?.filter((owe) => !owe.waits);
  const desk = useDesk();
  // What goes out at once is not worth a place on the screen; what was refused stays until someone has looked.
  const off = line.state !== 'open';
  const waits = useLive(async ({ replica: { outbox } }) => (await outbox.item.where('state').anyOf(off ? ['waiting', 'refused'] : ['refused']).count()) > 0, [off]);
  // Everyone inside may open one, at once and without being told where.
  const peace = useLive(async (stair) => stair.actor.role !== 'guest' && !(await stair.replica.all<Incident>(incident.noun)).some(({ value }) => value.closedAt === undefined && !value.drill));
  return (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      list={frame.rooms}
      side={desk && rooms.flatMap((room) => (room.homeSides ?? []).map((load, i) => <Side key={`${room.name}${i}`} load={load} />))}
      head={<>
        <Bar title={me.orgName} subtitle={me.name} logo={<Logo />} actions={<>
          <LineState on={line.state === 'open'}>{t(line.state === 'open' ? 'line.open' : line.state === 'connecting' ? 'line.connecting' : 'line.off.word')}</LineState>
          <IconButton icon="search" label={t('home.search')} href="/search" />
        </>} />
        {frame.bands}
      </>}
    >
      {rooms.flatMap((room) => (room.homeNotes ?? []).map((load, i) => <Side key={`${room.name}${i}`} load={load} />))}
      {waits && <Side load={waiting} />}
      <SectionHead title={t('home.owe')} count={owed?.length ? { of: owed.length, label: t('nav.count', { n: owed.length }) } : undefined} />
      {owes?.length === 0 && rooms !== firstRooms && <WhenWhole><EmptyNote>{t('home.oweNone')}</EmptyNote></WhenWhole>}
      {owes && owes.length > 0 && <Owes>{owes.map((owe) => <OneOwe key={owe.key} owe={owe} first={owe === owed![0]} />)}</Owes>}
      {peace && <div class="deed"><Button wide icon="flag" href="/incident/open">{t('home.openIncident')}</Button></div>}
      <div class="phone-only">
        <SectionHead title={t('home.rooms')} />
        <RoomRows />
      </div>
      {desk && <Side load={events} />}
    </Page>
  );
}

const waiting = async () => ({ default: (await import('./weather/WaitingList.tsx')).WaitingList });

const events = async () => ({ default: (await import('./Events.tsx')).Events });

function Side({ load }: { load: NonNullable<WebRoom['homeSides']>[number] }) {
  const Shown = useSheet(load);
  return Shown ? <Shown /> : null;
}

/** One thing owed. Only the first one's button is filled: it is the next act. */
function OneOwe({ owe, first }: { owe: Owed; first: boolean }) {
  const words = useWords();
  const { t, moment, refusal } = words;
  const said = (what: Owe['title'] | undefined): string | undefined => (typeof what === 'function' ? what(words) : what);
  const now = useNow();
  const [trouble, setTrouble] = useState<string>();
  const minutes = (ms: number): number => Math.max(0, Math.round(ms / 60_000));
  const since = (at: number): string => {
    const n = minutes(now - at);
    return n < 1_440 ? inMinutes('home.since', n, words) : moment(at);
  };
  const age = owe.deadline !== undefined
    ? owe.deadline > now ? untilSays(owe.deadline, now, words) : inMinutes('home.late', minutes(now - owe.deadline), words)
    : since(owe.since);
  const kind = owe.weight === 'plain' ? 'plain' : owe.weight;
  const act = owe.act && !owe.waits && (
    <>
      <Button kind={first ? 'main' : 'strong'} icon="check" onClick={async () => {
        const told = (await owe.act!.run()) as { ok: boolean; code?: string } | undefined;
        if (told && !told.ok) setTrouble(refusal(told.code ?? ''));
      }}>{t(owe.act.label)}</Button>
      <Button href={owe.href}>{t('home.read')}</Button>
    </>
  );
  if (owe.waits) return <OweRow waiting state={<State kind="plain" icon="clock">{t('home.waits')}</State>} age={since(owe.since)} title={said(owe.title)} note={t('home.waitsSays')} href={owe.href} />;
  return (
    <OweRow
      state={<>{owe.drill && <State kind="plain">{t('home.drill')}</State>}<State kind={kind}>{t(owe.tag.key, owe.tag.params)}</State></>}
      age={age}
      title={said(owe.title)}
      note={trouble ?? said(owe.sub)}
      {...(act ? { actions: act } : { href: owe.href })}
    />
  );
}
