import { Button, EmptyNote, Field, FieldError, Loading } from '@noroshi/foundations/ui';
import { useLive, useRoute, useStair, useWords, type PageProps } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { amendPerson } from '../add-person.ts';
import { mayTend } from '../may-administer.ts';
import { emailAddress, type Person } from '../person.ts';
import { readBook } from './book.ts';
import { BookPage } from './BookPage.tsx';
import { PhonesField, type PhoneDraft } from './PhonesField.tsx';
import { readPhones } from './read-phones.ts';

/** How to reach someone: for themselves, or by who tends their organization. */
export default function EditPersonPage({ params }: PageProps) {
  const { t } = useWords();
  const { actor } = useStair();
  const id = params['person']!;
  const book = useLive(readBook);
  const who = book?.personOf(id);
  const may = who && (who.id === actor.person || mayTend(actor, who.org).ok);
  if (!book) return <BookPage title={t('people.edit')} back={`/people/${id}`}><Loading>{t('app.loading')}</Loading></BookPage>;
  if (!who || !may) return <BookPage title={t('people.edit')} back="/people"><EmptyNote>{t(who ? 'refusal.directory.notAllowed' : 'refusal.directory.notFound')}</EmptyNote></BookPage>;
  return <Writing key={who.id} who={who} />;
}

function Writing({ who }: { who: Person }) {
  const { t, refusal } = useWords();
  const stair = useStair();
  const route = useRoute();
  const [name, setName] = useState(who.name);
  const [kana, setKana] = useState(who.kana);
  const [email, setEmail] = useState(who.email ?? '');
  const [phones, setPhones] = useState<readonly PhoneDraft[]>(who.phones);
  const [trouble, setTrouble] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const wrong: Record<string, string> = {};
    if (!name.trim()) wrong['name'] = t('people.nameMissing');
    if (email.trim() && !emailAddress.test(email.trim())) wrong['email'] = t('refusal.import.email', { email: email.trim() });
    const read = readPhones(phones, refusal);
    Object.assign(wrong, read.wrong);
    setTrouble(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    const told = await stair.send(amendPerson, {
      id: who.id, name: name.trim(), kana: kana.trim(), phones: read.phones, ...(email.trim() ? { email: email.trim() } : {}),
    });
    const answer = told.ok ? await told.answer : told;
    setBusy(false);
    if (answer.ok) return route.back(`/people/${who.id}`);
    setTrouble({ form: refusal(answer.code, answer.params) });
  };
  return (
    <BookPage
      title={t('people.edit')}
      subtitle={who.name}
      back={`/people/${who.id}`}
      foot={<Button kind="main" type="submit" form="person" busy={busy ? t('account.saving') : undefined}>{t('people.save')}</Button>}
    >
      <form id="person" class="form" onSubmit={(event) => void save(event)} noValidate>
        <Field label={t('people.name')} error={trouble['name']}>{(wiring) => <input {...wiring} value={name} maxLength={60} autocomplete="name" onInput={(event) => setName(event.currentTarget.value)} />}</Field>
        <Field label={t('people.kana')}>{(wiring) => <input {...wiring} value={kana} maxLength={80} onInput={(event) => setKana(event.currentTarget.value)} />}</Field>
        <PhonesField phones={phones} onChange={setPhones} errors={trouble} />
        <Field label={t('people.email')} error={trouble['email']}>{(wiring) => <input {...wiring} type="email" autocomplete="email" value={email} onInput={(event) => setEmail(event.currentTarget.value)} />}</Field>
        {trouble['form'] && <FieldError>{trouble['form']}</FieldError>}
      </form>
    </BookPage>
  );
}
