import { awayNow, type Person } from '@noroshi/features/directory';
import { nameFor, type Book } from '@noroshi/features/directory/web';
import { CallButton, RoomRow, State, Tag } from '@noroshi/foundations/ui';
import { useNow, useWords } from '@noroshi/foundations/web';
import type { Contact } from '../contact.ts';
import { belowName, firstLine, nameOf } from '../says.ts';

/** Someone with an account: the row opens their card. */
export function PersonLine({ who, book, withOrg }: { who: Person; book: Book; withOrg?: boolean }) {
  const { t, language, moment } = useWords();
  const now = useNow(60_000);
  const org = book.orgOf(who.org);
  const away = awayNow(who, now);
  return (
    <RoomRow
      href={`/people/${who.id}`}
      mark={org?.short ?? ''}
      name={who.name}
      tags={<>{who.role === 'guest' && <Tag>{t('talk.guest')}</Tag>}{away && <State kind="short" icon="clock">{t('people.away', { time: moment(away.until) })}</State>}</>}
      says={[withOrg && nameFor(language, org), ...book.postsOf(who.id).map(({ title }) => title)].filter(Boolean).join(' ')}
    />
  );
}

/** Someone outside: the row opens their card, and its end rings them. */
export function ContactLine({ one, waits }: { one: Contact; waits: boolean }) {
  const words = useWords();
  const { t } = words;
  const line = firstLine(one);
  const name = nameOf(one, words);
  return (
    <div class="book-row">
      <RoomRow href={`/contacts/${one.id}`} mark={t(`contacts.mark.${one.kind}`)} name={name} tags={waits && <Tag kind="guess">{t('contacts.waits')}</Tag>} says={belowName(one) || t(`contacts.kind.${one.kind}`)} />
      {line && <CallButton href={`tel:${line.number}`} label={t('contacts.call', { name, kind: t(`contacts.line.${line.kind}`) })} />}
    </div>
  );
}
