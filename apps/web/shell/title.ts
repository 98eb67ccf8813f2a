import { urgentOwed } from '@noroshi/features/talk/web';
import { useLive, useWords } from '@noroshi/foundations/web';
import { useEffect } from 'preact/hooks';

const own = document.title;

/** Says in the title of the tab, and on the icon where the browser can, what waits: a tab behind others shows only that. */
export function useTitle(unread: number): void {
  const { t } = useWords();
  const urgent = useLive(urgentOwed) ?? 0;
  useEffect(() => {
    document.title = urgent > 0 ? t('app.titleUrgent') : unread > 0 ? t('app.titleUnread', { n: unread }) : own;
    // Not every browser has it, and one that is not installed may refuse.
    void navigator.setAppBadge?.(unread + urgent).catch(() => undefined);
  }, [unread, urgent, t]);
  useEffect(() => () => {
    document.title = own;
    void navigator.setAppBadge?.(0).catch(() => undefined);
  }, []);
}
