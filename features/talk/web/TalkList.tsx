import { Button, DayLine, EmptyNote, Loading, Note, UnreadLine } from '@noroshi/foundations/ui';
import { useLine, useSheet, useStair, useWords } from '@noroshi/foundations/web';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { Id } from '@noroshi/foundations/kernel';
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ComponentType, Ref } from 'preact';
import { readCount } from './audience.ts';
import { MessageRow, type MessageDeeds } from './MessageRow.tsx';
import { runs } from './runs.ts';
import type { RefusedProps } from './Refused.tsx';
import type { Area } from './reading.ts';
import type { MarksNow, RoomNow } from './use-room.ts';
import { useTellingRead } from './use-telling-read.ts';
import { isUnread, type useWindow } from './use-window.ts';

/** More comes in while this much is still ahead, and what lies twice as far the other way leaves the page (CSS pixels). */
const ahead = 1_500;
/** Nearer than this to the end, what comes is followed. */
const near = 48;

/**
 * What the page is meant to show. Whatever grows or comes in, it is kept until someone scrolls by hand: `place` is where
 * their hand left it.
 */
type Aim = 'end' | 'unread' | 'place' | { readonly message: Id };

/** What the page around the list may ask of it. */
export interface ListHandle { toEnd(): void; aim(id: Id): boolean }

