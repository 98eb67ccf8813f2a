import { emailAddress } from '@noroshi/features/directory';
import { BookPage, nameFor, NumbersField, readPhones, type PhoneDraft } from '@noroshi/features/directory/web';
import type { Id } from '@noroshi/foundations/kernel';
import { Button, EmptyNote, Field, FieldError, Loading, State, Tag } from '@noroshi/foundations/ui';
import { useLine, useLive, useNow, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useMemo, useState } from 'preact/hooks';
import { contactKinds, lineKinds, mostLines, type Contact, type ContactKind, type Content, type Line } from '../contact.ts';
import { amendContact, putContact, type Put } from '../keep-contact.ts';
import { mayKeep } from '../may-keep.ts';
import { twinsOf } from '../twins.ts';
import { readKnown, type Known } from './known.ts';

const texts = ['name', 'kana', 'desk', 'person', 'personKana', 'email', 'place', 'note'] as const;
/** What one is writing, as it lies on this device until it is kept. */
interface Draft extends Readonly<Record<(typeof texts)[number], string>> { readonly sees: number; readonly org: Id; readonly kind: ContactKind; readonly phones: readonly PhoneDraft<Line['kind']>[] }

/** What was not taken by the server, as it was written: it comes back into the form. */
const draftOf = (org: Id, sees: number, one: Partial<Content>): Draft => ({
  org, sees, kind: one.kind ?? 'other', phones: one.phones ?? [{ kind: 'office', number: '' }],
  name: one.name ?? '', kana: one.kana ?? '', desk: one.desk ?? '', person: one.person ?? '', personKana: one.personKana ?? '', email: one.email ?? '', place: one.place ?? '', note: one.note ?? '',
});

/** 連絡先を加える・直す. What is half written is there again after anything. */
export default function WritePage() {
  const { t } = useWords();
  const { actor } = useStair();
  const { search } = useRoute();
  const [id, again] = [search.get('contact'), search.get('again')];
  const place = `contacts/${id ?? 'new'}`;
  const known = useLive(readKnown);
  const kept = useLive(async ({ replica: { outbox } }) => {
    const refused = again ? (await outbox.item.where('id').equals(again).first())?.input as (Put & { sees?: number }) | undefined : undefined;
    const row = await outbox.draft.get(place);
    return refused ? draftOf(refused.org, refused.sees ?? 0, refused) : row ? JSON.parse(row.text) as Draft : null;
  }, [place, again]);
  const one = known?.contacts.find((each) => each.id === id);
  const orgs = known?.book.organizations.filter((org) => mayKeep(actor, org).ok) ?? [];
  const title = t(id ? 'contacts.amend' : 'contacts.add');
  if (!known || kept === undefined) return <BookPage title={title} back="/people"><Loading>{t('app.loading')}</Loading></BookPage>;
  if (orgs.length === 0 || (id && (!one || !orgs.some((org) => org.id === one.org)))) return <BookPage title={title} back="/people"><EmptyNote>{t(orgs.length === 0 ? 'refusal.contacts.notYours' : 'refusal.contacts.notFound')}</EmptyNote></BookPage>;
  const own = orgs.find((org) => org.id === actor.org) ?? orgs[0]!;
  return <Writing key={place} place={place} again={again} one={one} known={known} orgs={orgs.map((org) => org.id)} begins={kept ?? draftOf(one?.org ?? own.id, one?.rev ?? 0, one ?? {})} />;
}

