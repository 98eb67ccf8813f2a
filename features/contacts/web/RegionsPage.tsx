import { BookPage, nameFor } from '@noroshi/features/directory/web';
import type { Id } from '@noroshi/foundations/kernel';
import { Button, EmptyNote, Field, FieldError, IconButton, Loading, SectionHead } from '@noroshi/foundations/ui';
import { useLive, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { mostRegions, setRegions, type Region } from '../regions.ts';
import { readKnown, type Known } from './known.ts';

/** 地域を決める: their names, and in which of them each municipality stands. For administrators. */
export default function RegionsPage() {
  const { t } = useWords();
  const { actor } = useStair();
  const known = useLive(readKnown);
  if (!known) return <BookPage title={t('contacts.regions')} back="/people"><Loading>{t('app.loading')}</Loading></BookPage>;
  if (actor.role !== 'administrator') return <BookPage title={t('contacts.regions')} back="/people"><EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote></BookPage>;
  return <Writing known={known} />;
}

type Draft = Pick<Region, 'name' | 'romaji'>;

function Writing({ known }: { known: Known }) {
  const { t, language } = useWords();
  const route = useRoute();
  const sending = useSending();
  const [names, name] = useState<readonly Draft[]>(known.regions.length > 0 ? known.regions.map((one) => ({ name: one.name, romaji: one.romaji })) : [{ name: '', romaji: '' }]);
  // In which region an organization stands, by its place among them; in none.
  const [places, place] = useState<ReadonlyMap<Id, number>>(new Map(known.regions.flatMap(({ orgs }, i) => orgs.map((id): [Id, number] => [id, i]))));
  const [pressed, press] = useState(false);
  const towns = known.book.organizations.filter(({ kind }) => kind !== 'prefecture' && kind !== 'outside');
  const put = (at: number, more: Partial<Draft>): void => name(names.map((one, i) => (i === at ? { ...one, ...more } : one)));
  const drop = (at: number): void => {
    name(names.filter((_, i) => i !== at));
    place(new Map([...places].flatMap(([id, i]): [Id, number][] => (i === at ? [] : [[id, i > at ? i - 1 : i]]))));
  };
  const save = async (): Promise<void> => {
    press(true);
    if (names.some((one) => one.name.trim() === '')) return;
    const regions = names.map((one, i): Region => ({ name: one.name.trim(), romaji: one.romaji.trim(), orgs: towns.filter(({ id }) => places.get(id) === i).map(({ id }) => id) }));
    if (await sending.send(setRegions, { regions })) route.back('/people');
  };
  return (
    <BookPage title={t('contacts.regions')} back="/people" content="form" foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide busy={sending.busy ? t('account.saving') : undefined} onClick={() => void save()}>{t('people.save')}</Button></>}>
      <p class="sub">{t('contacts.regionsSay')}</p>
      <ol class="regions">
        {names.map((one, i) => (
          <li key={i} class="pair">
            <Field label={t('contacts.regionName', { n: i + 1 })} error={pressed && one.name.trim() === '' ? t('contacts.regionMissing') : undefined}>{(wiring) => <input {...wiring} value={one.name} maxLength={40} onInput={(event) => put(i, { name: event.currentTarget.value })} />}</Field>
            <Field label={t('contacts.regionRomaji', { n: i + 1 })}>{(wiring) => <span class="row"><input {...wiring} lang="en" value={one.romaji} maxLength={60} onInput={(event) => put(i, { romaji: event.currentTarget.value })} /><IconButton icon="close" label={t('contacts.regionRemove', { n: i + 1 })} onClick={() => drop(i)} /></span>}</Field>
          </li>
        ))}
      </ol>
      {names.length < mostRegions && <Button icon="plus" onClick={() => name([...names, { name: '', romaji: '' }])}>{t('contacts.regionAdd')}</Button>}
      <section class="form" aria-labelledby="towns">
        <SectionHead id="towns" title={t('contacts.regionTowns')} />
        <div class="cols">
          {towns.map((org) => (
            <Field key={org.id} label={nameFor(language, org)}>
              {(wiring) => (
                <select {...wiring} value={String(places.get(org.id) ?? '')} onChange={(event) => { const { value } = event.currentTarget; place(new Map([...[...places].filter(([id]) => id !== org.id), ...(value === '' ? [] : [[org.id, Number(value)] as const])])); }}>
                  <option value="">{t('contacts.regionNone')}</option>
                  {names.map((one, i) => <option key={i} value={String(i)}>{one.name || t('contacts.regionName', { n: i + 1 })}</option>)}
                </select>
              )}
            </Field>
          ))}
        </div>
      </section>
    </BookPage>
  );
}