interface TalkListProps {
  readonly now: RoomNow;
  readonly marks: MarksNow | undefined;
  readonly talk: ReturnType<typeof useWindow>;
  /** What one came for, where it is not the first unread or the end. */
  readonly start: Aim | undefined;
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

const loadRefused = async (): Promise<{ default: ComponentType<RefusedProps> }> => ({ default: (await import('./Refused.tsx')).Refused });

/** The messages, sliding along the talk. */
export function TalkList({ now, marks, talk, start, deeds, lead, owed, refused, onMend, onView, handle }: TalkListProps) {
  const { t, day, dayNumber, refusal } = useWords();
  const stair = useStair();
  const line = useLine();
  const { page, then, oldest, older, newer, trim } = talk;
  const host = useRef<HTMLDivElement>(null);
  const aim = useRef<Aim | undefined>(start);
  const anchor = useRef<{ id: string; top: number } | undefined>(undefined);
  /** What is under a finger: a line that comes in must not take it away before the press is done. */
  const pressed = useRef<{ id: string; top: number } | undefined>(undefined);
  /** Where the page was left: who else moved it is a hand. */
  const stood = useRef(0);
  /** Until a hand or a wish moves it, the page shows what one comes to a talk for. */
  const coming = useRef(true);
  const openedAt = useMemo(() => stair.now(), [now.room.id]);
  /** What is to be pointed at as soon as it is drawn. */
  const pointed = useRef<Id | undefined>(undefined);
  const endsHere = useRef(false);
  /** Whether the end was in view when it was last looked. */
  const ending = useRef(false);
  endsHere.current = page?.to === Infinity;
  /** Runs of steps that someone has unfolded, by their first. */
  const [unfolded, unfold] = useState<ReadonlySet<string>>(new Set());
  const docs = page?.docs ?? [];
  // What is said of a deed waits with it, under an id of its own.
  const waiting = new Set(page?.items.filter((item) => item.state === 'waiting').flatMap(({ id, events }) => [id, ...events.map(({ body }) => (body as { id?: string }).id)]));
  const byId = useMemo(() => new Map(docs.map((d) => [d.id, d.value])), [docs]);
  const firstUnread = then && now.me ? docs.find((d) => isUnread(d, now.me!, then.mark)) : undefined;
  const all = runs(docs, unfolded, ({ value }) => dayNumber(value.at));
  const folded = useRef(all);
  folded.current = all;
  const Refused = useSheet(refused.length > 0 ? loadRefused : undefined);

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

  /** The rows, and where each stands now. */
  const standing = (): { readonly all: readonly HTMLElement[]; readonly boxes: readonly Area[] } => {
    const from = host.current?.getBoundingClientRect().top ?? 0;
    const { all, spans } = measured.current ?? measure(from);
    return { all, boxes: spans.map(({ top, bottom }) => ({ top: top + from, bottom: bottom + from })) };
  };
  const { watch, stand, leave } = useTellingRead(now.room.id, area);

  /** Has more come in where an edge is near. */
  const reach = (all: readonly HTMLElement[], boxes: readonly Area[], seen: Area): void => {
    if (boxes[0]!.top > seen.top - ahead) void older(Number(all[boxes.findIndex(({ top }) => top > seen.bottom + 2 * ahead)]?.dataset.born) || Infinity);
    if (boxes.at(-1)!.bottom < seen.bottom + ahead) void newer(farAbove(all, boxes, seen));
  };
  const farAbove = (all: readonly HTMLElement[], boxes: readonly Area[], seen: Area): number => Number(all[boxes.findLastIndex(({ bottom }) => bottom < seen.top - 2 * ahead)]?.dataset.born ?? 0);

  const rowOf = (id: string): HTMLElement | null | undefined => host.current?.querySelector<HTMLElement>(`:scope > [data-m="${id}"]`);
  const left = ({ scrollHeight, clientHeight, scrollTop }: Element): number => scrollHeight - clientHeight - scrollTop;

  /** Whether a hand has moved the page since it was last left. What has become shorter ends sooner: that is no hand. */
  const byHand = (at: Element): boolean => {
    const by = at.scrollTop - stood.current;
    return Math.abs(by) > 1 && (by > 0 || left(at) > 1);
  };

  /** By how much the page is not where it is meant to be. */
  const off = (at: Element): number => {
    const { current: meant } = aim;
    const under = pressed.current && rowOf(pressed.current.id);
    if (under) return under.getBoundingClientRect().top - pressed.current!.top;
    if (meant === 'end') return left(at);
    if (meant === 'unread' || typeof meant === 'object') {
      const row = meant === 'unread' ? host.current?.querySelector<HTMLElement>('.unreadline') : rowOf(meant.message);
      if (!row) return 0;
      const seen = area();
      return row.getBoundingClientRect().top - seen.top - (meant === 'unread' ? 8 : Math.max(16, (seen.bottom - seen.top - row.offsetHeight) / 3));
    }
    const row = meant && anchor.current && rowOf(anchor.current.id);
    // What a hand moved is meant; what came in above is not.
    return row ? row.getBoundingClientRect().top - anchor.current!.top + at.scrollTop - stood.current : 0;
  };

  /**
   * Puts the page where it is meant to be. Asked whenever anything has another size or has come in: cards and
   * photographs grow when they are here, the head and the composer do, and each of them would otherwise carry it off.
   */
  const keep = (): void => {
    const at = scroller();
    if (byHand(at)) handed(at);
    const by = off(at);
    if (Math.abs(by) >= 1) at.scrollTop += by;
    stood.current = at.scrollTop;
  };
  const handed = (at: Element): void => {
    coming.current = false;
    pressed.current = undefined;
    aim.current = endsHere.current && left(at) <= near ? 'end' : 'place';
  };

  /** Looks where the page stands: what to hold on to, what is near an edge, what is in view. */
  const look = (): void => {
    const at = scroller();
    if (byHand(at)) handed(at);
    // What is told from here opens and closes lines at the foot, which move the talk as well.
    if (pressed.current) return;
    if (aim.current === 'place') keep();
    stood.current = at.scrollTop;
    const { all, boxes } = standing();
    if (all.length === 0) return;
    const seen = area();
    const first = boxes.findIndex((box) => box.bottom > seen.top);
    const held = first < 0 ? all.length - 1 : first;
    anchor.current = { id: all[held]!.dataset.m!, top: boxes[held]!.top };
    const atEnd = endsHere.current && left(at) <= near;
    stand(all.map((row, i) => ({ born: row.querySelector('.unshown') ? 0 : Number(row.dataset.born), after: Number(row.dataset.after), top: boxes[i]!.top, bottom: boxes[i]!.bottom })).filter((p) => p.born > 0));
    const inView = new Set(all.filter((_, i) => boxes[i]!.bottom > seen.top + 24 && boxes[i]!.top < seen.bottom - 24).map((row) => row.dataset.m));
    ending.current = atEnd;
    onView({ owedInView: owed.some((id) => inView.has(id)), atEnd });
    reach(all, boxes, seen);
    if (atEnd && aim.current === 'end') trim(farAbove(all, boxes, seen));
    watch();
  };

  // ---- when to look

  const looks = useRef(look);
  looks.current = look;
  const lookSoon = useRef((): void => undefined);
  const watches = useRef(watch);
  watches.current = watch;
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
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
    // Where the browser thinks one was is not what one comes to a talk for.
    history.scrollRestoration = 'manual';
    // What comes in above is kept in place here, not by the browser beside it.
    document.documentElement.style.overflowAnchor = 'none';
    let lifted: ReturnType<typeof setTimeout> | undefined;
    host.current!.addEventListener('pointerdown', ({ target, button }) => {
      clearTimeout(lifted);
      const at = scroller();
      if (byHand(at)) handed(at);
      stood.current = at.scrollTop;
      const row = button === 0 && (target as Element).closest<HTMLElement>('[data-m]');
      pressed.current = row ? { id: row.dataset.m!, top: row.getBoundingClientRect().top } : undefined;
    }, { signal });
    // On a touch screen the click comes a moment after the finger has left.
    for (const name of ['pointerup', 'pointercancel'] as const) addEventListener(name, () => {
      clearTimeout(lifted);
      lifted = setTimeout(() => { pressed.current = undefined; keep(); soon(); }, 100);
    }, { signal });
    const sizes = new ResizeObserver(() => { measured.current = undefined; keep(); soon(); });
    const pane = host.current?.closest('.pane');
    for (const part of [host.current, ...(pane?.children ?? [])]) if (part) sizes.observe(part);
    return () => {
      leaving.abort();
      history.scrollRestoration = 'auto';
      document.documentElement.style.overflowAnchor = '';
      sizes.disconnect();
      cancelAnimationFrame(asked);
      clearTimeout(lifted);
      leave();
    };
  }, [now.room.id]);

  useLayoutEffect(() => {
    if (!page || docs.length === 0) return;
    if (!aim.current) aim.current = firstUnread ? 'unread' : 'end';
    // What was said before one came and is only now here is what one comes for; what comes after that is followed.
    else if (coming.current && aim.current === 'end' && firstUnread && firstUnread.value.at < openedAt) aim.current = 'unread';
    // All that was unread is in view, and someone speaks: it is followed.
    else if (aim.current === 'unread' && ending.current && docs.at(-1)!.value.at > openedAt) aim.current = 'end';
    measured.current = undefined;
    keep();
    const awaited = pointed.current && rowOf(pointed.current);
    if (awaited) point(awaited);
    const { all, boxes } = standing();
    if (all.length > 0) reach(all, boxes, area());
    // The rest in a frame of its own: what came in has only just been drawn.
    lookSoon.current();
  }, [page, marks, refused.length, unfolded]);

  const point = (row: HTMLElement): void => {
    pointed.current = undefined;
    for (const other of rows()) other.classList.toggle('aim', other === row);
    row.querySelector<HTMLElement>('article')?.focus({ preventScroll: true });
  };

  useImperativeHandle(handle, () => ({
    toEnd() {
      coming.current = false;
      aim.current = 'end';
      stood.current = scroller().scrollTop;
      keep();
      looks.current();
    },
    aim(id) {
      const run = folded.current.find((some) => some.length > 1 && some.some((doc) => doc.id === id));
      if (run) unfold((before) => new Set(before).add(id));
      const row = rowOf(id);
      if (!row && !run) return false;
      coming.current = false;
      aim.current = { message: id };
      stood.current = scroller().scrollTop;
      keep();
      if (row && !run) point(row);
      else pointed.current = id;
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
      {all.map((run, i) => {
        const doc = run[0]!;
        const provisional = doc.born === Number.MAX_SAFE_INTEGER;
        const after = before;
        if (!provisional) before = run.at(-1)!.born;
        const on = dayNumber(doc.value.at);
        const newDay = on !== lastDay;
        lastDay = on;
        const { read, of, proxy } = doc.value.quiet ? nobody : readCount(doc, now, marks?.marks ?? none);
        const first = doc === firstUnread;
        return (
          <div key={doc.id} class={`said-row${doc.value.quiet ? ' informs' : ''}${i === 0 || (doc.value.quiet && all[i - 1]![0]!.value.quiet) ? ' close' : ''}`} data-m={doc.id} data-born={provisional ? 0 : before} data-after={after}>
            {newDay && (i > 0 || oldest || page.before === 0) && <DayLine>{on === today ? t('talk.today', { day: day(doc.value.at) }) : day(doc.value.at)}</DayLine>}
            {first && <UnreadLine>{then!.below > 0 ? t('talk.unreadFromAndBefore', { n: then!.below }) : t('talk.unreadFrom')}</UnreadLine>}
            {run.length > 1 ? <Button kind="quiet" onClick={() => unfold((some) => new Set(some).add(doc.id))}>{t('talk.stepsMore', { n: run.length })}</Button> : (
              <MessageRow doc={doc} now={now} deeds={deeds} waiting={provisional && waiting.has(doc.id)} read={marks?.told === undefined ? undefined : read} of={provisional ? 0 : of} proxy={proxy}
                lead={doc.id === lead} quoted={doc.value.replyTo ? (byId.get(doc.value.replyTo) ?? page.quoted.get(doc.value.replyTo)) : undefined} />
            )}
          </div>
        );
      })}
      {page.to === Infinity && refused.map((item) => (
        <div key={item.id} class="said-row" data-m={item.id} data-born="0" data-after="0">
          {/* The words stand there in any case, also before the part that says more is here. */}
          {!Refused ? <Note>{(item.input as { text?: string }).text}</Note> : <Refused item={item} sentence={refusal(item.code ?? '', item.params)} onMend={() => onMend(item)} onDrop={() => void stair.drop(item.id)} />}
        </div>
      ))}
    </div>
  );
}

const none: ReadonlyMap<number, never> = new Map<number, never>();
/** Of what only informs nobody's reading is asked. */
const nobody = { read: 0, of: 0, proxy: 0 };
