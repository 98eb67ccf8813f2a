import { AnswerButtons, Bar, Button, Chips, EmptyNote, FieldError, IconLine, Loading, Page, PersonRow, SectionHead, Sheet, State, Tag } from '@noroshi/foundations/ui';
import { listed } from '@noroshi/foundations/i18n';
import { Marks, useFrame, useLive, useNow, useRoute, useSending, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { answerAppointment } from '../answer-appointment.ts';
import { answerOf, answers, appointment, asksAnyone, isAsked, privateWords, type Appointment } from '../appointment.ts';
import { deskOf } from '../calendar-place.ts';
import { localAt, type Local } from '../local-time.ts';
import { takeOut } from '../tend-appointment.ts';
import { timeOn, timesOf, type Time } from '../times.ts';
import { CalendarMark } from './CalendarMark.tsx';
import { readCalendars, titleOf, type CalendarNow, type Known } from './known.ts';
import { fullWhen, reminderKey, repeatSays } from './says.ts';
import './calendar.css';

/** The time that is meant: the one that is named, or the next, or the last there was. */
function timeMeant(of: Appointment, on: Local | null, today: Local): Time {
  const named = on ? timeOn(of, on) : undefined;
  return named ?? timesOf(of, today, '2099-12-31', 1)[0] ?? timesOf(of, of.start, of.start)[0] ?? { on: of.start, start: of.start, end: of.end, title: of.title, place: of.place, note: of.note, isOtherwise: false };
}

/** One appointment: what, when, where, who comes, and one's own answer. */
export default function AppointmentPage({ params }: PageProps) {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const route = useRoute();
  const now = useNow(60_000);
  const known = useLive((stair) => readCalendars(stair, words), [language]);
  const calendar = known?.calendars.find(({ id }) => id === params['calendar']);
  const of = calendar?.appointments.find(({ id }) => id === params['appointment']);
  if (known && calendar && of && !of.takenOut) return <One known={known} calendar={calendar} of={of} time={timeMeant(of, route.search.get('on'), localAt(now).slice(0, 10))} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('calendar.title')} back={{ label: t('app.back'), href: '/calendar' }} />{frame.bands}</>}>
      {known ? <WhenWhole><EmptyNote>{t(of?.takenOut ? 'refusal.calendar.takenOut' : 'refusal.calendar.appointmentNotFound')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function One({ known, calendar, of, time }: { known: Known; calendar: CalendarNow; of: Appointment; time: Time }) {
  const words = useWords();
  const { t, moment } = words;
  const frame = useFrame();
  const stair = useStair();
  const { actor } = stair;
  const sending = useSending();
  const [asks, ask] = useState<'amend' | 'takeOut'>();
  const [ofAll, forAll] = useState(true);
  const waits = calendar.waits(of.id);
  const mine = answerOf(of, actor.person, time.on);
  const write = (scope: string): string => `/calendar/write?calendar=${calendar.id}&appointment=${of.id}&on=${time.on}&scope=${scope}`;
  const asked = calendar.members.filter((who) => isAsked(of, { person: who.person, org: who.card.org }));
  const unseen = of.private && !time.title;
  const outOfCalendar = (of.people ?? []).filter((id) => !calendar.members.some(({ person }) => person === id)).length;
  const count = (answer: string): number => asked.filter((who) => answerOf(of, who.person, time.on) === answer).length;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs}
      head={<><Bar title={titleOf({ ...time, of }, words)} subtitle={calendar.name} back={{ label: t('app.back'), href: `/calendar?day=${time.start.slice(0, 10)}` }} />{frame.bands}</>}>
      <div class="cal-one">
        <p class="cal-when">{fullWhen(time, words)}</p>
        <p class="cal-tags">
          <span><CalendarMark mark={calendar.mark} /> {calendar.name}</span>
          {of.private && <Tag>{t('calendar.private')}</Tag>}
          {time.isOtherwise && <Tag>{t('calendar.isOtherwise')}</Tag>}
          {waits && <State kind="quiet" icon="clock">{t('home.waits')}</State>}
        </p>
        {of.repeat && <IconLine icon="loop">{repeatSays(of.repeat, of.start, words)}</IconLine>}
        {time.place && <IconLine icon="pin">{time.place}</IconLine>}
        {of.reminders && of.reminders.length > 0 && <IconLine icon="bell">{listed(of.reminders.map((minutes) => reminderSays(minutes, words)), words)}</IconLine>}
        {time.note && <p class="cal-note">{time.note}</p>}
        {!waits && (of.private && calendar.mayWrite ? <Marks noun={privateWords.noun} id={of.id} room={deskOf(calendar.id)} marked={false} /> : !of.private && <Marks noun={appointment.noun} id={of.id} room={calendar.id} marked={of.redacted !== undefined} />)}
        {unseen && <p class="sub">{t('calendar.busySays')}</p>}
        <p class="sub">{words.beside([t('calendar.putBy', { name: calendar.members.find(({ person }) => person === of.by)?.card.name ?? t('talk.someone'), time: moment(of.at) }), of.amended && t('calendar.amendedAt', { n: of.rev, time: moment(of.amended.at) })])}</p>
      </div>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {asksAnyone(of) && <section class="cal-asked">
        <SectionHead title={t('calendar.people')} aside={t('calendar.counts', { yes: count('yes'), maybe: count('maybe'), no: count('no'), none: asked.length - count('yes') - count('maybe') - count('no') })} />
        {isAsked(of, actor) && <div class="form">
          {of.repeat && <Chips legend={t('calendar.answerFor')} quiet value={ofAll ? 'all' : 'one'} onChange={(to) => forAll(to === 'all')} choices={[{ value: 'all', label: t('calendar.answerAll') }, { value: 'one', label: t('calendar.onlyThis') }]} />}
          <AnswerButtons label={t('calendar.answer')} current={mine} answers={answers.map((value) => ({ value, label: t(`calendar.answer.${value}`), icon: value === 'yes' ? 'check' as const : undefined }))}
            onAnswer={(answer) => void sending.send(answerAppointment, { calendar: calendar.id, appointment: of.id, answer, ...(of.repeat && !ofAll ? { on: time.on } : {}) })} />
        </div>}
        {(of.orgs ?? []).length > 0 && <p class="cal-orgs">{listed((of.orgs ?? []).map(known.org).filter(Boolean), words)}</p>}
        <ul>{asked.map((who) => {
          const answer = answerOf(of, who.person, time.on);
          return <PersonRow key={who.no} mark={who.card.mark} name={who.card.name} post={`${who.card.orgName} ${who.card.post}`.trim()}
            end={answer ? <State kind={answer === 'yes' ? 'ok' : 'quiet'} icon={answer === 'no' ? 'close' : undefined}>{t(`calendar.answer.${answer}`)}</State> : <State kind="doing">{t('calendar.unanswered')}</State>} />;
        })}</ul>
        {outOfCalendar > 0 && <p class="cal-orgs sub">{t('calendar.outOfCalendar', { n: outOfCalendar })}</p>}
      </section>}
      {calendar.mayWrite && <div class="cal-tend cal-pad">
        {of.repeat ? <Button icon="edit" onClick={() => ask('amend')}>{t('calendar.amend')}</Button> : <Button icon="edit" href={write('all')}>{t('calendar.amend')}</Button>}
        <Button kind="quiet" class="danger" onClick={() => ask('takeOut')}>{t('calendar.takeOut')}</Button>
      </div>}
      {asks === 'amend' && (
        <Sheet title={t('calendar.whichTimes')} closeLabel={t('app.close')} onClose={() => ask(undefined)}>
          <div class="form">
            {!of.private && <Button href={write('one')}>{t('calendar.onlyThis')}</Button>}
            {time.on > of.start && <Button href={write('following')}>{t('calendar.thisAndLater')}</Button>}
            <Button href={write('all')}>{t('calendar.allTimes')}</Button>
            {of.private && <p class="sub">{t('refusal.calendar.privateKeepsWords')}</p>}
          </div>
        </Sheet>
      )}
      {asks === 'takeOut' && <TakeOut calendar={calendar} of={of} time={time} onClose={() => ask(undefined)} />}
    </Page>
  );
}

