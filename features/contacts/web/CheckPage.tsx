import { BookPage, nameFor } from '@noroshi/features/directory/web';
import { EmptyNote, Loading, SectionHead, State } from '@noroshi/foundations/ui';
import { useLive, useNow, useStair, useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Contact } from '../contact.ts';
import { mayKeep } from '../may-keep.ts';
import { dueOf } from '../still-right.ts';
import { Twins } from '../twins.ts';
import { Keeping } from './ContactPage.tsx';
import { readKnown, type Known } from './known.ts';
import { belowName, dated, nameOf } from '../says.ts';

/** 確かめる: contacts that nobody has looked at for a year, and those that may stand here twice, for whoever keeps them. */
export default function CheckPage() {
  const { t } = useWords();
  const known = useLive(readKnown);
  if (!known) return <BookPage title={t('contacts.check')} back="/people"><Loading>{t('app.loading')}</Loading></BookPage>;
  return <BookPage title={t('contacts.check')} back="/people"><Checking known={known} /></BookPage>;
}

function Checking({ known }: { known: Known }) {
  const words = useWords();
  const { t } = words;
  const { actor } = useStair();
  const now = useNow(60_000);
  const mine = known.contacts.filter(({ org }) => mayKeep(actor, known.book.orgOf(org)).ok);
  const due = dueOf(mine, now);
  const doubles = useMemo(() => doublesIn(known.contacts), [known.contacts]).filter(({ one }) => mine.includes(one));
  return (
    <>
      <p class="seek sub">{t('contacts.checkSays')}</p>
      {due.length + doubles.length === 0 && <EmptyNote>{t('contacts.checkNothing')}</EmptyNote>}
      {due.length > 0 && (
        <section aria-labelledby="due">
          <SectionHead id="due" title={t('contacts.checkDue')} aside={t('contacts.count', { n: due.length })} />
          <ul>{due.map((one) => <Row key={one.id} one={one} known={known} isDue note={<span class="sub">{t('contacts.checkedLast', { day: dated(one.checked.at, words) })}</span>} />)}</ul>
        </section>
      )}
      {doubles.length > 0 && (
        <section aria-labelledby="twice">
          <SectionHead id="twice" title={t('contacts.checkTwice')} aside={t('contacts.count', { n: doubles.length })} />
          <ul>{doubles.map(({ one, twin }) => <Row key={one.id} one={one} known={known} isDue={false} note={<State kind="quiet" icon="people">{t(`contacts.twin.${twin.by}`, { name: twin.name })}</State>} />)}</ul>
        </section>
      )}
    </>
  );
}

/** Those that seem to be another one that stands here already. */
function doublesIn(contacts: readonly Contact[]) {
  const twins = new Twins();
  return contacts.flatMap((one) => {
    const twin = twins.of(one);
    twins.add(one, `/contacts/${one.id}`);
    return twin ? [{ one, twin }] : [];
  });
}

function Row({ one, known, isDue, note }: { one: Contact; known: Known; isDue: boolean; note: ComponentChildren }) {
  const words = useWords();
  const { language } = words;
  return (
    <li class="check-row">
      <p><a class="link" href={`/contacts/${one.id}`}><b>{nameOf(one, words)}</b></a> {belowName(one)}</p>
      <p>{one.phones.map(({ kind, number }) => <span key={number} class="check-number"><span class="sub">{words.t(`contacts.line.${kind}`)}</span> {number}</span>)} {one.email}</p>
      <p>{note} <span class="sub">{nameFor(language, known.book.orgOf(one.org))}</span></p>
      <Keeping one={one} isDue={isDue} />
    </li>
  );
}
