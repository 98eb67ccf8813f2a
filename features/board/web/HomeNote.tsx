import { incident, type Incident } from '@noroshi/features/incident';
import { isCounted } from '@noroshi/foundations/sync';
import { Band } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import { isOver } from '../board-post.ts';
import { readBoards } from './known.ts';

/** One line where notices lie that I was not shown; not while a disaster is under way, when only what is owed stands there. */
export default function HomeNote() {
  const { t, language } = useWords();
  const n = useLive(async (stair) => {
    if ((await stair.replica.all<Incident>(incident.noun)).some(({ value }) => value.closedAt === undefined && !value.drill)) return 0;
    const { boards } = await readBoards(stair, language);
    return boards.filter(({ closed }) => !closed).reduce((sum, board) => sum + board.posts.filter((doc) => !doc.value.must && !isOver(doc.value, stair.now()) && board.me && isCounted(board.me, doc.born) && !board.hasRead(doc)).length, 0);
  }, [language]);
  return n ? <Band kind="duty" icon="board" href="/board">{t('board.unreadOnHome', { n })}</Band> : null;
}
