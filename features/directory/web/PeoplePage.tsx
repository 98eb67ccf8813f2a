import { EmptyNote, Field, Loading, RoomRow, Tag } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import type { Person } from '../person.ts';
import { nameFor, readBook, type Book } from './book.ts';
import { BookPage } from './BookPage.tsx';

import { isMeant } from './search.ts';

/** The address book: organizations, and the people in them. It is on the device and works without a network. */
export default function PeoplePage() {
  const { t } = useWords();
  const { actor } = useStair();
  const book = useLive(readBook);
  const [typed, type] = useState('');
  return (
    <BookPage title={t('people.title')} back="/more">
      {!book && <Loading>{t('app.loading')}</Loading>}
      {book && actor.role === 'guest' && <EmptyNote>{t('people.notForGuests')}</EmptyNote>}
      {book && actor.role !== 'guest' && (
        <>
          <div class="seek">
            <Field label={t('people.search')}>
              {(wiring) => <input {...wiring} type="search" value={typed} onInput={(event) => type(event.currentTarget.value)} />}
            </Field>
          </div>
          {typed.trim() ? <Found book={book} typed={typed} /> : <Tree book={book} mine={actor.org} />}
        </>
      )}
    </BookPage>
  );
}

function Found({ book, typed }: { book: Book; typed: string }) {
  const { t } = useWords();
  const found = book.organizations.flatMap((org) => book.peopleOf(org.id).filter((who) => isMeant(typed, who, org, book.postsOf(who.id))));
  return (
    <>
      <p class="sub found" role="status">{found.length === 0 ? t('people.nobody') : t('people.found', { n: found.length })}</p>
      <div class="rows">{found.map((who) => <OneRow key={who.id} who={who} book={book} withOrg />)}</div>
    </>
  );
}

/** Every organization opens on its people; one's own stands open. */
function Tree({ book, mine }: { book: Book; mine: string }) {
  const { t, language } = useWords();
  return (
    <>
      {book.organizations.map((org) => {
        const people = book.peopleOf(org.id);
        if (people.length === 0) return null;
        return (
          <details key={org.id} class="org" open={org.id === mine || undefined}>
            <summary><b>{nameFor(language, org)}</b> <span class="sub">{t('people.count', { n: people.length })}</span></summary>
            <div class="rows">{people.map((who) => <OneRow key={who.id} who={who} book={book} />)}</div>
          </details>
        );
      })}
    </>
  );
}

function OneRow({ who, book, withOrg }: { who: Person; book: Book; withOrg?: boolean }) {
  const { t, language } = useWords();
  const org = book.orgOf(who.org);
  const title = book.postsOf(who.id)[0]?.title;
  return (
    <RoomRow
      href={`/people/${who.id}`}
      mark={org?.short ?? ''}
      name={who.name}
      tags={who.role === 'guest' && <Tag>{t('talk.guest')}</Tag>}
      says={[withOrg && nameFor(language, org), title].filter(Boolean).join(' ')}
    />
  );
}
