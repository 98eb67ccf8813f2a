import { Bubble, Button, DayLine, EmptyNote, Loading, Note, UnreadLine } from '@noroshi/foundations/ui';
import { useLine, useStair, useWords } from '@noroshi/foundations/web';
import { roomStream, type Range } from '@noroshi/foundations/sync';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { Id } from '@noroshi/foundations/kernel';
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Ref } from 'preact';
import { readCount } from './audience.ts';
import { MessageRow, type MessageDeeds } from './MessageRow.tsx';
import { joined, Reading, type Area, type Standing } from './reading.ts';
import type { MarksNow, RoomNow } from './use-room.ts';
import { isUnread, type useWindow } from './use-window.ts';

/** New edges come in while this much is still ahead (CSS pixels). */
const ahead = 1_500;
/** Nearer than this to the end, what comes is followed. */
const near = 48;
/** What was read is gathered for this long before it is told (milliseconds). */
const gather = 250;

/** What the page around the list may ask of it. */
export interface ListHandle { toEnd(): void; aim(id: Id): boolean }

interface TalkListProps {
  readonly now: RoomNow;
  readonly marks: MarksNow | undefined;
  readonly talk: ReturnType<typeof useWindow>;
  readonly deeds: MessageDeeds;
  /** The oldest thing I owe here: its button is the filled one. */
  readonly lead: Id | undefined;
  readonly owed: readonly Id[];
  readonly refused: readonly OutboxItem[];
  readonly onMend: (item: OutboxItem) => void;
  /** Told when what is owed comes into view or leaves it, and when the end does. */
  readonly onView: (view: { owedInView: boolean; atEnd: boolean }) => void;
  readonly handle: Ref<ListHandle>;
}

