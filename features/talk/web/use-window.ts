import { message, type Message } from '@noroshi/features/talk';
import { hasRead, isCounted, memberId, currentStay, type Doc, type Member, type Range, type StreamKey } from '@noroshi/foundations/sync';
import { each, joined, mappedLater, Settable, type LowerEnd, type OutboxItem, type Watched } from '@noroshi/foundations/sync/web';
import { useLive, useStair, useWatched } from '@noroshi/foundations/web';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';

/** How many more messages come in at an edge, so few that drawing them takes a small part of 50 ms on a slow phone too. */
const step = 5;
/** So many are there at first. */
const atFirst = 24;

/** A stretch of a talk, by numbers of the stream. `to` is Infinity where it goes on with what comes. */
interface Stretch { readonly from: number; readonly to: number }

/** What this device holds of a stretch. Each is read and watched for itself: what comes in at an edge reads nothing anew of what stands. */
interface Held extends Stretch {
  readonly docs: readonly Doc[];
  /** What is quoted here and stands outside of it. */
  readonly quoted: readonly Doc[];
  /** The number of the message before it. */
  readonly earlier: number | undefined;
}

/** The talk as the page draws it. */
export interface Page {
  readonly docs: readonly Doc<Message>[];
  readonly items: readonly OutboxItem[];
  /** What is quoted here and stands outside the window. */
  readonly quoted: ReadonlyMap<string, Message>;
  /** The number of the message before the first one here, as far as this device holds it. */
  readonly before: number;
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
  const [then, setThen] = useState<UnreadThen>();
  const [oldest, setOldest] = useState(false);
  const moving = useRef(false);
  // The stretches that stand in the page, one after another without a gap.
  const window = useMemo(() => new Settable<readonly Stretch[]>([]), [stair, stream]);
  // What was last read for them: a page that was being fetched for where the window stood must not draw it back there.
  const drawn = useRef<readonly Held[]>([]);
  const isDrawn = (at: readonly Stretch[]): boolean => at.length > 0 && at.length === drawn.current.length && at.every((one, i) => one.from === drawn.current[i]!.from && one.to === drawn.current[i]!.to);
  const { doc } = stair.replica.db;
  const between = useCallback((from: number, to: number, open = false) =>
    doc.where('[stream+noun+born]').between([stream, message.noun, from], [stream, message.noun, to], !open, !open), [doc, stream]);

  /** Puts the window around a message. */
  const around = useCallback(async (born: number): Promise<void> => {
    const up = (await between(-Infinity, born, true).reverse().limit(atFirst / 2).keys()).map(bornOf);
    const down = (await between(born, Infinity).limit(atFirst).keys()).map(bornOf);
    window.set([{ from: up.at(-1) ?? born, to: down.length < atFirst ? Infinity : down.at(-1)! }]);
  }, [between, window]);

  const toNewest = useCallback(async (): Promise<void> => {
    const last = (await between(-Infinity, Infinity).reverse().limit(atFirst).keys()).map(bornOf);
    window.set([{ from: last.at(-1) ?? 0, to: Infinity }]);
  }, [between, window]);

