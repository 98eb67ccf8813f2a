import type { OutboxItem } from '@noroshi/foundations/sync/web';
import { useWords } from '@noroshi/foundations/web';
import { plainBody, type Block } from '../rich.ts';

/** What was written and the server did not take: it stands where it was refused, until it is sent again or put away. */
export default function SentPost({ item }: { item: OutboxItem }) {
  const { t } = useWords();
  const { title, body } = item.input as { title: string; body: Block[] };
  return <>{t('board.title')}　{title}<br />{plainBody(body)}</>;
}
