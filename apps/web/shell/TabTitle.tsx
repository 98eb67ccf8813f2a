import { message, room as roomNoun, type Message, type Room } from '@noroshi/features/talk';
import { owesAnswer } from '@noroshi/features/talk/web';
import { currentStay, memberId, roomStream, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { useLive, useWords } from '@noroshi/foundations/web';
import { useEffect } from 'preact/hooks';
import { useLastingStores } from './lasting-stores.ts';

const own = document.title;

/** How many urgent messages wait for my answer. */
async function urgentOwed({ replica, actor }: LowerEnd): Promise<number> {
  const rooms = (await replica.all<Room>(roomNoun.noun)).filter((r) => r.value.closedAt === undefined);
  const counts = await Promise.all(rooms.map(async ({ id }) => {
    const me = await replica.get<Member>('member', memberId(roomStream(id), actor.person));
    return me && currentStay(me) ? (await replica.asking<Message>(roomStream(id))).filter((d) => d.noun === message.noun && d.value.urgency === 'urgent' && owesAnswer(d, me)).length : 0;
  }));
  return counts.reduce((sum, n) => sum + n, 0);
}

/** What needs no haste: asks that what lies here stays, and says in the title of the tab, and on the icon where the browser can, what waits: a tab behind others shows only that. */
export function TabTitle({ unreadIn }: { readonly unreadIn: (stair: LowerEnd) => Promise<number> }) {
  const { t } = useWords();
  useLastingStores();
  const unread = useLive(unreadIn) ?? 0;
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
  return null;
}