function Writing({ place, again, one, known, orgs, begins }: { place: string; again: string | null; one: Contact | undefined; known: Known; orgs: readonly Id[]; begins: Draft }) {
  const { t, refusal, language } = useWords();
  const stair = useStair();
  const { replica } = stair;
  const line = useLine();
  const route = useRoute();
  const now = useNow(60_000);
  const sending = useSending();
  const [draft, set] = useState(begins);
  const [trouble, setTrouble] = useState<Readonly<Record<string, string>>>({});
  const change = (more: Partial<Draft>): void => {
    const next = { ...draft, ...more };
    set(next);
    void replica.outbox.draft.put({ place, text: JSON.stringify(next), at: now });
  };
  const back = one ? `/contacts/${one.id}` : '/people';
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (sending.busy) return;
    const said = Object.fromEntries(texts.map((field) => [field, draft[field].trim()])) as Record<(typeof texts)[number], string>;
    const read = readPhones(draft.phones, refusal);
    const wrong: Record<string, string> = { ...read.wrong };
    if (!said.name) wrong['name'] = t('contacts.nameMissing');
    if (said.email && !emailAddress.test(said.email)) wrong['email'] = t('refusal.import.email', { email: said.email });
    if (read.phones.length === 0 && !said.email && Object.keys(read.wrong).length === 0) wrong['form'] = t('refusal.contacts.noWay');
    setTrouble(wrong);
    if (Object.keys(wrong).length > 0) return;
    const content: Content = { kind: draft.kind, name: said.name, kana: said.kana, phones: read.phones };
    for (const field of ['desk', 'person', 'personKana', 'email', 'place', 'note'] as const) if (said[field]) content[field] = said[field];
    const done = one ? await sending.send(amendContact, { org: one.org, contact: one.id, sees: draft.sees, ...content }) : await sending.send(putContact, { id: stair.newId(), org: draft.org, ...content });
    if (!done) return;
    await replica.outbox.draft.delete(place);
    if (again) await stair.drop(again);
    route.back(back);
  };
  const twins = useMemo(() => twinsOf(known.contacts, known.book.people, known.book.orgOf), [known]);
  const twin = draft.name.trim() || draft.phones.some(({ number }) => number.trim()) ? twins.of({ name: draft.name, desk: draft.desk, person: draft.person, email: draft.email.trim(), phones: readPhones(draft.phones, refusal).phones }, one && `/contacts/${one.id}`) : undefined;
  const changed = one !== undefined && one.rev !== draft.sees;
  const text = (field: (typeof texts)[number], most: number, more: { hint?: string; optional?: boolean } = {}) => (
    <Field label={t(`contacts.field.${field}`)} hint={more.hint} tag={more.optional && <Tag>{t('contacts.optional')}</Tag>} error={trouble[field]}>
      {(wiring) => (field === 'note'
        ? <textarea {...wiring} value={draft[field]} maxLength={most} onInput={(event) => change({ [field]: event.currentTarget.value })} />
        : <input {...wiring} inputMode={field === 'email' ? 'email' : 'text'} value={draft[field]} maxLength={most} autocomplete="off" onInput={(event) => change({ [field]: event.currentTarget.value })} />)}
    </Field>
  );
  return (
    <BookPage title={t(one ? 'contacts.amend' : 'contacts.add')} subtitle={one?.name} back={back}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide type="submit" form="contact" busy={sending.busy ? t('account.saving') : undefined}>{t(line.state === 'open' ? 'people.save' : 'people.awayKeep')}</Button></>}>
      <form id="contact" class="form" onSubmit={(event) => void save(event)} noValidate>
        {changed && <FieldError>{t('refusal.contacts.changedMeanwhile')}</FieldError>}
        {changed && <Button icon="loop" onClick={() => change(draftOf(one.org, one.rev, one))}>{t('contacts.takeTheirs')}</Button>}
        {!one && orgs.length > 1 && (
          <Field label={t('contacts.keptBy')} hint={t('contacts.keptBySays')}>
            {(wiring) => <select {...wiring} value={draft.org} onChange={(event) => change({ org: event.currentTarget.value })}>{orgs.map((id) => <option key={id} value={id}>{nameFor(language, known.book.orgOf(id))}</option>)}</select>}
          </Field>
        )}
        <Field label={t('contacts.kind')}>
          {(wiring) => <select {...wiring} value={draft.kind} onChange={(event) => { const kind = contactKinds[event.currentTarget.selectedIndex]; if (kind) change({ kind }); }}>{contactKinds.map((kind) => <option key={kind} value={kind}>{t(`contacts.kind.${kind}`)}</option>)}</select>}
        </Field>
        <div class="pair">{text('name', 80)}{text('kana', 80)}</div>
        <NumbersField phones={draft.phones} onChange={(phones) => change({ phones: phones.slice(0, mostLines) })} errors={trouble} kinds={lineKinds} kindSays={(kind) => t(`contacts.line.${kind}`)} usual={(no) => (no === 0 ? 'office' : 'night')} />
        {twin && <p role="status"><State kind="quiet" icon="people">{t('contacts.twinHere')}</State>　<a class="link" href={twin.href}>{t(`contacts.twin.${twin.by}`, { name: twin.name })}</a></p>}
        {text('email', 254, { optional: true })}
        {text('desk', 80, { optional: true })}
        <div class="pair">{text('person', 60, { optional: true })}{text('personKana', 80, { optional: true })}</div>
        {text('place', 200, { optional: true })}
        {text('note', 500, { optional: true, hint: t('contacts.noteSays') })}
        {trouble['form'] && <FieldError>{trouble['form']}</FieldError>}
      </form>
    </BookPage>
  );
}