  const held = useLive(async (s) => (await s.replica.db.stream.get(stream)) !== undefined, [stream]);
  // Where one starts: a message that was asked for, the first unread one, or the newest.
  useEffect(() => {
    let current = true;
    window.set([]);
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

  /** More come in at the older edge. @param far what is said after this is so far from what one sees that it may leave the page */
  const older = useCallback(async (far: number): Promise<void> => {
    const at = window.value;
    if (moving.current || !isDrawn(at)) return;
    moving.current = true;
    try {
      const { from } = at[0]!;
      let keys = (await between(-Infinity, from, true).reverse().limit(step).keys()).map(bornOf);
      if (keys.length < step) {
        const held = await stair.replica.db.stream.get(stream);
        const me = await stair.replica.get<Member>('member', memberId(stream, stair.actor.person));
        if (held && held.floor > (currentStay(me)?.visibleFrom ?? 1)) {
          await stair.older(stream, 50);
          keys = (await between(-Infinity, from, true).reverse().limit(step).keys()).map(bornOf);
        } else setOldest(true);
      }
      if (keys.length > 0 && window.value === at) window.set([{ from: keys.at(-1)!, to: from - 1 }, ...at.filter((one) => one.from <= far)]);
    } finally {
      moving.current = false;
    }
  }, [between, stair, stream, window]);

  /** The same at the newer edge. @param far what is said up to this may leave the page */
  const newer = useCallback(async (far: number): Promise<void> => {
    const at = window.value;
    if (moving.current || !isDrawn(at) || at.at(-1)!.to === Infinity) return;
    moving.current = true;
    try {
      const { to } = at.at(-1)!;
      const keys = (await between(to, Infinity, true).limit(step).keys()).map(bornOf);
      if (window.value === at) window.set([...at.filter((one) => one.to > far), { from: to + 1, to: keys.length < step ? Infinity : keys.at(-1)! }]);
    } finally {
      moving.current = false;
    }
  }, [between, window]);

  /** At the newest, what has long gone by leaves the page, and what has come becomes a stretch that stands. */
  const trim = useCallback((far: number): void => {
    const at = window.value;
    const last = drawn.current.at(-1);
    if (!isDrawn(at) || last!.to !== Infinity || last!.docs.length < 2 * step) return;
    const { born } = last!.docs.at(-step)!;
    window.set([...at.slice(0, -1), { from: last!.from, to: born - 1 }, { from: born, to: Infinity }].filter((one) => one.to > far));
  }, [window]);

  const page = useWatched((s) => {
    const read = ({ from, to }: Stretch): Watched<Held> => s.together(`talk/${stream} ${from} ${to}`, async () => {
      const [docs, [earlier]] = await Promise.all([between(from, to).toArray(), between(-Infinity, from, true).reverse().limit(1).keys()]);
      const known = new Set(docs.map((d) => d.id));
      const elsewhere = docs.flatMap(({ value }) => {
        const { replyTo } = value as Message;
        return replyTo && !known.has(replyTo) ? [[message.noun, replyTo] as [string, string]] : [];
      });
      const quoted = elsewhere.length > 0 ? await doc.bulkGet(elsewhere) : [];
      return { from, to, docs, quoted: quoted.filter((d) => d !== undefined), earlier: earlier === undefined ? undefined : bornOf(earlier) };
    });
    const beside = s.together(`talk/${stream}`, async () => {
      const [stands, me, items] = await Promise.all([
        s.replica.db.stream.get(stream),
        s.replica.get<Member>('member', memberId(stream, s.actor.person)),
        s.replica.outbox.item.where('stream').equals(stream).sortBy('order'),
      ]);
      return { items, whole: stands !== undefined && stands.floor <= (currentStay(me)?.visibleFrom ?? 1) };
    });
    return mappedLater(joined([each(window, ({ from, to }) => `${from} ${to}`, read), beside]), async ([parts, { items, whole }]): Promise<{ page: Page; parts: readonly Held[] } | undefined> => {
      if (parts.length === 0) return undefined;
      const held = parts.flatMap(({ docs }) => docs);
      const to = parts.at(-1)!.to;
      const living = items.filter((item) => item.state !== 'refused');
      const known = new Set(held.map((d) => d.id));
      const overlaid = living.length === 0 ? held : (await s.overlay(held, living))
        .filter((d) => d.noun === message.noun && d.stream === stream && (known.has(d.id) || (d.born === Number.MAX_SAFE_INTEGER && to === Infinity)));
      return { parts, page: {
        docs: overlaid as Doc<Message>[], items, to,
        quoted: new Map(parts.flatMap(({ quoted }) => quoted.flatMap((d) => (d.stream === stream ? [[d.id, d.value as Message] as const] : [])))),
        // At the beginning of what may be seen, the events before the first message were shown with it; where older
        // messages are not held, nothing is said of them.
        before: parts[0]!.earlier ?? (whole ? 0 : (held[0]?.born ?? 1) - 1),
      } };
    });
  }, [window]);

  drawn.current = page?.parts ?? [];

  return { page: page?.page, then, oldest, older, newer, trim, around, toNewest };
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
