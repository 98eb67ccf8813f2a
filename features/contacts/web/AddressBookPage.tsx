import { BookPage } from '@noroshi/features/directory/web';
import type { Person } from '@noroshi/features/directory';
import type { Words } from '@noroshi/foundations/i18n';
import { Button, EmptyNote, Field, IconLine, Loading } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords } from '@noroshi/foundations/web';
import { useMemo, useState } from 'preact/hooks';
import { contactBy, findIn, organizationBy, personBy, type Indexed } from '../book-index.ts';
import type { Contact } from '../contact.ts';
import { mayKeep } from '../may-keep.ts';
import { readKnown, type Known } from './known.ts';
import { ContactLine, PersonLine } from './Rows.tsx';
import { Tree } from './Tree.tsx';

/** So many are drawn at first: a telephone that draws a thousand at each letter keeps its owner waiting. */
const atFirst = 60;

/** Someone in the book: with an account, or from outside. */
type One = { readonly who: Person; readonly contact?: undefined } | { readonly contact: Contact; readonly who?: undefined };

/** 住所録: people, and whom one rings outside the house. All of it is on the device and works without a network. */
export default function AddressBookPage() {
  const words = useWords();
  const { t } = words;
  const { actor } = useStair();
  const known = useLive(readKnown);
  const [typed, type] = useState('');
  const index = useMemo(() => known && indexOf(known, words), [known, words.language]);
  const keeps = known?.book.organizations.some((org) => mayKeep(actor, org).ok);
  return (
    <BookPage title={t('people.title')} back="/more" actions={keeps && <Button icon="plus" class="desk-only" href="/contacts/write">{t('contacts.add')}</Button>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && actor.role === 'guest' && <EmptyNote>{t('people.notForGuests')}</EmptyNote>}
      {known && index && actor.role !== 'guest' && (
        <>
          <div class="seek">
            <Field label={t('people.search')} hint={t('people.searchHint')}>
              {(wiring) => <input {...wiring} type="search" autocomplete="off" value={typed} onInput={(event) => type(event.currentTarget.value)} />}
            </Field>
          </div>
          {typed.trim() ? <Found key={typed} known={known} index={index} typed={typed} /> : (
            <>
              <Favourites known={known} />
              <Tree known={known} mine={actor.org} />
              <nav class="book-ways wide" aria-label={t('contacts.ways')}>
                {keeps && <Button icon="plus" class="phone-only" href="/contacts/write">{t('contacts.add')}</Button>}
                <Button icon="print" href="/contacts/wall">{t('contacts.wall')}</Button>
                <Button icon="save" href="/contacts/files">{t('contacts.files')}</Button>
                {keeps && <Button icon="check" href="/contacts/check">{t('contacts.check')}</Button>}
                {actor.role === 'administrator' && <Button icon="map" href="/contacts/regions">{t('contacts.regions')}</Button>}
              </nav>
            </>
          )}
        </>
      )}
    </BookPage>
  );
}

/** What each is found by: people in the order of the book, then contacts. */
function indexOf({ book, contacts }: Known, { t }: Words): readonly Indexed<One>[] {
  return [
    ...book.organizations.flatMap((org) => {
      const of = organizationBy(org);
      return book.peopleOf(org.id).map((who): Indexed<One> => ({ it: { who }, by: personBy(who, book.postsOf(who.id).flatMap(({ title, duty }) => [title, t(`duty.kind.${duty}`)]), of) }));
    }),
    ...contacts.map((contact): Indexed<One> => ({ it: { contact }, by: contactBy(contact, t(`contacts.kind.${contact.kind}`)) })),
  ];
}

function Found({ known, index, typed }: { known: Known; index: readonly Indexed<One>[]; typed: string }) {
  const { t } = useWords();
  const [most, show] = useState(atFirst);
  const found = useMemo(() => findIn(index, typed), [index, typed]);
  return (
    <>
      <p class="sub found" role="status">{found.length === 0 ? t('people.nobody') : t('contacts.found', { n: found.length })}</p>
      <div class="rows">{found.slice(0, most).map((one) => <OneLine key={(one.who ?? one.contact).id} one={one} known={known} />)}</div>
      {found.length > most && <div class="seek"><Button wide onClick={() => show(most + 200)}>{t('people.showMore', { n: found.length - most })}</Button></div>}
    </>
  );
}

const OneLine = ({ one, known }: { one: One; known: Known }) => (one.who ? <PersonLine who={one.who} book={known.book} withOrg /> : <ContactLine one={one.contact} waits={known.waits.has(one.contact.id)} />);

/** Whom this person wants at hand, above all else. */
function Favourites({ known: { book, contacts, favourites, ...known } }: { known: Known }) {
  const { t } = useWords();
  const ones = favourites.flatMap((id): One[] => {
    const who = book.personOf(id);
    const contact = contacts.find((one) => one.id === id);
    return who && !who.disabled ? [{ who }] : contact ? [{ contact }] : [];
  });
  if (ones.length === 0) return null;
  return (
    <section class="favourites wide" aria-labelledby="favourites">
      <h2 id="favourites"><IconLine icon="star">{t('contacts.favourites')}</IconLine></h2>
      <div class="rows">{ones.map((one) => <OneLine key={(one.who ?? one.contact).id} one={one} known={{ book, contacts, favourites, ...known }} />)}</div>
    </section>
  );
}
