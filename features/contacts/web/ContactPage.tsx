import { BookPage, nameFor } from '@noroshi/features/directory/web';
import { Button, CallButton, EmptyNote, Facts, FieldError, Icon, IconButton, ItemRow, Loading, SectionHead, Sheet, State, Tag } from '@noroshi/foundations/ui';
import { Marks, useLine, useLive, useNow, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { contact as contactNoun, type Contact } from '../contact.ts';
import { confirmContact, removeContact } from '../keep-contact.ts';
import { mayKeep } from '../may-keep.ts';
import { dueAt } from '../still-right.ts';
import { readKnown, type Known } from './known.ts';
import { belowName, dated, nameOf } from '../says.ts';
import { Star } from './Star.tsx';

/** The card of someone outside: how to reach them, in the order in which to try, and who keeps it. */
export default function ContactPage({ id }: { id: string }) {
  const { t } = useWords();
  const known = useLive(readKnown);
  const one = known?.contacts.find((each) => each.id === id);
  if (!known) return <BookPage title={t('people.title')} back="/people"><Loading>{t('app.loading')}</Loading></BookPage>;
  if (!one) return <BookPage title={t('people.title')} back="/people"><WhenWhole><EmptyNote>{t('refusal.contacts.notFound')}</EmptyNote></WhenWhole></BookPage>;
  return <Told key={id} one={one} known={known} />;
}

function Told({ one, known }: { one: Contact; known: Known }) {
  const words = useWords();
  const { t, language } = words;
  const { actor } = useStair();
  const now = useNow(60_000);
  const org = known.book.orgOf(one.org);
  const name = nameOf(one, words);
  const marks = <Marks noun={contactNoun.noun} id={one.id} marked={one.redacted !== undefined} />;
  const isDue = dueAt(one) <= now;
  return (
    <BookPage title={name} subtitle={[t(`contacts.kind.${one.kind}`), one.kana].filter(Boolean).join('　')} back="/people" content="form">
      {known.waits.has(one.id) && <p class="row"><Tag kind="guess">{t('contacts.waits')}</Tag></p>}
      {one.redacted && marks}
      {belowName(one) && <p class="contact-below"><b>{belowName(one)}</b>{one.personKana && <span class="sub">　{one.personKana}</span>}</p>}
      <section aria-labelledby="phones">
        <SectionHead id="phones" title={t('people.phones')} />
        {one.phones.length === 0 && <EmptyNote>{t('people.noPhones')}</EmptyNote>}
        <ol class="numbers">
          {one.phones.map(({ kind, number }) => {
            const says = t(`contacts.line.${kind}`);
            return kind === 'fax'
              ? <ItemRow key={number} start={<Icon name="print" />}><span class="number fax">{number}</span><p class="sub">{says}</p></ItemRow>
              : <ItemRow key={number} start={<Icon name="phone" />} end={<CallButton href={`tel:${number}`} label={t('contacts.call', { name, kind: says })} />}><a class="number" href={`tel:${number}`}>{number}</a><p class="sub">{says}</p></ItemRow>;
          })}
        </ol>
      </section>
      {one.email && (
        <section aria-labelledby="mail">
          <SectionHead id="mail" title={t('people.email')} />
          <ul><ItemRow start={<Icon name="mail" />} end={<IconButton icon="send" label={t('contacts.mail', { name })} href={`mailto:${one.email}`} />}><a class="number mail" href={`mailto:${one.email}`}>{one.email}</a></ItemRow></ul>
        </section>
      )}
      <Facts facts={[{ term: t('contacts.place'), is: one.place }, { term: t('contacts.note'), is: one.note && <span class="contact-note">{one.note}</span> }, { term: t('contacts.keeper'), is: nameFor(language, org) }].filter(({ is }) => is)} />
      <p>{isDue ? <State kind="quiet" icon="clock">{t('contacts.due', { day: dated(one.checked.at, words) })}</State> : <span class="sub">{t('contacts.checked', { day: dated(one.checked.at, words), name: known.book.personOf(one.checked.by)?.name ?? '' })}</span>}</p>
      <Star of={one.id} />
      {mayKeep(actor, org).ok && <Keeping one={one} isDue={isDue} />}
      {!one.redacted && marks}
    </BookPage>
  );
}

/** まだ合っています・直す・消す, for whoever keeps the list. */
export function Keeping({ one, isDue }: { one: Contact; isDue: boolean }) {
  const words = useWords();
  const { t } = words;
  const route = useRoute();
  const line = useLine();
  const sending = useSending();
  const [asks, ask] = useState(false);
  const named = { org: one.org, contact: one.id, sees: one.rev };
  return (
    <>
      <div class="contact-keeps">
        <Button kind={isDue ? 'strong' : 'plain'} icon="check" onClick={() => void sending.send(confirmContact, named)}>{t('contacts.confirm')}<span class="sr"> {nameOf(one, words)}</span></Button>
        <Button icon="edit" href={`/contacts/write?contact=${one.id}`}>{t('contacts.amend')}<span class="sr"> {nameOf(one, words)}</span></Button>
        <Button kind="quiet" class="danger" onClick={() => ask(true)}>{t('contacts.remove')}<span class="sr"> {nameOf(one, words)}</span></Button>
      </div>
      {sending.trouble && !asks && <FieldError>{sending.trouble}</FieldError>}
      {asks && (
        <Sheet title={t('contacts.removeReally', { name: nameOf(one, words) })} closeLabel={t('app.close')} onClose={() => ask(false)}
          foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="danger" wide busy={sending.busy ? t('account.saving') : undefined} onClick={async () => { if (await sending.send(removeContact, named)) { ask(false); if (route.path === `/contacts/${one.id}`) route.go('/people', { replace: true }); } }}>{t(line.state === 'open' ? 'contacts.remove' : 'contacts.removeLater')}</Button></>}>
          <p class="sheet-pad">{t('contacts.removeSays')}</p>
        </Sheet>
      )}
    </>
  );
}
