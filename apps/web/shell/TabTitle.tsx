import { useTelling } from '@noroshi/features/directory/untold';
import { urgentOwed, useReachBack } from '@noroshi/features/talk/web';
import type { LowerEnd, Watched } from '@noroshi/foundations/sync/web';
import { useWatched, useWords } from '@noroshi/foundations/web';
import { useEffect } from 'preact/hooks';
import { useArrival } from './arrival.ts';
import { useLastingStores } from './lasting-stores.ts';

const own = document.title;

/** What needs no haste: asks that what lies here stays, brings what still waits for an answer, tells the audit what was seen without a line, and says in the title of the tab, and on the icon where the browser can, what waits: a tab behind others shows only that. Behind it stands where one is. */
export function TabTitle({ unreadIn }: { readonly unreadIn: (stair: LowerEnd) => Watched<number> }) {
  const { t, beside } = useWords();
  const page = useArrival();
  useLastingStores();
  useReachBack();
  useTelling();
  const unread = useWatched(unreadIn) ?? 0;
  const urgent = useWatched(urgentOwed) ?? 0;
  useEffect(() => {
    document.title = beside([urgent > 0 ? t('app.titleUrgent') : unread > 0 ? t('app.titleUnread', { n: unread }) : own, page]);
    // Not every browser has it, and one that is not installed may refuse.
    void navigator.setAppBadge?.(unread + urgent).catch(() => undefined);
  }, [unread, urgent, page, t]);
  useEffect(() => () => {
    document.title = own;
    void navigator.setAppBadge?.(0).catch(() => undefined);
  }, []);
  return null;
}
