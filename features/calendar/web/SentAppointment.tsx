import type { OutboxItem } from '@noroshi/foundations/sync/web';
import { useWords } from '@noroshi/foundations/web';
import { fullWhen } from './says.ts';

/** What was written and the server did not take: it stands where it was refused, until it is sent again or put away. */
export default function SentAppointment({ item }: { item: OutboxItem }) {
  const words = useWords();
  const { title, start, end, place, note } = item.input as { title: string; start: string; end: string; place?: string; note?: string };
  return <>{fullWhen({ start, end }, words)}　{title}{place && `　${place}`}{note && <><br />{note}</>}</>;
}
