import { message, type Message } from '@noroshi/features/talk';
import { hasRead, isCounted, memberId, currentStay, type Doc, type Member, type Range, type StreamKey } from '@noroshi/foundations/sync';
import type { LowerEnd, OutboxItem } from '@noroshi/foundations/sync/web';
import { useLive, useStair } from '@noroshi/foundations/web';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/**
 * How many more messages come in at an edge, so few that drawing them takes a small part of 50 ms on a slow phone too,
 * and how many stand in the page at most: a page of any talk costs the same.
 */
const step = 6;
/** So many are there at first. */
const atFirst = 24;
const most = 90;

/** The part of a talk that stands in the page, by numbers of the stream. `to` is Infinity where it goes on with what comes. */
interface Edges { readonly from: number; readonly to: number }

/** The talk as the page draws it. */
export interface Page {
  readonly docs: readonly Doc<Message>[];
  readonly items: readonly OutboxItem[];
  /** What is quoted here and stands outside the window. */
  readonly quoted: ReadonlyMap<string, Message>;
  /** The number of the message before the first one here, as far as this device holds it. */
  readonly before: number;
  readonly from: number;
  readonly to: number;
}

/** What was unread when the talk was opened: it stays marked while one is there. */
export interface UnreadThen {
  readonly mark: { readonly delivered: number; readonly read: number; readonly ranges: readonly Range[] };
  /** Unread messages older than what this device holds. */
  readonly below: number;
}

const bornOf = (key: unknown): number => (key as [string, string, number])[2];

/**
 * A window on a talk that slides along it. Older pages are fetched from the server where this device lacks them.
 * @param start a message, or `end`; left out, the first unread one or the end
 */
export function useWindow(stream: StreamKey, start: string | undefined) {
  const stair = useStair();
  const [edges, show] = useState<Edges>();
  const [then, setThen] = useState<UnreadThen>();
  const [oldest, setOldest] = useState(false);
  const moving = useRef(false);
  // Known at once, before it is drawn: a page that was being fetched for where the window stood must not draw it back there.
  const now = useRef<Edges | undefined>(undefined);
  const setEdges = useCallback((next: Edges | undefined): void => {
    now.current = next;
    show(next);
  }, []);
  // What stands in the page by its numbers, and for which edges that was read.
  const standing = useRef<readonly number[]>([]);
  const drawn = useRef<Page | undefined>(undefined);
  const isDrawn = (at: Edges): boolean => drawn.current?.from === at.from && drawn.current.to === at.to;
  const { doc } = stair.replica.db;
  const between = useCallback((from: number, to: number, open = false) =>
    doc.where('[stream+noun+born]').between([stream, message.noun, from], [stream, message.noun, to], !open, !open), [doc, stream]);

  /** Puts the window around a message. */
  const around = useCallback(async (born: number): Promise<void> => {
    const up = (await between(-Infinity, born, true).reverse().limit(atFirst / 2).keys()).map(bornOf);
    const down = (await between(born, Infinity).limit(atFirst).keys()).map(bornOf);
    setEdges({ from: up.at(-1) ?? born, to: down.length < atFirst ? Infinity : down.at(-1)! });
  }, [between]);

  const toNewest = useCallback(async (): Promise<void> => {
    const last = (await between(-Infinity, Infinity).reverse().limit(atFirst).keys()).map(bornOf);
    setEdges({ from: last.at(-1) ?? 0, to: Infinity });
  }, [between]);

  const held = useLive(async (s) => (await s.replica.db.stream.get(stream)) !== undefined, [stream]);
  // Where one starts: a message that was asked for, the first unread one, or the newest.
  useEffect(() => {
    let current = true;
    setEdges(undefined);
    setOldest(false);
    // What is unread is known with the talk itself: on a new device everything would be.
    if (!held) return;
    void (async () => {
      const opened = await openedAt(stair, stream);
      if (!current) return;
      setThen(opened.then);
      const asked = start && start !== 'end' ? await fetched(stair, stream, start) : undefined;
      if (!current) return;
      if (asked) await around(asked.born);
      else if (opened.first && start !== 'end') await around(opened.first);
      else await toNewest();
    })();
    return () => { current = false; };
  }, [stair, stream, held]);

  const older = useCallback(async (): Promise<void> => {
    const at = now.current;
    if (!at || moving.current || !isDrawn(at)) return;
    moving.current = true;
    try {
      let keys = (await between(-Infinity, at.from, true).reverse().limit(step).keys()).map(bornOf);
      if (keys.length < step) {
        const held = await stair.replica.db.stream.get(stream);
        const me = await stair.replica.get<Member>('member', memberId(stream, stair.actor.person));
        if (held && held.floor > (currentStay(me)?.visibleFrom ?? 1)) {
          await stair.older(stream, 50);
          keys = (await between(-Infinity, at.from, true).reverse().limit(step).keys()).map(bornOf);
        } else setOldest(true);
      }
      if (keys.length === 0 || now.current !== at) return;
      // What stands already is known: only what comes in is looked for on the disk.
      const all = [...keys.toReversed(), ...standing.current];
      setEdges({ from: all[0]!, to: all.length > most ? all[most - 1]! : at.to });
    } finally {
      moving.current = false;
    }
  }, [between, stair, stream]);

  const newer = useCallback(async (): Promise<void> => {
    const at = now.current;
    if (!at || at.to === Infinity || moving.current || !isDrawn(at)) return;
    moving.current = true;
    try {
      const keys = (await between(at.to, Infinity, true).limit(step).keys()).map(bornOf);
      const all = [...standing.current, ...keys];
      if (now.current === at) setEdges({ from: all.length > most ? all.at(-most)! : at.from, to: keys.length < step ? Infinity : keys.at(-1)! });
    } finally {
      moving.current = false;
    }
  }, [between]);

  /** At the newest, what has long gone by leaves the page. */
  const trim = useCallback((): void => {
    const at = now.current;
    if (!at || at.to !== Infinity || !isDrawn(at) || standing.current.length < most + step) return;
    setEdges({ from: standing.current.at(-most)!, to: Infinity });
  }, []);

  const page = useLive(async (s): Promise<Page | undefined> => {
    if (!edges) return undefined;
    // Asked at once: each answer waited for by itself would be a turn more for every edge that comes in.
    const [held, [earlier], stands, me, items] = await Promise.all([
      between(edges.from, edges.to).toArray(),
      between(-Infinity, edges.from, true).reverse().limit(1).keys(),
      s.replica.db.stream.get(stream),
      s.replica.get<Member>('member', memberId(stream, s.actor.person)),
      s.replica.outbox.item.where('stream').equals(stream).sortBy('order'),
    ]);
    const before = earlier === undefined ? undefined : bornOf(earlier);
    const living = items.filter((item) => item.state !== 'refused');
    const known = new Set(held.map((d) => d.id));
    const overlaid = (living.length > 0 ? await s.overlay(held, living) : held)
      .filter((d) => d.noun === message.noun && d.stream === stream && (known.has(d.id) || (d.born === Number.MAX_SAFE_INTEGER && edges.to === Infinity)));
    const elsewhere = overlaid.flatMap((d) => {
      const { replyTo } = d.value as Message;
      return replyTo && !known.has(replyTo) ? [[message.noun, replyTo] as [string, string]] : [];
    });
    const quoted = elsewhere.length > 0 ? await doc.bulkGet(elsewhere) : [];
    return {
      docs: overlaid as Doc<Message>[], items, from: edges.from, to: edges.to,
      quoted: new Map(quoted.flatMap((d) => (d && d.stream === stream ? [[d.id, d.value as Message] as const] : []))),
      // At the beginning of what may be seen, the events before the first message were shown with it; where older
      // messages are not held, nothing is said of them.
      before: before ?? (stands && stands.floor <= (currentStay(me)?.visibleFrom ?? 1) ? 0 : (held[0]?.born ?? 1) - 1),
    };
  }, [edges, stream]);

  if (page !== drawn.current) {
    drawn.current = page;
    standing.current = page?.docs.flatMap(({ born }) => (born === Number.MAX_SAFE_INTEGER ? [] : [born])) ?? [];
  }

  return { page: edges ? page : undefined, then, oldest, older, newer, trim, around, toNewest };
}

