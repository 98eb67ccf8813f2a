import { addPerson, duties, emailAddress, handOver, mayTend, personRoles, type Person, type Post } from '@noroshi/features/directory';
import { BookPage, nameFor, PhonesField, readBook, readPhones, type Book, type PhoneDraft } from '@noroshi/features/directory/web';
import { Button, EmptyNote, Field, FieldError, Loading } from '@noroshi/foundations/ui';
import { useLive, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { asDay, endOfDay, usualGuestTime } from './guest-time.ts';
import './account.css';

/** Someone comes in: who they are, the desk they sit at, how to reach them. Then their invitation. */
export default function NewPersonPage() {
  const { t } = useWords();
  const { actor } = useStair();
  const book = useLive(readBook);
  // From a room: somebody from outside is wanted there.
  const wanted = useRoute().search.get('room');
  const room = useLive(async ({ replica }) => (wanted ? (await replica.get<{ name: string }>('room', wanted)) ?? null : null), [wanted]);
  const tended = book?.organizations.filter((org) => mayTend(actor, org.id).ok && (!room || org.kind === 'outside'));
  if (!book || room === undefined) return <BookPage title={t('admin.add')} back="/admin/people"><Loading>{t('app.loading')}</Loading></BookPage>;
  if (tended!.length === 0) return <BookPage title={t('admin.add')} back="/admin/people"><EmptyNote>{t(room && mayTend(actor, undefined).ok ? 'admin.noOutside' : 'refusal.directory.notAllowed')}</EmptyNote>{room && mayTend(actor, undefined).ok && <div class="form"><Button kind="main" href="/admin/organizations">{t('organizations.title')}</Button></div>}</BookPage>;
  return <Writing book={book} tended={tended!} {...(room && wanted ? { room: { id: wanted, name: room.name } } : {})} />;
}

function Writing({ book, tended, room }: { book: Book; tended: Book['organizations']; room?: { readonly id: string; readonly name: string } }) {
  const { t, refusal, language } = useWords();
  const stair = useStair();
  const route = useRoute();
  // From a hand-over: the desk that waits for them.
  const awaited = book.posts.find((desk) => desk.id === route.search.get('post'));
  const [org, setOrg] = useState(awaited?.org ?? tended.find((o) => o.id === route.search.get('org'))?.id ?? tended.find((o) => o.id === stair.actor.org)?.id ?? tended[0]!.id);
  const [name, setName] = useState('');
  const [kana, setKana] = useState('');
  const [title, setTitle] = useState('');
  const [duty, setDuty] = useState<Post['duty']>('other');
  const [role, setRole] = useState<Person['role']>('member');
  const [email, setEmail] = useState('');
  const [until, setUntil] = useState(() => asDay(stair.now() + usualGuestTime));
  const [phones, setPhones] = useState<readonly PhoneDraft[]>([{ kind: 'mobile', number: '' }]);
  const [trouble, setTrouble] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [ids] = useState(() => ({ person: stair.newId(), post: stair.newId(), add: stair.newId(), take: stair.newId() }));
  const outside = tended.find((o) => o.id === org)?.kind === 'outside';
  const roles = personRoles.filter((one) => (outside ? one === 'guest' : one !== 'guest' && (one !== 'administrator' || stair.actor.role === 'administrator')));
  const chosen = outside ? 'guest' : role === 'guest' ? 'member' : role;

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const wrong: Record<string, string> = {};
    if (!name.trim()) wrong['name'] = t('people.nameMissing');
    if (email.trim() && !emailAddress.test(email.trim())) wrong['email'] = t('refusal.import.email', { email: email.trim() });
    const end = outside ? endOfDay(until) : undefined;
    if (outside && end === undefined) wrong['until'] = t('guest.untilMissing');
    const read = readPhones(phones, refusal);
    Object.assign(wrong, read.wrong);
    setTrouble(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    const rank = { deputyHead: 10, headquarters: 30, disaster: 40, personnel: 50, other: 60 }[duty];
    const told = await stair.send(addPerson, {
      id: ids.person, org, role: chosen, name: name.trim(), kana: kana.trim(), phones: read.phones, ...(email.trim() ? { email: email.trim() } : {}),
      ...(end === undefined ? {} : { until: end }),
      ...(title.trim() && !outside && !awaited ? { post: { id: ids.post, title: title.trim(), duty, rank } } : {}),
    }, ids.add);
    let answer = told.ok ? await told.answer : told;
    if (answer.ok && awaited) {
      const taken = await stair.send(handOver, { post: awaited.id, ...(awaited.holder ? { from: awaited.holder } : {}), to: ids.person }, ids.take);
      answer = taken.ok ? await taken.answer : taken;
    }
    setBusy(false);
    if (answer.ok) return route.go(room ? `/talk/${room.id}/info?add=${ids.person}` : `/admin/people/${ids.person}`, { replace: true });
    setTrouble({ form: refusal(answer.code, answer.params) });
  };
  return (
    <BookPage title={t('admin.add')} back={room ? `/talk/${room.id}/info` : '/admin/people'} foot={<Button kind="main" type="submit" form="new" busy={busy ? t('account.saving') : undefined}>{t(room ? 'admin.addForRoom' : 'admin.addThem')}</Button>}>
      <form id="new" class="form" onSubmit={(event) => void save(event)} noValidate>
        {room && <p>{t('admin.forRoom', { room: room.name })}</p>}
        <Field label={t('posts.organization')}>
          {(wiring) => <select {...wiring} value={org} disabled={awaited !== undefined} onChange={(event) => setOrg(event.currentTarget.value)}>{tended.map((one) => <option key={one.id} value={one.id}>{nameFor(language, one)}</option>)}</select>}
        </Field>
        <Field label={t('people.name')} error={trouble['name']}>{(wiring) => <input {...wiring} value={name} maxLength={60} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />}</Field>
        <Field label={t('people.kana')}>{(wiring) => <input {...wiring} value={kana} maxLength={80} autocomplete="off" onInput={(event) => setKana(event.currentTarget.value)} />}</Field>
        {awaited && <p>{t('admin.takes', { title: awaited.title })}</p>}
        {!outside && !awaited && (
          <>
            <Field label={t('posts.deskTitle')} hint={t('posts.deskTitleHint')}>{(wiring) => <input {...wiring} value={title} maxLength={60} onInput={(event) => setTitle(event.currentTarget.value)} />}</Field>
            {title.trim() && <Field label={t('posts.duty')}>{(wiring) => <select {...wiring} value={duty} onChange={(event) => setDuty(event.currentTarget.value as Post['duty'])}>{duties.map((one) => <option key={one} value={one}>{t(`duty.kind.${one}`)}</option>)}</select>}</Field>}
          </>
        )}
        <Field label={t('admin.role')} hint={t(`role.${chosen}.means`)}>
          {(wiring) => <select {...wiring} value={chosen} onChange={(event) => setRole(event.currentTarget.value as Person['role'])}>{roles.map((one) => <option key={one} value={one}>{t(`role.${one}`)}</option>)}</select>}
        </Field>
        {outside && <Field label={t('guest.until')} hint={t('guest.untilHint')} error={trouble['until']}>{(wiring) => <input {...wiring} type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />}</Field>}
        <PhonesField phones={phones} onChange={setPhones} errors={trouble} />
        <Field label={t('people.email')} error={trouble['email']}>{(wiring) => <input {...wiring} type="email" value={email} autocomplete="off" onInput={(event) => setEmail(event.currentTarget.value)} />}</Field>
        {trouble['form'] && <FieldError>{trouble['form']}</FieldError>}
      </form>
    </BookPage>
  );
}
