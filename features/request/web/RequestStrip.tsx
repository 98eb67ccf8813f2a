import { FourNumbers } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import { addUp, sumsOf } from '../sums.ts';
import { isOver } from './duties.ts';
import { readRequests } from './known.ts';
import { fourWords } from './words.ts';

/** The four numbers of what is asked for in this room, always in view under its title. */
export function RequestStrip({ room }: { readonly room: string }) {
  const words = useWords();
  const requests = useLive((stair) => readRequests(stair, { room }), [room]);
  const open = requests?.filter(({ now }) => !isOver(now)) ?? [];
  if (open.length === 0) return null;
  const href = open.length === 1 ? `/request/${open[0]!.now.id}` : '/request';
  return <FourNumbers size="strip" {...addUp(open.map(({ now }) => sumsOf(now).total))} labels={fourWords(words)} href={href} />;
}