/** A message that was asked for; older pages are fetched until it is held or there are no more. */
async function fetched(stair: LowerEnd, stream: StreamKey, id: string): Promise<Doc | undefined> {
  for (let floor = Infinity; ;) {
    const found = await stair.replica.db.doc.get([message.noun, id]);
    if (found) return found.stream === stream ? found : undefined;
    const held = await stair.replica.db.stream.get(stream);
    if (!held || held.floor >= floor) return undefined;
    floor = held.floor;
    await stair.older(stream, 200);
  }
}

async function openedAt(stair: LowerEnd, stream: StreamKey): Promise<{ then: UnreadThen; first: number | undefined }> {
  const { db } = stair.replica;
  const held = await db.stream.get(stream);
  const me = await stair.replica.get<Member>('member', memberId(stream, stair.actor.person));
  const shown = (await db.shown.where('stream').equals(stream).toArray()).flatMap((s) => s.ranges);
  const mark = { delivered: 0, read: held?.read ?? 0, ranges: [...(held?.ranges ?? []), ...shown] };
  let first: number | undefined;
  if (held && me) {
    await db.doc.where('[stream+noun+born]').between([stream, message.noun, mark.read + 1], [stream, message.noun, Infinity])
      .until(() => first !== undefined)
      .each((d) => { if (isUnread(d as Doc<Message>, me, mark)) first ??= d.born; });
  }
  return { then: { mark, below: held?.below ?? 0 }, first };
}

/** Whether a message asks me to read it and I had not been shown it. */
export function isUnread(doc: Doc<Message>, me: Member, mark: UnreadThen['mark']): boolean {
  return doc.value.by !== me.person && !doc.value.quiet && isCounted(me, doc.born) && !hasRead(mark, doc.born);
}