/** The messages, sliding along the talk. */
export function TalkList({ now, marks, talk, deeds, lead, owed, refused, onMend, onView, handle }: TalkListProps) {
  const { t, day, dayNumber, refusal } = useWords();
  const stair = useStair();
  const line = useLine();
  const { page, then, oldest, older, newer, trim } = talk;
  const host = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ id: string; top: number } | undefined>(undefined);
  const follow = useRef(true);
  const placed = useRef(false);
  /** Someone asked for the newest, and it is not drawn yet. */
  const toNewest = useRef(false);
  const endsHere = useRef(false);
  endsHere.current = page?.to === Infinity;
  const reading = useMemo(() => new Reading(), [now.room.id]);
  const stream = roomStream(now.room.id);
  const docs = page?.docs ?? [];
  const waiting = new Set(page?.items.filter((item) => item.state === 'waiting').map((item) => item.id));
  const byId = useMemo(() => new Map(docs.map((d) => [d.id, d.value])), [docs]);
  const firstUnread = then && now.me ? docs.find((d) => isUnread(d, now.me!, then.mark))?.id : undefined;
  const places = useRef<Standing[]>([]);

  // ---- where things stand

  // On the desk the talk scrolls by itself, on the phone with the page. Asking the style is dear, so it is asked once a size.
  const scrolls = useRef<Element | undefined>(undefined);
  const scroller = (): Element => {
    const main = host.current?.closest('.scroll');
    return (scrolls.current ??= main && getComputedStyle(main).overflowY === 'auto' ? main : document.scrollingElement!);
  };
  const area = (): Area => {
    const pane = host.current?.closest('.pane');
    const head = pane?.querySelector(':scope > .heads')?.getBoundingClientRect().bottom ?? 0;
    const foot = pane?.querySelector(':scope > .foot')?.getBoundingClientRect().top ?? innerHeight;
    return { top: Math.max(0, head), bottom: Math.min(innerHeight, foot) };
  };
  const rows = (): HTMLElement[] => [...(host.current?.querySelectorAll<HTMLElement>(':scope > [data-m]') ?? [])];

  /** Where each row stands from the top of the list: asked when something has changed, not at every turn of the wheel. */
  const measured = useRef<{ readonly all: readonly HTMLElement[]; readonly spans: readonly { readonly top: number; readonly bottom: number }[] } | undefined>(undefined);
  const measure = (top: number): NonNullable<typeof measured.current> => {
    const all = rows();
    return (measured.current = { all, spans: all.map((row) => {
      const box = row.getBoundingClientRect();
      return { top: box.top - top, bottom: box.bottom - top };
    }) });
  };

  /** Has more come in where an edge is near. */
  const reach = (top: number, bottom: number, seen: Area): void => {
    if (top > seen.top - ahead) void older();
    if (bottom < seen.bottom + ahead) void newer();
  };

  /** Looks where the page stands: what to hold on to, what is near an edge, what is in view. */
  const look = (): void => {
    const start = host.current?.getBoundingClientRect().top ?? 0;
    const { all, spans } = measured.current ?? measure(start);
    if (all.length === 0) return;
    const seen = area();
    const boxes = spans.map(({ top, bottom }) => ({ top: top + start, bottom: bottom + start }));
    const first = boxes.findIndex((box) => box.bottom > seen.top);
    const held = first < 0 ? all.length - 1 : first;
    anchor.current = { id: all[held]!.dataset.m!, top: boxes[held]!.top };
    const { scrollHeight, clientHeight, scrollTop } = scroller();
    const toEnd = scrollHeight - clientHeight - scrollTop;
    follow.current = toNewest.current || (page?.to === Infinity && toEnd <= near);
    places.current = all.map((row, i) => ({ born: Number(row.dataset.born), after: Number(row.dataset.after), top: boxes[i]!.top, bottom: boxes[i]!.bottom })).filter((p) => p.born > 0);
    const inView = new Set(all.filter((_, i) => boxes[i]!.bottom > seen.top + 24 && boxes[i]!.top < seen.bottom - 24).map((row) => row.dataset.m));
    onView({ owedInView: owed.some((id) => inView.has(id)), atEnd: follow.current });
    reach(boxes[0]!.top, boxes.at(-1)!.bottom, seen);
    if (follow.current) trim();
    watch();
  };

  /** Puts the page back to where it stood, whatever came in above. */
  const keep = (): void => {
    const at = scroller();
    if (follow.current) at.scrollTop = at.scrollHeight;
    else if (anchor.current) {
      const row = host.current?.querySelector(`:scope > [data-m="${anchor.current.id}"]`);
      if (row) {
        const moved = row.getBoundingClientRect().top - anchor.current.top;
        if (Math.abs(moved) >= 1) at.scrollTop += moved;
      }
    }
  };

  // ---- what was read

  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const gathered = useRef<Range[]>([]);
  const telling = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = (): void => {
    clearTimeout(telling.current);
    telling.current = undefined;
    const ranges = joined(gathered.current.splice(0));
    if (ranges.length > 0) void stair.shown(stream, ranges);
  };
  const watch = (): void => {
    clearTimeout(timer.current);
    // Something that lies over the talk hides it; a screen nobody has in front shows nothing.
    const looking = document.visibilityState === 'visible' && document.hasFocus() && !document.querySelector('dialog[open]');
    const { read, again } = reading.look(performance.now(), looking, places.current, area());
    if (read.length > 0) {
      gathered.current.push(...read);
      telling.current ??= setTimeout(tell, gather);
    }
    if (again !== undefined) timer.current = setTimeout(watch, Math.max(16, again - performance.now()));
  };

  // ---- when to look

  const looks = useRef(look);
  looks.current = look;
  const lookSoon = useRef((): void => undefined);
  const watches = useRef(watch);
  watches.current = watch;
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    let asked = 0;
    const soon = (): void => {
      // A screen that nobody sees is not drawn, and what has long gone by leaves it all the same.
      if (document.visibilityState === 'hidden') looks.current();
      else asked ||= requestAnimationFrame(() => { asked = 0; looks.current(); });
    };
    lookSoon.current = soon;
    addEventListener('scroll', soon, { signal, passive: true, capture: true });
    addEventListener('resize', () => { scrolls.current = undefined; soon(); }, { signal });
    for (const name of ['focus', 'blur', 'visibilitychange', 'close'] as const) addEventListener(name, () => watches.current(), { signal, capture: true });
    const sizes = new ResizeObserver(() => { measured.current = undefined; keep(); soon(); });
    if (host.current) sizes.observe(host.current);
    const foot = host.current?.closest('.pane')?.querySelector(':scope > .foot');
    if (foot) sizes.observe(foot);
    return () => {
      ending.abort();
      sizes.disconnect();
      cancelAnimationFrame(asked);
      clearTimeout(timer.current);
      tell();
    };
  }, [now.room.id]);

  useLayoutEffect(() => {
    if (!page || docs.length === 0) return;
    if (!placed.current) {
      placed.current = true;
      const from = firstUnread ? host.current?.querySelector<HTMLElement>('.unreadline') : undefined;
      follow.current = !from && page.to === Infinity;
      if (from) scroller().scrollTop += from.getBoundingClientRect().top - area().top - 8;
      anchor.current = undefined;
    }
    measured.current = undefined;
    keep();
    if (page.to === Infinity) toNewest.current = false;
    const all = rows();
    if (all.length > 0) reach(all[0]!.getBoundingClientRect().top, all.at(-1)!.getBoundingClientRect().bottom, area());
    // The rest in a frame of its own: what came in has only just been drawn.
    lookSoon.current();
  }, [page, marks, refused.length]);

  useImperativeHandle(handle, () => ({
    toEnd() {
      toNewest.current = !endsHere.current;
      follow.current = true;
      keep();
      looks.current();
    },
    aim(id) {
      const row = host.current?.querySelector<HTMLElement>(`:scope > [data-m="${id}"]`);
      if (!row) return false;
      const seen = area();
      toNewest.current = false;
      follow.current = false;
      scroller().scrollTop += row.getBoundingClientRect().top - seen.top - Math.max(16, (seen.bottom - seen.top - row.offsetHeight) / 3);
      for (const other of rows()) other.classList.toggle('aim', other === row);
      row.querySelector<HTMLElement>('article')?.focus({ preventScroll: true });
      looks.current();
      return true;
    },
  }), []);

  if (!page) return <div ref={host} class="said"><Loading>{t('app.loading')}</Loading></div>;
  const today = dayNumber(stair.now());
  let before = page.before;
  let lastDay: number | undefined;
  return (
    <div ref={host} class="said" role="region" aria-label={t('talk.messages')}>
      {docs.length === 0 && refused.length === 0 && <EmptyNote>{t('talk.empty')}</EmptyNote>}
      {!oldest && docs.length > 0 && line.state !== 'open' && docs[0]!.born > 1 && <Note>{t('talk.olderOffline')}</Note>}
      {docs.map((doc, i) => {
        const provisional = doc.born === Number.MAX_SAFE_INTEGER;
        const after = before;
        if (!provisional) before = doc.born;
        const on = dayNumber(doc.value.at);
        const newDay = on !== lastDay;
        lastDay = on;
        const { read, of } = readCount(doc, now.members, marks?.marks ?? none);
        const first = doc.id === firstUnread;
        return (
          <div key={doc.id} class="said-row" data-m={doc.id} data-born={provisional ? 0 : doc.born} data-after={after}>
            {newDay && (i > 0 || oldest || page.before === 0) && <DayLine>{on === today ? t('talk.today', { day: day(doc.value.at) }) : day(doc.value.at)}</DayLine>}
            {first && <UnreadLine>{then!.below > 0 ? t('talk.unreadFromAndBefore', { n: then!.below }) : t('talk.unreadFrom')}</UnreadLine>}
            <MessageRow doc={doc} now={now} deeds={deeds} waiting={provisional && waiting.has(doc.id)} read={marks?.told === undefined ? undefined : read} of={provisional ? 0 : of}
              lead={doc.id === lead} quoted={doc.value.replyTo ? (byId.get(doc.value.replyTo) ?? page.quoted.get(doc.value.replyTo)) : undefined} />
          </div>
        );
      })}
      {page.to === Infinity && refused.map((item) => (
        <div key={item.id} class="said-row" data-m={item.id} data-born="0" data-after="0">
          <Refused item={item} sentence={refusal(item.code ?? '', item.params)} onMend={() => onMend(item)} onDrop={() => void stair.drop(item.id)} />
        </div>
      ))}
    </div>
  );
}

const none: ReadonlyMap<number, never> = new Map<number, never>();

/** What the server would not take: the words are kept, the reason stands beside them. */
function Refused({ item, sentence, onMend, onDrop }: { item: OutboxItem; sentence: string; onMend: () => void; onDrop: () => void }) {
  const { t } = useWords();
  const words = (item.input as { text?: string; word?: string }).text ?? (item.input as { word?: string }).word;
  const said = item.name === 'talk.say';
  return (
    <Bubble state="refused" meta={<><span role="alert">{sentence}</span>{said && <Button kind="strong" onClick={onMend}>{t('talk.mendAndSend')}</Button>}<Button onClick={onDrop}>{t('talk.discard')}</Button></>}>
      {!said && <b>{t('talk.notDone')}{words ? '：' : ''}</b>}{words ?? (said ? t('talk.sentFile') : '')}
    </Bubble>
  );
}

