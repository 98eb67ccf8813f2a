import { Button, EmptyNote, Field, Loading, RoomRow, State, Tag } from '@noroshi/foundations/ui';
import { useLive, useNow, useStair, useWords } from '@noroshi/foundations/web';
import type { Words } from '@noroshi/foundations/i18n';
import { useMemo, useState } from 'preact/hooks';
import { awayNow, type Person } from '../person.ts';
import { seekable, seeks, type Seekable } from '../seek.ts';
import { nameFor, readBook, type Book } from './book.ts';
import { BookPage } from './BookPage.tsx';

/** So many are drawn at first: a telephone that draws a thousand at each letter keeps its owner waiting. */
const atFirst = 60;

/** The address book: organizations, and the people in them. It is on the device and works without a network. */
export default function PeoplePage() {
  const words = useWords();
  const { t } = words;
  const { actor } = useStair();
  const book = useLive(readBook);
  const [typed, type] = useState('');
  const index = useMemo(() => book && indexOf(book, words), [book, words.language]);
  return (
    <BookPage title={t('people.title')} back="/more">
      {!book && <Loading>{t('app.loading')}</Loading>}
      {book && actor.role === 'guest' && <EmptyNote>{t('people.notForGuests')}</EmptyNote>}
      {book && index && actor.role !== 'guest' && (
        <>
          <div class="seek">
            <Field label={t('people.search')} hint={t('people.searchHint')}>
              {(wiring) => <input {...wiring} type="search" autocomplete="off" value={typed} onInput={(event) => type(event.currentTarget.value)} />}
            </Field>
          </div>
          {typed.trim() ? <Found key={typed} book={book} index={index} typed={typed} /> : <Tree book={book} mine={actor.org} />}
        </>
      )}
    </BookPage>
  );
}

/** What each person is found by, made ready once: their name, their posts and what these do, their organization, their numbers. */
function indexOf(book: Book, { t }: Words): readonly { readonly who: Person; readonly by: Seekable }[] {
  return book.organizations.flatMap((org) => book.peopleOf(org.id).map((who) => {
    const posts = book.postsOf(who.id);
    // A priority line is no word to look for.
    return { who, by: seekable([who.name, ...posts.flatMap(({ title, duty }) => [title, t(`duty.kind.${duty}`)]), org.name, org.short], [who.kana, org.kana, org.romaji], who.phones.filter(({ priority }) => !priority).map(({ number }) => number)) };
  }));
}

function Found({ book, index, typed }: { book: Book; index: ReturnType<typeof indexOf>; typed: string }) {
  const { t } = useWords();
  const [most, show] = useState(atFirst);
  const isMeant = seeks(typed);
  const found = index.filter(({ by }) => isMeant(by));
  return (
    <>
      <p class="sub found" role="status">{found.length === 0 ? t('people.nobody') : t('people.found', { n: found.length })}</p>
      <div class="rows">{found.slice(0, most).map(({ who }) => <OneRow key={who.id} who={who} book={book} withOrg />)}</div>
      {found.length > most && <div class="seek"><Button wide onClick={() => show(most + 200)}>{t('people.showMore', { n: found.length - most })}</Button></div>}
    </>
  );
}

/** Every organization opens on its people, and on desks at which nobody sits; one's own stands open. */
function Tree({ book, mine }: { book: Book; mine: string }) {
  return <>{book.organizations.map((org) => <Branch key={org.id} org={org.id} book={book} begins={org.id === mine} />)}</>;
}

function Branch({ org, book, begins }: { org: string; book: Book; begins: boolean }) {
  const { t, language } = useWords();
  const [isOpen, open] = useState(begins);
  const people = book.peopleOf(org);
  const empty = book.posts.filter((desk) => desk.org === org && !desk.holder);
  if (people.length + empty.length === 0) return null;
  return (
    <details class="org" open={isOpen} onToggle={(event) => open(event.currentTarget.open)}>
      <summary><b>{nameFor(language, book.orgOf(org))}</b> <span class="sub">{t('people.count', { n: people.length })}</span></summary>
      {isOpen && (
        <div class="rows">
          {people.map((who) => <OneRow key={who.id} who={who} book={book} />)}
          {empty.map((desk) => <p key={desk.id} class="vacant"><Tag kind="guess">{t('posts.empty')}</Tag> {desk.title}</p>)}
        </div>
      )}
    </details>
  );
}

function OneRow({ who, book, withOrg }: { who: Person; book: Book; withOrg?: boolean }) {
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
