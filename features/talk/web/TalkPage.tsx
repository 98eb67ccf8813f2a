import { answer, react, standing, theMessage, type Message } from '@noroshi/features/talk';
import { Bar, Button, DrillFrame, EmptyNote, FieldError, IconButton, JumpBar, LineState, Loading, Page, Pane, SectionHead } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useLoaded, useNow, useRooms, useRoute, useSheet, useStair, useWords, WhenWhole, type PageProps, type WebRoom } from '@noroshi/foundations/web';
import { roomStream, type Doc } from '@noroshi/foundations/sync';
import type { OutboxItem, Told } from '@noroshi/foundations/sync/web';
import type { Id, Refusal } from '@noroshi/foundations/kernel';
import type { ComponentType } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ActionsSheetProps } from './ActionsSheet.tsx';
import type { EarlierSheetProps } from './EarlierSheet.tsx';
import type { MessageDeeds } from './MessageRow.tsx';
import { oneLine } from '../newest-line.ts';
import type { ReadersSheetProps } from './ReadersSheet.tsx';
import type { TalkComposerProps } from './TalkComposer.tsx';
import { TalkList, type ListHandle } from './TalkList.tsx';
import { useDraft } from './use-draft.ts';
import { useMarks, useRoom, useUnanswered, type RoomNow } from './use-room.ts';
import { useWindow } from './use-window.ts';
import './talk.css';

const loadActions = async (): Promise<{ default: ComponentType<ActionsSheetProps> }> => ({ default: (await import('./ActionsSheet.tsx')).ActionsSheet });
const loadComposer = async (): Promise<{ default: ComponentType<TalkComposerProps> }> => ({ default: (await import('./TalkComposer.tsx')).TalkComposer });
const loadEarlier = async (): Promise<{ default: ComponentType<EarlierSheetProps> }> => ({ default: (await import('./EarlierSheet.tsx')).EarlierSheet });
const loadReaders = async (): Promise<{ default: ComponentType<ReadersSheetProps> }> => ({ default: (await import('./ReadersSheet.tsx')).ReadersSheet });

const loadPins = async () => ({ default: await import('./Pins.tsx') });

