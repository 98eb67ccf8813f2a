import { Button, CallButton, EmptyNote, Facts, Icon, IconButton, ItemRow, Loading, SectionHead, Tag } from '@noroshi/foundations/ui';
import { ask, useLine, useLive, useLoaded, useNow, useRooms, useStair, useWords, type PageProps, type WebRoom } from '@noroshi/foundations/web';
import { useEffect } from 'preact/hooks';
import { mayTend } from '../may-administer.ts';
import type { Phone } from '../person.ts';
import { openedCard } from '../questions.ts';
import { AwayPart } from './AwayPart.tsx';
import { nameFor, readBook } from './book.ts';
import { BookPage } from './BookPage.tsx';
import { dropNote, keepNote } from './untold.ts';
import { UrgentRight } from './UrgentRight.tsx';

/** Someone's card: how to reach them, in the order in which to try. */
export default function PersonPage({ params }: PageProps) {
  const { t, language, beside } = useWords();
  const stair = useStair();
  const { actor } = stair;
  const line = useLine();
  const book = useLive(readBook);
  const who = book?.personOf(params['person']);
  const others = useRooms();
  const now = useNow();
  const opened = who?.id;
  // Whose numbers were looked at, and by whom, is for the audit: kept on this device first, and told now or when there is a line.
  useEffect(() => {
    if (opened === undefined || opened === actor.person) return;
    const tell = async (): Promise<void> => {
      const note = await keepNote(stair, 'cardOpened', { of: opened }, line.state !== 'open');
      if ((await ask(openedCard, { person: opened })).ok) await dropNote(stair, note);
    };
    tell().catch((error: unknown) => console.warn(error));
  }, [opened]);
  if (!book) return <BookPage title={t('people.title')} back="/people"><Loading>{t('app.loading')}</Loading></BookPage>;
  if (!who) return <BookPage title={t('people.title')} back="/people"><EmptyNote>{t('refusal.directory.notFound')}</EmptyNote></BookPage>;
  const org = book.orgOf(who.org);
  const posts = book.postsOf(who.id);
  const isMe = who.id === actor.person;
  // What keeps them from answering stands above their numbers.
  const isAway = !who.disabled && (who.away?.until ?? 0) > now;
  const tends = mayTend(actor, who.org).ok;
  const standIns = posts.flatMap((desk) => {
    const deputy = book.posts.find((one) => one.id === desk.deputy);
    const holder = book.personOf(deputy?.holder);
    return deputy ? [{ desk, deputy, holder }] : [];
  });
  return (
    <BookPage
      title={who.name}
      subtitle={beside([nameFor(language, org), who.kana])}
      back="/people"
      content="form"
      foot={!isMe && !who.disabled && <Button kind="main" icon="talk" href={`/talk/new?person=${who.id}`}>{t('people.talk', { name: who.name })}</Button>}
    >
      {who.disabled && <p class="row"><Tag kind="must">{t('people.disabled')}</Tag></p>}
      {isAway && <AwayPart who={who} book={book} />}
      <section aria-labelledby="phones">
        <SectionHead id="phones" title={t('people.phones')} />
        {who.phones.length === 0 && <EmptyNote>{t('people.noPhones')}</EmptyNote>}
        <ol class="numbers">{who.phones.map((phone) => <NumberRow key={phone.number} phone={phone} name={who.name} />)}</ol>
        {who.phones.some((phone) => phone.priority) && <p class="sub">{t('people.priorityMeans')}</p>}
      </section>
      {who.email && (
        <section aria-labelledby="mail">
          <SectionHead id="mail" title={t('people.email')} />
          <ul><ItemRow start={<Icon name="talk" />} end={<IconButton icon="send" label={t('people.mail', { name: who.name })} href={`mailto:${who.email}`} />}><a class="number mail" href={`mailto:${who.email}`}>{who.email}</a></ItemRow></ul>
        </section>
      )}
      <section aria-labelledby="posts">
        <SectionHead id="posts" title={t('people.posts')} />
        {posts.length === 0 && <EmptyNote>{t(who.role === 'guest' ? 'people.guestHasNoPost' : 'people.noPost')}</EmptyNote>}
        <Facts facts={posts.map((desk) => ({ term: t(`duty.kind.${desk.duty}`), is: desk.title }))} />
        {standIns.map(({ desk, deputy, holder }) => (
          <p key={desk.id} class="sub">{t('people.deputyIs', { title: deputy.title })} {holder && <a class="link" href={`/people/${holder.id}`}>{holder.name}</a>}</p>
        ))}
      </section>
      {!isAway && !who.disabled && <AwayPart who={who} book={book} />}
      {!who.disabled && others.flatMap(({ name, aboutPerson = [] }) => aboutPerson.map((load, i) => <About key={`${name}${i}`} load={load} person={who.id} />))}
      {(isMe || tends) && who.role !== 'guest' && (
        <section class="form" aria-labelledby="urgent">
          <SectionHead id="urgent" title={t('people.urgent')} />
          <UrgentRight who={who} book={book} />
        </section>
      )}
      {(isMe || tends) && <Button icon="edit" href={`/people/${who.id}/edit`}>{t(isMe ? 'people.editMine' : 'people.edit')}</Button>}
      {tends && <Button icon="gear" href={`/admin/people/${who.id}`}>{t('people.manage')}</Button>}
    </BookPage>
  );
}

/** What another room of the house has to say of this person: whether they are one's favourite, what they are on duty for. */
function About({ load, person }: { load: NonNullable<WebRoom['aboutPerson']>[number]; person: string }) {
  const Shown = useLoaded(load);
  return Shown ? <Shown person={person} /> : null;
}

function NumberRow({ phone, name }: { phone: Phone; name: string }) {
  const { t } = useWords();
  const kind = t(`phone.${phone.kind}`);
  return (
    <ItemRow
      start={<Icon name="phone" />}
      end={<CallButton href={`tel:${phone.number}`} label={t('people.call', { name, kind })} />}
    >
      <a class="number" href={`tel:${phone.number}`}>{phone.number}</a>
      <p class="sub">{kind}{phone.priority && <> <Tag>{t('people.priority')}</Tag></>}</p>
    </ItemRow>
  );
}
