import { organization, nameIn, type Organization } from '@noroshi/features/directory';
import { PeoplePicker, usePeople } from '@noroshi/features/talk/web';
import { Bar, Button, Chips, Field, FieldError, Loading, Page, ToggleChips } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { useFrame, useLive, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { mostMarks } from '../calendar-place.ts';
import { openCalendar } from '../open-calendar.ts';
import { CalendarMark } from './CalendarMark.tsx';
import './calendar.css';

/** 共有の予定表を開く: what it is called, who sees it, who writes in it. */
export default function OpenCalendarPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const stair = useStair();
  const { actor } = stair;
  const route = useRoute();
  const sending = useSending();
  const [id] = useState(() => stair.newId());
  const [name, setName] = useState('');
  const [mark, setMark] = useState('2');
  const orgs = useLive(async ({ replica }) => (await replica.all<Organization>(organization.noun)).map(({ value }) => value).filter((one) => one.kind !== 'outside' && (actor.role === 'administrator' || one.id === actor.org)).toSorted((a, b) => ((a.code ?? a.id) < (b.code ?? b.id) ? -1 : 1)));
  const people = usePeople()?.filter((one) => one.id !== actor.person);
  const [readers, setReaders] = useState<Id[]>([actor.org]);
  const [writers, setWriters] = useState<Id[]>([]);
  const [single, setSingle] = useState<readonly Id[]>([]);
  const choices = orgs?.map((one) => ({ value: one.id, label: nameIn(one, language) })) ?? [];
  const send = async (): Promise<void> => {
    if (await sending.send(openCalendar, { id, name, mark: Number(mark), readers: { orgs: readers, people: [...single] }, writers: { orgs: writers, people: [] } })) route.go('/calendar', { replace: true });
  };
  return (
    <Page skipLabel={frame.skipLabel} content="form" head={<Bar title={t('calendar.open')} back={{ label: t('app.back'), href: '/calendar', close: true }} />}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide icon="calendar" busy={sending.busy ? t('calendar.sending') : undefined} onClick={() => void send()}>{t('calendar.openIt')}</Button></>}>
      <Field label={t('calendar.field.name')}>{(wiring) => <input {...wiring} maxLength={80} value={name} onInput={(e) => setName(e.currentTarget.value)} />}</Field>
      <Chips legend={t('calendar.field.mark')} value={mark} onChange={setMark} choices={Array.from({ length: mostMarks }, (_, i) => ({ value: String(i + 1), label: <><CalendarMark mark={i + 1} /> {t(`calendar.mark.${(i + 1) as 1}`)}</> }))} />
      {!orgs || !people ? <Loading>{t('app.loading')}</Loading> : <>
        <ToggleChips legend={t('calendar.field.readers')} values={readers} onChange={setReaders} choices={choices} />
        <ToggleChips legend={t('calendar.field.writers')} values={writers} onChange={setWriters} choices={choices} />
        <p class="sub">{t('calendar.openSays')}</p>
        <details class="cal-invites"><summary>{t('calendar.field.singles')}{single.length > 0 && `（${single.length}）`}</summary><PeoplePicker people={people} chosen={single} onChange={setSingle} /></details>
      </>}
    </Page>
  );
}