/** A room and what is said in it. */
export default function TalkPage({ params }: PageProps) {
  const { t } = useWords();
  const frame = useFrame();
  const now = useRoom(params.room!);
  if (now) return <Talk key={now.room.id} now={now} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('nav.talk')} back={{ label: t('app.back'), href: '/talk', phoneOnly: true }} />{frame.bands}</>}>
      {now === null ? <WhenWhole><EmptyNote>{t('refusal.talk.roomNotFound')}</EmptyNote><div class="form"><Button kind="main" href="/talk">{t('talk.toRooms')}</Button></div></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Talk({ now }: { now: RoomNow }) {
  const words = useWords();
  const { t, refusal } = words;
  const stair = useStair();
  const frame = useFrame();
  const line = useLine();
  const rooms = useRooms();
  const route = useRoute();
  const { room, here, me } = now;
  const marks = useMarks(room.id);
  // Who comes from a deed of their own wants to see it: it stands at the end.
  const [start] = useState(() => ({ message: (route.search.get('m') as Id | null) ?? undefined, end: route.search.has('end') }));
  const talk = useWindow(roomStream(room.id), start.message ?? (start.end ? 'end' : undefined));
  const unanswered = useUnanswered(room.id);
  const [draft, change, hand] = useDraft(room.id);
  const [trouble, setTrouble] = useState<Refusal>();
  const [open, setOpen] = useState<{ sheet: 'actions' | 'readers' | 'earlier'; id: Id }>();
  const [view, setView] = useState({ owedInView: true, atEnd: true });
  const list = useRef<ListHandle>(null);
  const aiming = useRef<Id | undefined>(start.message);
  // What is there to be read does not wait for what one writes with.
  const Composer = useLoaded(talk.page ? loadComposer : undefined);
  const Actions = useSheet(open?.sheet === 'actions' ? loadActions : undefined);
  const Readers = useSheet(open?.sheet === 'readers' ? loadReaders : undefined);
  const Earlier = useSheet(open?.sheet === 'earlier' ? loadEarlier : undefined);
  const other = room.kind === 'direct' ? now.members.find((m) => m.person !== me?.person) : undefined;
  const title = other?.card.name ?? room.name;
  const urgent = unanswered?.filter((d) => d.value.urgency === 'urgent') ?? [];
  const replying = useLive(async (s) => (draft.replyTo ? s.replica.get<Message>('message', draft.replyTo) : undefined), [draft.replyTo]);
  const refusedItems = talk.page?.items.filter((item) => item.state === 'refused') ?? [];

  const jump = async (id: Id): Promise<void> => {
    if (list.current?.aim(id)) return;
    const doc = await stair.replica.db.doc.get([theMessage(id).noun, id]);
    if (!doc) return;
    aiming.current = id;
    await talk.around(doc.born);
  };
  // A message that was asked for stands in the page only after the window has moved there.
  useEffect(() => {
    if (aiming.current && list.current?.aim(aiming.current)) aiming.current = undefined;
  }, [talk.page]);

  const report = (told: Told): void => setTrouble(told.ok ? undefined : told);
  const latest = useRef({ jump });
  latest.current = { jump };
  const deeds = useMemo((): MessageDeeds => ({
    answer: (message, given) => void stair.send(answer, { room: room.id, message: message.id, answer: given }).then(report),
    react: (message, reaction, on) => void stair.send(react, { room: room.id, message: message.id, reaction, on }).then(report),
    readers: (message) => setOpen({ sheet: 'readers', id: message.id }),
    actions: (message) => setOpen({ sheet: 'actions', id: message.id }),
    earlier: (message) => setOpen({ sheet: 'earlier', id: message.id }),
    jump: (id) => void latest.current.jump(id),
  }), [stair, room.id]);

  const mend = async (item: OutboxItem): Promise<void> => {
    change((await import('./Refused.tsx')).draftOf(item, draft));
    await stair.drop(item.id);
    document.querySelector<HTMLElement>('.composer textarea')?.focus();
  };
  const toNewest = async (): Promise<void> => {
    if (talk.page?.to !== Infinity) await talk.toNewest();
    list.current?.toEnd();
  };

  const chosen = open && talk.page?.docs.find((d) => d.id === open.id);
  const strips = rooms.flatMap((r) => r.strips ?? []);
  // Only where there is a fourth column, and only for who is told of requests.
  const [wide] = useState(() => matchMedia('(min-width: 80em)').matches);
  const sides = wide && !me?.card.guest && room.incidents.length > 0 ? rooms.flatMap((r) => r.sides ?? []) : [];
  const pins = standing(room.pins, useNow());
  const Pinned = useSheet(pins.length > 0 ? loadPins : undefined);
  const incidents = room.incidents.map((i) => i.name).join(t('talk.and'));
  const foot = room.closedAt !== undefined
    ? <p class="sheet-pad sub">{t('talk.closed')}</p>
    : (
      <>
        <div class="onward">
          {urgent.length > 0 && !view.owedInView && <JumpBar onClick={() => void jump(urgent[0]!.id)}>{t('talk.urgentOwed', { n: urgent.length })}</JumpBar>}
          {!view.atEnd && <Button kind="quiet" icon="down" onClick={() => void toNewest()}>{t('talk.toNewest')}</Button>}
        </div>
        {rooms.flatMap((r) => r.above ?? []).map((Above, i) => <Above key={i} room={room.id} />)}
        {trouble && <div class="writing"><FieldError>{refusal(trouble.code, trouble.params)}</FieldError></div>}
        {Composer ? <Composer now={now} draft={draft} change={change} hand={hand} replying={replying} onSent={() => void toNewest()} /> : <div class="composer awaited" />}
      </>
    );
  const page = (
    <Page
      skipLabel={frame.skipLabel}
      tabs={<>{room.closedAt === undefined && <a class="skip" href="#say">{t('talk.skipToWrite')}</a>}{frame.tabs}</>}
      list={frame.rooms}
      content="talk"
      head={<>
        <Bar
          title={room.drill ? `${t('app.drillMark')}${title}` : title}
          subtitle={other ? `${other.card.orgName} ${other.card.post}` : `${t('talk.people', { n: here.length })}${incidents ? t('talk.dotted', { words: incidents }) : ''}`}
          back={{ label: t('talk.toRooms'), href: '/talk', phoneOnly: true }}
          actions={<><span class="desk-only"><LineState on={line.state === 'open'}>{t(line.state === 'open' ? 'line.open' : line.state === 'connecting' ? 'line.connecting' : 'line.off.word')}</LineState></span>
            {room.closedAt === undefined && rooms.flatMap((r) => r.tools ?? []).map((Tool, i) => <Tool key={i} room={room.id} />)}
            <IconButton icon="search" class="desk-only" label={t('talk.searchHere')} href={`/search?room=${room.id}`} /><IconButton icon="more" label={t('talk.info')} href={`/talk/${room.id}/info`} /></>}
        />
        {strips.map((Strip, i) => <Strip key={i} room={room.id} />)}
        {pins.length > 0 && <a class="strip phone-only" href={`/talk/${room.id}/info`}>{Pinned && <Pinned.PinsLine now={now} />}</a>}
        {frame.line}
      </>}
      side={(sides.length > 0 || pins.length > 0) && (
        <Pane at="side" label={t('talk.beside')} head={<Bar level={2} title={incidents || t('talk.beside')} />}>
          {sides.map((load, i) => <Beside key={i} load={load} room={room.id} />)}
          {pins.length > 0 && <><SectionHead title={t('talk.pins')} level={3} />{Pinned && <Pinned.Pins now={now} onJump={(id) => void jump(id)} />}</>}
        </Pane>
      )}
      foot={foot}
      footFlush
    >
      <TalkList now={now} marks={marks} talk={talk} start={start.message ? { message: start.message } : start.end ? 'end' : undefined} deeds={deeds} lead={unanswered?.[0]?.id} owed={urgent.map((d) => d.id)} refused={refusedItems} onMend={(item) => void mend(item)}
        onView={(next) => setView((before) => (before.atEnd === next.atEnd && before.owedInView === next.owedInView ? before : next))} handle={list} />
      <Heard docs={talk.page?.docs} now={now} atEnd={view.atEnd} />
      {chosen && Actions && <Actions doc={chosen} now={now} onClose={() => setOpen(undefined)} onReaders={() => setOpen({ sheet: 'readers', id: chosen.id })}
        onReply={() => { setOpen(undefined); change({ ...draft, replyTo: chosen.id }); setTimeout(() => document.querySelector<HTMLElement>('.composer textarea')?.focus()); }} />}
      {chosen && Readers && <Readers doc={chosen} now={now} marks={marks} onClose={() => setOpen(undefined)} onAnswer={() => { setOpen(undefined); void jump(chosen.id); }} />}
      {chosen?.value.amended && Earlier && <Earlier doc={chosen} now={now} onClose={() => setOpen(undefined)} />}
    </Page>
  );
  return room.drill ? <DrillFrame band={t('talk.drillBand')}>{page}</DrillFrame> : page;
}

function Beside({ load, room }: { load: NonNullable<WebRoom['sides']>[number]; room: Id }) {
  const Side = useSheet(load);
  return Side ? <Side room={room} /> : null;
}

/** Reads out what comes in while one is at the end, for those who do not see it. */
function Heard({ docs, now, atEnd }: { docs: readonly Doc<Message>[] | undefined; now: RoomNow; atEnd: boolean }) {
  const words = useWords();
  const first = useRef<number | undefined>(undefined);
  const last = docs?.findLast((d) => d.born < Number.MAX_SAFE_INTEGER);
  first.current ??= last?.born;
  const fresh = last && atEnd && first.current !== undefined && last.born > first.current && last.value.by !== now.me?.person;
  return <p class="sr" role="status">{fresh ? words.t('talk.saidBy', { name: now.byPerson.get(last.value.by)?.card.name ?? '', words: oneLine(last.value, words) }) : ''}</p>;
}
