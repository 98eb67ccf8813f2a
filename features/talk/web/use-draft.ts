import { useStair } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { draftPlace, emptyDraft, isEmpty, type Draft } from './draft.ts';

/** While one writes, the words are put on the disk this often (milliseconds); the first at once. */
const pause = 200;

/**
 * The words being written in a room. They are kept on this device and there again after anything.
 * @returns the words; changes them; and gives them to the outbox by `give`, leaving `rest` to be written on: they leave `place` in the same
 * step, and what is written meanwhile is put there behind that
 */
export function useDraft(room: Id): [Draft, (draft: Draft) => void, <T>(rest: Draft, give: (place: string) => Promise<T>) => Promise<T>] {
  const stair = useStair();
  const { draft: table } = stair.replica.outbox;
  const place = draftPlace(room);
  const [kept, setKept] = useState<{ place: string; draft: Draft }>();
  const unwritten = useRef<Draft | undefined>(undefined);
  // What is typed while the kept words are still being read stands.
  const typed = useRef<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // What is being given to the outbox: the disk is written behind it.
  const giving = useRef<Promise<unknown>>(Promise.resolve());
  const write = useCallback(() => {
    const draft = unwritten.current;
    unwritten.current = undefined;
    if (!draft) return;
    const empty = isEmpty(draft);
    if (empty) stair.drafts.delete(place);
    else stair.drafts.set(place, JSON.stringify(draft));
    const put = (): unknown => (empty ? table.delete(place) : table.put({ place, text: JSON.stringify(draft), at: Date.now() }));
    void giving.current.then(put);
  }, [stair, table, place]);
  useEffect(() => {
    let current = true;
    void table.get(place).then((row) => {
      const text = row?.text ?? stair.drafts.get(place);
      if (current && typed.current !== place) setKept({ place, draft: text ? { ...emptyDraft, ...(JSON.parse(text) as Draft) } : emptyDraft });
    });
    addEventListener('pagehide', write);
    return () => {
      current = false;
      removeEventListener('pagehide', write);
      write();
    };
  }, [table, place, write]);
  const change = useCallback((draft: Draft) => {
    typed.current = place;
    setKept({ place, draft });
    unwritten.current = draft;
    if (timer.current !== undefined) return;
    write();
    timer.current = setTimeout(() => {
      timer.current = undefined;
      write();
    }, pause);
  }, [place, write]);
  const hand = useCallback(<T>(rest: Draft, give: (place: string) => Promise<T>): Promise<T> => {
    // All of it is on the disk until it is in the outbox.
    write();
    const given = give(place);
    giving.current = given.catch(() => undefined);
    change(rest);
    return given;
  }, [place, write, change]);
  return [kept?.place === place ? kept.draft : emptyDraft, change, hand];
}
