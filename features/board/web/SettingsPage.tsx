import { closeRoom, room as roomNoun, type Room } from '@noroshi/features/talk';
import { PeoplePicker, usePeople } from '@noroshi/features/talk/web';
import { Bar, Button, Chips, EmptyNote, Field, FieldError, Loading, Page, PersonRow, SectionHead, Sheet, State } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, member as memberNoun, type Member } from '@noroshi/foundations/sync';
import { useFrame, useLive, useRoute, useSending, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { deskOf, deskStream } from '../board-place.ts';
import { setCategories } from '../open-board.ts';
import { letIn, letOut } from '../seat-people.ts';
import { readBoards, readersOf, type BoardNow } from './known.ts';
import { parted, renamed } from './written.ts';
import './board.css';

/** An administrator tends a board: its categories, and who reads and writes beside the organizations it is for. */
export default function SettingsPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const id = useRoute().search.get('board');
  const known = useLive((stair) => readBoards(stair, language), [language]);
  const board = known?.boards.find((one) => one.id === id);
  return (
    <Page skipLabel={frame.skipLabel} content="form" head={<Bar title={t('board.settings')} subtitle={board?.name} back={{ label: t('app.back'), href: '/board', close: true }} />}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && !board && <WhenWhole><EmptyNote>{t('refusal.board.notFound')}</EmptyNote></WhenWhole>}
      {known && board && <Settings key={board.id} board={board} org={known.org} />}
    </Page>
  );
}

function Settings({ board, org }: { board: BoardNow; org: (id: Id) => string }) {
  const { t, beside } = useWords();
  const route = useRoute();
  const sending = useSending();
  const [typed, type] = useState(board.categories.map(({ name }) => name).join('／'));
  const [asks, ask] = useState<'people' | 'close'>();
  const places = useLive(async ({ replica }) => {
    const [room, desk, writers] = await Promise.all([replica.get<Room>(roomNoun.noun, board.id), replica.get<Room>(roomNoun.noun, deskOf(board.id)), replica.all<Member>(memberNoun.noun, deskStream(board.id))]);
    return { room, desk, writers: new Set(writers.filter(({ value }) => currentStay(value)).map(({ value }) => value.person)) };
  }, [board.id]);
  const saveCategories = async (): Promise<void> => {
    await sending.send(setCategories, { board: board.id, categories: renamed(board.categories, parted(typed)) });
  };
  const singles = readersOf(board).filter((who) => !who.card.via);
  return (
    <>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Field label={t('board.field.categories')} hint={t('board.field.categoriesSays')}>{(wiring) => <input {...wiring} maxLength={400} value={typed} onInput={(e) => type(e.currentTarget.value)} />}</Field>
      <Button busy={sending.busy ? t('board.sending') : undefined} onClick={() => void saveCategories()}>{t('board.saveCategories')}</Button>
      <section>
        <SectionHead title={t('board.field.readers')} level={2} />
        <p>{beside((places?.room?.orgs ?? []).map(org)) || t('board.nobody')}</p>
        <SectionHead title={t('board.field.writers')} level={2} />
        <p>{beside((places?.desk?.orgs ?? []).map(org)) || t('board.nobody')}</p>
        <p class="sub">{t('board.seatsSay')}</p>
      </section>
      <section>
        <SectionHead title={t('board.singles')} level={2} />
        {singles.length === 0 && <p class="sub">{t('board.nobody')}</p>}
        <ul>{singles.map((who) => {
          const writes = places?.writers.has(who.person) ?? false;
          return (
            <PersonRow key={who.no} mark={who.card.mark} name={who.card.name} post={`${who.card.orgName} ${who.card.post}`.trim()} note={writes ? <State kind="doing" icon="edit">{t('board.writesToo')}</State> : t('board.readsOnly')}
              end={<>
                {writes && <Button kind="quiet" onClick={() => void sending.send(letOut, { board: board.id, person: who.person, writing: true })}>{t('board.writesNoMore')}</Button>}
                <Button kind="quiet" class="danger" onClick={() => void sending.send(letOut, { board: board.id, person: who.person, writing: false })}>{t('board.letOut')}<span class="sr">{who.card.name}</span></Button>
              </>} />
          );
        })}</ul>
        <Button icon="plus" onClick={() => ask('people')}>{t('board.letIn')}</Button>
      </section>
      {!board.closed && <Button kind="quiet" class="danger" onClick={() => ask('close')}>{t('board.close')}</Button>}
      {asks === 'people' && <LetIn board={board} onClose={() => ask(undefined)} />}
      {asks === 'close' && (
        <Sheet title={t('board.closeReally')} closeLabel={t('app.close')} onClose={() => ask(undefined)}
          foot={<Button kind="danger" wide busy={sending.busy ? t('board.sending') : undefined} onClick={async () => { if (await sending.send(closeRoom, { room: board.id })) route.go('/board', { replace: true }); }}>{t('board.close')}</Button>}>
          <p class="sheet-pad">{t('board.closeSays')}</p>
        </Sheet>
      )}
    </>
  );
}

function LetIn({ board, onClose }: { board: BoardNow; onClose: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const people = usePeople();
  const [chosen, choose] = useState<readonly Id[]>([]);
  const [writing, write] = useState(false);
  const send = async (): Promise<void> => {
    if (await sending.send(letIn, { board: board.id, people: [...chosen], writing })) onClose();
  };
  return (
    <Sheet title={t('board.letIn')} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide disabled={chosen.length === 0} busy={sending.busy ? t('board.sending') : undefined} onClick={() => void send()}>{t('board.letInPeople', { n: chosen.length })}</Button></>}>
      <div class="form">
        <Chips legend={t('board.letInAs')} value={writing ? 'writes' : 'reads'} onChange={(as) => write(as === 'writes')} choices={[{ value: 'reads', label: t('board.readsOnly') }, { value: 'writes', label: t('board.writesToo') }]} />
        {people ? <PeoplePicker people={people.filter(({ id, guest }) => !(writing && guest) && (writing || !readersOf(board).some(({ person }) => person === id)))} chosen={chosen} onChange={choose} /> : <Loading>{t('app.loading')}</Loading>}
      </div>
    </Sheet>
  );
}
