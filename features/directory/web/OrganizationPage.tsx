import { Button, EmptyNote, Field, FieldError, Loading } from '@noroshi/foundations/ui';
import { useLive, useRoute, useStair, useWords, type PageProps } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { addOrganization, amendOrganization } from '../add-organization.ts';
import { organizationKinds, type Organization } from '../organization.ts';
import { readBook, type Book } from './book.ts';
import { BookPage } from './BookPage.tsx';

/** An organization's names, code and place; or a new one. */
export default function OrganizationPage({ params }: PageProps) {
  const { t } = useWords();
  const { actor } = useStair();
  const book = useLive(readBook);
  const id = params['organization']!;
  const org = book?.orgOf(id);
  const title = t(id === 'new' ? 'organizations.add' : 'organizations.amend');
  if (!book) return <BookPage title={title} back="/admin/organizations"><Loading>{t('app.loading')}</Loading></BookPage>;
  if (actor.role !== 'administrator' || (id !== 'new' && !org)) {
    return <BookPage title={title} back="/admin/organizations"><EmptyNote>{t(actor.role === 'administrator' ? 'refusal.directory.notFound' : 'refusal.directory.notAllowed')}</EmptyNote></BookPage>;
  }
  return <Writing key={id} org={org} book={book} />;
}

type Draft = { readonly [Name in 'name' | 'kana' | 'romaji' | 'short' | 'code' | 'lat' | 'lon']: string };
const fields = ['name', 'kana', 'romaji', 'short', 'code', 'lat', 'lon'] as const;

function Writing({ org, book }: { org: Organization | undefined; book: Book }) {
  const { t, refusal } = useWords();
  const stair = useStair();
  const route = useRoute();
  const [kind, setKind] = useState<Organization['kind']>(org?.kind ?? 'outside');
  const [draft, setDraft] = useState<Draft>({
    name: org?.name ?? '', kana: org?.kana ?? '', romaji: org?.romaji ?? '', short: org?.short ?? '', code: org?.code ?? '', lat: org?.lat?.toString() ?? '', lon: org?.lon?.toString() ?? '',
  });
  const [trouble, setTrouble] = useState<Readonly<Partial<Record<keyof Draft | 'form', string>>>>({});
  const [busy, setBusy] = useState(false);
  const title = t(org ? 'organizations.amend' : 'organizations.add');

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const told = (name: keyof Draft): string => draft[name].normalize('NFKC').trim();
    const wrong: Partial<Record<keyof Draft | 'form', string>> = {};
    if (!told('name')) wrong.name = t('people.nameMissing');
    else if (book.organizations.some((o) => o.name === told('name') && o.id !== org?.id)) wrong.name = t('organizations.nameTaken');
    if (!told('short')) wrong.short = t('organizations.shortMissing');
    if (told('code') && !/^\d{6}$/.test(told('code'))) wrong.code = t('organizations.codeWrong');
    for (const [name, most] of [['lat', 90], ['lon', 180]] as const) if (told(name) && !(Math.abs(Number(told(name))) <= most)) wrong[name] = t('organizations.placeWrong');
    setTrouble(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    const words: Organization = {
      id: org?.id ?? stair.newId(), kind, name: told('name'), kana: told('kana'), romaji: told('romaji'), short: told('short'),
      ...(told('code') ? { code: told('code') } : {}), ...(told('lat') ? { lat: Number(told('lat')) } : {}), ...(told('lon') ? { lon: Number(told('lon')) } : {}),
      ...(org?.tile ? { tile: org.tile } : {}),
    };
    const said = org ? await stair.send(amendOrganization, words) : await stair.send(addOrganization, words);
    const answer = said.ok ? await said.answer : said;
    setBusy(false);
    if (answer.ok) return route.back('/admin/organizations');
    // The check digit is judged by the server.
    const at = String(answer.params?.['at'] ?? (answer.code === 'directory.codeTaken' ? 'code' : 'form'));
    setTrouble(at === 'code' && answer.code === 'input.wrong' ? { code: t('organizations.codeWrong') } : { [fields.find((name) => name === at) ?? 'form']: refusal(answer.code, answer.params) });
  };
  const text = (name: keyof Draft, more: { maxLength: number; inputMode?: 'numeric' | 'decimal'; lang?: string }) => (
    <Field label={t(`organizations.${name}`)} hint={name === 'short' ? t('organizations.shortHint') : name === 'code' ? t('organizations.codeHint') : undefined} error={trouble[name]}>
      {(wiring) => <input {...wiring} {...more} value={draft[name]} onInput={(event) => { const { value } = event.currentTarget; setDraft((now) => ({ ...now, [name]: value })); }} />}
    </Field>
  );
  return (
    <BookPage title={title} subtitle={org?.name} back="/admin/organizations" foot={<Button kind="main" type="submit" form="organization" busy={busy ? t('account.saving') : undefined}>{t('people.save')}</Button>}>
      <form id="organization" class="form" onSubmit={(event) => void save(event)} noValidate>
        <Field label={t('organizations.kind')}>
          {(wiring) => (
            <select {...wiring} value={kind} onChange={(event) => setKind(event.currentTarget.value as Organization['kind'])}>
              {organizationKinds.map((one) => <option key={one} value={one}>{t(`organizations.kind.${one}`)}</option>)}
            </select>
          )}
        </Field>
        {text('name', { maxLength: 60 })}
        <div class="pair">{text('kana', { maxLength: 60 })}{text('romaji', { maxLength: 60, lang: 'en' })}</div>
        <div class="pair">{text('short', { maxLength: 4 })}{text('code', { maxLength: 6, inputMode: 'numeric' })}</div>
        <div class="pair">{text('lat', { maxLength: 12, inputMode: 'decimal' })}{text('lon', { maxLength: 12, inputMode: 'decimal' })}</div>
        {trouble.form && <FieldError>{trouble.form}</FieldError>}
      </form>
    </BookPage>
  );
}
