import { useWords } from '@noroshi/foundations/web';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { Put } from '../keep-contact.ts';
import { belowName } from '../says.ts';

/** What was written and the server did not take: it stands where it was refused, until it is sent again or put away. */
export default function SentContact({ item }: { item: OutboxItem }) {
  const { t } = useWords();
  const said = item.input as Put;
  return <>{t(`contacts.kind.${said.kind}`)}　{said.name}<br />{[belowName(said), ...said.phones.map(({ number }) => number)].filter(Boolean).join('　')}</>;
}
