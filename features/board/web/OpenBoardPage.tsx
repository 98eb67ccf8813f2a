import { organization, nameIn, type Organization } from '@noroshi/features/directory';
import { Bar, Button, Field, FieldError, Loading, Page, ToggleChips } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { useFrame, useLive, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { openBoard } from '../open-board.ts';
import { parted } from './written.ts';
import './board.css';

/** An administrator opens a board: what it is called, for whom it is, who may write. */
export default function OpenBoardPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const sending = useSending();
  const [id] = useState(stair.newId());
  const [name, setName] = useState('');
  const [short, setShort] = useState('');
  const [categories, setCategories] = useState(t('board.usualCategories'));
  const known = useLive(async ({ replica }) => (await replica.all<Organization>(organization.noun)).map(({ value }) => value).filter(({ kind }) => kind !== 'outside').toSorted((a, b) => ((a.code ?? a.id) < (b.code ?? b.id) ? -1 : 1)));
  const [readers, setReaders] = useState<Id[]>([]);
  const [writers, setWriters] = useState<Id[]>();
  const writing = writers ?? known?.filter(({ kind }) => kind === 'prefecture').map((one) => one.id) ?? [];
  const choices = known?.map((one) => ({ value: one.id, label: nameIn(one, language) })) ?? [];
  const send = async (): Promise<void> => {
    const told = await sending.send(openBoard, {
      id, name, short, categories: parted(categories).map((one, i) => ({ id: `c${i + 1}`, name: one })), readers: { orgs: readers, people: [] }, writers: { orgs: writing, people: [] },
    });
    if (told) route.go('/board', { replace: true });
  };
  return (
    <Page skipLabel={frame.skipLabel} content="form" head={<Bar title={t('board.open')} back={{ label: t('app.back'), href: '/board', close: true }} />}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide icon="board" busy={sending.busy ? t('board.sending') : undefined} onClick={() => void send()}>{t('board.openIt')}</Button></>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      <div class="cols">
        <Field label={t('board.field.name')}>{(wiring) => <input {...wiring} maxLength={80} value={name} onInput={(e) => setName(e.currentTarget.value)} />}</Field>
        <Field label={t('board.field.short')}>{(wiring) => <input {...wiring} maxLength={4} value={short} onInput={(e) => setShort(e.currentTarget.value)} />}</Field>
      </div>
      <Field label={t('board.field.categories')} hint={t('board.field.categoriesSays')}>{(wiring) => <input {...wiring} maxLength={400} value={categories} onInput={(e) => setCategories(e.currentTarget.value)} />}</Field>
      {known && <>
        <ToggleChips legend={t('board.field.readers')} values={readers} onChange={setReaders} choices={choices} />
        <Button onClick={() => setReaders(known.map((one) => one.id))}>{t('board.allOrgs')}</Button>
        <ToggleChips legend={t('board.field.writers')} values={writing} onChange={setWriters} choices={choices} />
      </>}
    </Page>
  );
}
