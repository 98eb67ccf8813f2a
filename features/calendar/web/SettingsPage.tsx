import { closeRoom } from '@noroshi/features/talk';
import { PeoplePicker, usePeople } from '@noroshi/features/talk/web';
import { Bar, Button, Chips, EmptyNote, FieldError, Loading, Page, PersonRow, SectionHead, Sheet, State } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, member as memberNoun, type Member } from '@noroshi/foundations/sync';
import { listed } from '@noroshi/foundations/i18n';
import { useFrame, useLive, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { deskStream } from '../calendar-place.ts';
import { shareCalendar, unshareCalendar } from '../open-calendar.ts';
import { ExportPart, FeedPart, ImportPart } from './FilePart.tsx';
import { CalendarMark } from './CalendarMark.tsx';
import { readCalendars, type CalendarNow, type Known } from './known.ts';
import './calendar.css';

/** 予定表の設定: with whom it is shared, and how it goes to other programs and comes from them. */
export default function SettingsPage() {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const route = useRoute();
  const known = useLive((stair) => readCalendars(stair, words), [language]);
  const calendar = known?.calendars.find(({ id }) => id === route.search.get('calendar')) ?? known?.calendars[0];
  return (
    <Page skipLabel={frame.skipLabel} content="form" head={<Bar title={t('calendar.settings')} subtitle={calendar?.name} back={{ label: t('app.back'), href: '/calendar', close: true }} />}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && !calendar && <WhenWhole><EmptyNote>{t('calendar.none')}</EmptyNote></WhenWhole>}
      {known && known.calendars.length > 1 && <Chips legend={t('calendar.which')} value={calendar!.id} onChange={(id) => route.go(`/calendar/settings?calendar=${id}`, { replace: true })} choices={known.calendars.map(({ id, name, mark }) => ({ value: id, label: <><CalendarMark mark={mark} /> {name}</> }))} />}
      {known && calendar && <div key={calendar.id} class="cal-parts">
        <Shared calendar={calendar} known={known} />
        <FeedPart calendar={calendar} />
        <ExportPart calendar={calendar} />
        {calendar.mayWrite && <ImportPart calendar={calendar} />}
      </div>}
    </Page>
  );
}

/** With whom it is shared, and whoever may says so. */
function Shared({ calendar, known }: { calendar: CalendarNow; known: Known }) {
  const words = useWords();
  const { t } = words;
  const { actor } = useStair();
  const route = useRoute();
  const sending = useSending();
  const [asks, ask] = useState<'people' | 'close'>();
  const writers = useLive(async ({ replica }) => new Set((await replica.all<Member>(memberNoun.noun, deskStream(calendar.id))).filter(({ value }) => currentStay(value)).map(({ value }) => value.person)), [calendar.id]);
  const mayShare = !calendar.closed && (calendar.own ? calendar.isMine : calendar.mayWrite || actor.role === 'administrator');
  const singles = calendar.members.filter((who) => !who.card.via && who.person !== calendar.own);
  const unshare = (who: Member, writing: boolean): void => void sending.send(unshareCalendar, { calendar: calendar.id, person: who.person, writing });
  return (
    <section class="cal-shared">
      <SectionHead title={t('calendar.sharedWith')} />
      {calendar.own && <p class="sub">{t(calendar.isMine ? 'calendar.ownSays' : 'calendar.othersSays')}</p>}
      {calendar.orgs.length > 0 && <p>{listed(calendar.orgs.map(known.org).filter(Boolean), words)}</p>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {singles.length === 0 && calendar.orgs.length === 0 && <p class="sub">{t('calendar.nobody')}</p>}
      <ul>{singles.map((who) => {
        const writes = writers?.has(who.person) ?? false;
        return (
          <PersonRow key={who.no} mark={who.card.mark} name={who.card.name} post={`${who.card.orgName} ${who.card.post}`.trim()} note={writes ? <State kind="doing" icon="edit">{t('calendar.writesToo')}</State> : t('calendar.readsOnly')}
            end={(mayShare || who.person === actor.person) && <>
              {writes && mayShare && <Button kind="quiet" onClick={() => unshare(who, true)}>{t('calendar.writesNoMore')}<span class="sr">{who.card.name}</span></Button>}
              <Button kind="quiet" class="danger" onClick={() => unshare(who, false)}>{t(who.person === actor.person ? 'calendar.leaveIt' : 'calendar.unshare')}<span class="sr">{who.card.name}</span></Button>
            </>} />
        );
      })}</ul>
      {mayShare && <div class="cal-tend">
        <Button icon="plus" onClick={() => ask('people')}>{t('calendar.share')}</Button>
        {!calendar.own && actor.role === 'administrator' && <Button kind="quiet" class="danger" onClick={() => ask('close')}>{t('calendar.close')}</Button>}
      </div>}
      {asks === 'people' && <Share calendar={calendar} writers={writers ?? new Set()} onClose={() => ask(undefined)} />}
      {asks === 'close' && (
        <Sheet title={t('calendar.closeReally')} closeLabel={t('app.close')} onClose={() => ask(undefined)}
          foot={<Button kind="danger" wide busy={sending.busy ? t('calendar.sending') : undefined} onClick={async () => { if (await sending.send(closeRoom, { room: calendar.id })) route.go('/calendar', { replace: true }); }}>{t('calendar.close')}</Button>}>
          <p class="sheet-pad">{t('calendar.closeSays')}</p>
        </Sheet>
      )}
    </section>
  );
}

function Share({ calendar, writers, onClose }: { calendar: CalendarNow; writers: ReadonlySet<Id>; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const sending = useSending();
  const people = usePeople();
  const [chosen, choose] = useState<readonly Id[]>([]);
  const [writing, write] = useState(false);
  const isThere = (id: Id): boolean => (writing ? writers.has(id) : calendar.members.some(({ person }) => person === id));
  return (
    <Sheet title={t('calendar.share')} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide disabled={chosen.length === 0} busy={sending.busy ? t('calendar.sending') : undefined}
        onClick={async () => { if (await sending.send(shareCalendar, { calendar: calendar.id, people: [...chosen], writing })) onClose(); }}>{t('calendar.shareWith', { n: chosen.length })}</Button></>}>
      <div class="form">
        <Chips legend={t('calendar.shareAs')} value={writing ? 'writes' : 'reads'} onChange={(as) => { write(as === 'writes'); choose([]); }} choices={[{ value: 'reads', label: t('calendar.readsOnly'), note: t('calendar.readsSays') }, { value: 'writes', label: t('calendar.writesToo'), note: t('calendar.writesSays') }]} />
        {people ? <PeoplePicker people={people.filter(({ id, guest }) => !(writing && guest) && !isThere(id))} chosen={chosen} onChange={choose} /> : <Loading>{t('app.loading')}</Loading>}
      </div>
    </Sheet>
  );
}