/** 取り消す: asked once, with what goes. */
function TakeOut({ calendar, of, time, onClose }: { calendar: CalendarNow; of: Appointment; time: Time; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const route = useRoute();
  const sending = useSending();
  const go = async (more: { on?: Local; following?: true }): Promise<void> => {
    if (await sending.send(takeOut, { calendar: calendar.id, appointment: of.id, sees: of.rev, ...more })) route.go(`/calendar?day=${time.start.slice(0, 10)}`, { replace: true });
  };
  const busy = sending.busy ? t('calendar.sending') : undefined;
  return (
    <Sheet title={t('calendar.takeOutReally')} closeLabel={t('app.close')} onClose={onClose}>
      <div class="form">
        <p>{fullWhen(time, words)}　{titleOf({ ...time, of }, words)}</p>
        <p class="sub">{t('calendar.takeOutSays')}</p>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {of.repeat && <Button kind="danger" wide busy={busy} onClick={() => void go({ on: time.on })}>{t('calendar.takeOutOne')}</Button>}
        {of.repeat && time.on > of.start && <Button kind="danger" wide busy={busy} onClick={() => void go({ on: time.on, following: true })}>{t('calendar.takeOutFollowing')}</Button>}
        <Button kind="danger" wide busy={busy} onClick={() => void go({})}>{t(of.repeat ? 'calendar.takeOutAll' : 'calendar.takeOut')}</Button>
      </div>
    </Sheet>
  );
}

const usual = new Set([-1, 0, 10, 30, 60, 420, 1440]);
/** A reminder in words: the usual ones by name, any other by its minutes. */
export const reminderSays = (minutes: number, { t }: Pick<ReturnType<typeof useWords>, 't'>): string =>
  (usual.has(minutes) ? t(reminderKey(minutes)) : minutes % 1440 === 0 ? t('calendar.reminder.days', { n: minutes / 1440 }) : minutes % 60 === 0 ? t('calendar.reminder.hours', { n: minutes / 60 }) : t('calendar.reminder.minutes', { n: minutes }));
