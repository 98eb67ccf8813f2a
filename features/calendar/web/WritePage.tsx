import { noWords } from '@noroshi/features/talk';
import { PeoplePicker, usePeople, wordsBegun, wordsTaken } from '@noroshi/features/talk/web';
import { Bar, Button, Chips, EmptyNote, Field, FieldError, Loading, Page, ToggleChips } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { useFrame, useLine, useLive, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useRef, useState } from 'preact/hooks';
import { addDays, dayNo, isDay, isLocal, localAt, weekday, type Local } from '../local-time.ts';
import { openOwn } from '../open-calendar.ts';
import { putAppointment, type PutSaid } from '../put-appointment.ts';
import { readRule, writeRule } from '../recurrence.ts';
import { amendAppointment, amendFollowing, amendOne, timesBefore } from '../tend-appointment.ts';
import { timeOn } from '../times.ts';
import type { Content } from '../content.ts';
import { CalendarMark } from './CalendarMark.tsx';
import { readCalendars, type CalendarNow, type Known } from './known.ts';
import { fullWhen, nthSays, repeatSays, weekdayNames } from './says.ts';
import { asWritten, contentOf, emptyWritten, longestNote, longestTitle, moved, nthOf, withBrought, type Way, type Written } from './written.ts';
import './calendar.css';
import { reminderSays } from './AppointmentPage.tsx';

type Scope = 'new' | 'all' | 'one' | 'following';
interface Begun { readonly written: Written; readonly known: Known; readonly found: boolean }

/** 予定を入れる・直す. */
export default function WritePage() {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const route = useRoute();
  const [wanted, id, on, day, again, room] = ['calendar', 'appointment', 'on', 'day', 'again', 'room'].map((name) => route.search.get(name) ?? undefined);
  const scope: Scope = !id ? 'new' : (['one', 'following'] as const).find((one) => one === route.search.get('scope')) ?? 'all';
  const place = `calendar/write/${id ? `${id}/${scope}/${on ?? ''}` : room ? `new/${room}` : 'new'}`;
  const begun = useLive(async (stair): Promise<Begun> => {
    const known = await readCalendars(stair, words);
    const now = localAt(stair.now());
    const calendar = known.calendars.find((one) => one.id === wanted);
    const of = calendar?.appointments.find((one) => one.id === id);
    const refused = again ? await stair.replica.outbox.item.where('id').equals(again).first() : undefined;
    const kept = await stair.replica.outbox.draft.get(place);
    const empty = { ...emptyWritten(day && isLocal(day) && isDay(day) ? day : now.slice(0, 10), now), calendar: wanted };
    if (refused) {
      const { calendar: where, private: isPrivate = false, sees, ...content } = refused.input as PutSaid & { sees?: number };
      return { known, found: !id || of !== undefined, written: { ...asWritten(content, where, of?.private ?? isPrivate), ...(sees ? { sees } : {}) } };
    }
    const draft = kept && { ...empty, ...(JSON.parse(kept.text) as Written) };
    const brought = room && !id && route.search.has('words') ? await wordsBegun(stair, room, [draft?.along]) : noWords;
    const along = room && brought.words ? { room, words: brought.words } : draft?.along;
    if (draft) return { known, found: !id || of !== undefined, written: { ...withBrought(draft, brought), along } };
    if (!of || !calendar) return { known, found: !id, written: { ...withBrought(empty, brought), along } };
    return { known, found: true, written: { ...asWritten(meant(of, scope, on), calendar.id, of.private ?? false), sees: of.rev } };
  }, [place, wanted, again, room, language]);
  // What comes in while one writes changes nothing under the hands.
  const first = useRef<{ place: string; begun: Begun } | undefined>(undefined);
  if (begun?.found && first.current?.place !== place && begun.known.calendars.some(({ mayWrite }) => mayWrite)) first.current = { place, begun };
  if (first.current?.place === place) return <Writing key={place} begun={first.current.begun} place={place} scope={scope} id={id} on={on} again={again} talk={room} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('calendar.put')} back={{ label: t('app.back'), href: room ? `/talk/${room}` : '/calendar', close: true }} />{frame.bands}</>}>
      {begun ? <WhenWhole><EmptyNote>{t(begun.found ? 'calendar.noWriter' : 'refusal.calendar.appointmentNotFound')}</EmptyNote>{begun.found && <Own known={begun.known} />}</WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

/** Who can write nowhere makes a calendar of their own here, and goes on writing. */
function Own({ known }: { known: Known }) {
  const { t } = useWords();
  const { actor } = useStair();
  const sending = useSending();
  if (actor.role === 'guest' || known.calendars.some(({ isMine }) => isMine)) return null;
  return (
    <>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <p><Button kind="main" icon="plus" busy={sending.busy ? t('calendar.sending') : undefined} onClick={() => void sending.send(openOwn, { mark: 1 })}>{t('calendar.openOwn')}</Button></p>
    </>
  );
}

/** What stands in the fields: the series, one time of it, or a series that begins with that time. */
function meant(of: Content & { readonly except?: unknown }, scope: Scope, on: Local | undefined): Content {
  if (scope === 'all' || !on) return of;
  const time = timeOn(of as never, on);
  if (!time) return of;
  const { repeat, place: _place, note: _note, ...rest } = of;
  const one = { ...rest, title: time.title, start: time.start, end: time.end, ...(time.place ? { place: time.place } : {}), ...(time.note ? { note: time.note } : {}) };
  if (scope === 'one' || repeat === undefined) return one;
  const rule = readRule(repeat);
  // A counted series goes on counting from here.
  return { ...one, repeat: typeof rule === 'string' || rule.count === undefined ? repeat : writeRule({ ...rule, count: Math.max(1, rule.count - timesBefore(of, on)) }, one.start) };
}

function Writing({ begun: { written: from, known }, place, scope, id, on, again, talk }: { begun: Begun; place: string; scope: Scope; id: Id | undefined; on: Local | undefined; again: Id | undefined; talk: Id | undefined }) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const sending = useSending();
  const people = usePeople();
  const { draft: table } = stair.replica.outbox;
  const writable = known.calendars.filter(({ mayWrite }) => mayWrite);
  const [now, set] = useState<Written>({ ...from, calendar: writable.find((one) => one.id === from.calendar)?.id ?? writable[0]!.id });
  const [pressed, press] = useState(false);
  const here: CalendarNow = writable.find((one) => one.id === now.calendar) ?? writable[0]!;
  const change = (more: Partial<Written>): void => {
    const next = moved(now, more);
    set(next);
    void table.put({ place, text: JSON.stringify(next), at: stair.now() });
  };
  const { content, wrong } = contentOf(now);
  // What a colleague changes meanwhile is shown beside the draft; only what was shown is written over.
  const standing = useLive(async (s) => (id ? (await readCalendars(s, words)).calendars.flatMap(({ appointments }) => appointments).find((one) => one.id === id) : undefined), [id]);
  const isNewer = standing !== undefined && standing.rev > (from.sees ?? standing.rev);
  const day = content.start.slice(0, 10);
  const isOne = scope === 'one';
  const back = talk ? `/talk/${talk}` : id ? `/calendar/${here.id}/${id}${on ? `?on=${on}` : ''}` : `/calendar${isLocal(day) ? `?day=${day}` : ''}`;
  const send = async (): Promise<void> => {
    press(true);
    if (wrong.size > 0) return;
    const at = { calendar: here.id, appointment: id!, sees: standing?.rev ?? now.sees ?? 1 };
    const one = { title: content.title, start: content.start, end: content.end, ...(content.place ? { place: content.place } : {}), ...(content.note ? { note: content.note } : {}) };
    const told = scope === 'one' ? await sending.send(amendOne, { ...at, on: on!, ...one })
      : scope === 'following' ? await sending.send(amendFollowing, { ...at, on: on!, ...content })
      : scope === 'all' ? await sending.send(amendAppointment, { ...at, ...content })
      : await sending.send(putAppointment, { calendar: here.id, ...(now.private ? { private: true } : {}), ...content });
    if (!told) return;
    if (again) await stair.drop(again);
    await table.delete(place);
    if (now.along) await wordsTaken(stair, now.along, [`${content.title}\n${content.note ?? ''}`, content.note ?? '']);
    route.go(`/calendar?day=${day}`, { replace: true });
  };
  const error = (what: Parameters<typeof wrong.has>[0], key: Parameters<typeof t>[0]): string | undefined => (pressed && wrong.has(what) ? t(key) : undefined);
  const isStart = isLocal(now.startDay);
  const { nth, isLast } = isStart ? nthOf(now.startDay) : { nth: 1, isLast: false };
  const at = isStart ? weekday(dayNo(now.startDay)) : 0;
  const ways: { value: Way; label: string }[] = [
    { value: 'none', label: t('calendar.way.none') }, { value: 'daily', label: t('calendar.every.day') }, { value: 'weekly', label: t('calendar.every.week') },
    { value: 'monthlyDay', label: `${t('calendar.every.month')} ${t('calendar.onDay', { n: Number(now.startDay.slice(8, 10)) })}` },
    ...(nth <= 4 ? [{ value: 'monthlyNth' as const, label: `${t('calendar.every.month')} ${nthSays(nth, at, words)}` }] : []),
    ...(isLast ? [{ value: 'monthlyLast' as const, label: `${t('calendar.every.month')} ${nthSays(-1, at, words)}` }] : []),
    { value: 'yearly', label: t('calendar.every.year') },
    ...(from.way === 'other' ? [{ value: 'other' as const, label: repeatSays(from.rule, from.startDay, words) }] : []),
  ];
  // What its day no longer allows is not left standing unseen.
  const way = ways.some(({ value }) => value === now.way) ? now.way : 'monthlyDay';
  if (way !== now.way) queueMicrotask(() => change({ way }));
  const reminders = [...new Set([...(now.allDay ? [-1, 420] : [-1, 0, 10, 30, 60, 1440]), ...now.reminders])];
  const inCalendar = people?.filter((one) => here.members.some(({ person }) => person === one.id)) ?? [];
  const orgs = [...new Set(here.members.map(({ card }) => card.org))];
  const repeats = way !== 'none' && way !== 'other';
  const unit = ({ daily: 'calendar.unit.day', weekly: 'calendar.unit.week', yearly: 'calendar.unit.year' } as const)[way as 'daily'] ?? 'calendar.unit.month';
  return (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<>
        <Bar title={t(scope === 'new' ? 'calendar.put' : scope === 'one' ? 'calendar.amendOne' : scope === 'following' ? 'calendar.amendFollowing' : 'calendar.amend')} subtitle={here.name} back={{ label: t('calendar.leave'), close: true, href: back }} />
        {line.state !== 'open' && frame.bands}
      </>}
      foot={<>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        <Button kind="main" wide icon="calendar" busy={sending.busy ? t('calendar.sending') : undefined} onClick={() => void send()}>{t(line.state !== 'open' ? 'calendar.keep' : scope === 'new' ? 'calendar.putIt' : 'calendar.save')}</Button>
      </>}>
      {isNewer && <div class="cal-newer" role="status">
        <p>{t('calendar.newerMeanwhile', { rev: standing.rev })}</p>
        <p><b>{standing.takenOut ? t('refusal.calendar.takenOut') : standing.title || t('calendar.untitled')}</b></p>
        {!standing.takenOut && <p>{[fullWhen(standing, words), standing.repeat && repeatSays(standing.repeat, standing.start, words), standing.place, standing.note].filter(Boolean).join('　')}</p>}
      </div>}
      {scope === 'new' && writable.length > 1 && <Chips legend={t('calendar.where')} value={here.id} onChange={(calendar) => change({ calendar, people: [], orgs: [] })} choices={writable.map(({ id: value, name, mark }) => ({ value, label: <><CalendarMark mark={mark} /> {name}</> }))} />}
      <Field label={t('calendar.field.title')} error={error('title', 'refusal.calendar.titleMissing')}>{(wiring) => <input {...wiring} maxLength={longestTitle} value={now.title} onInput={(e) => change({ title: e.currentTarget.value })} />}</Field>
      <ToggleChips legend={t('calendar.field.when')} values={now.allDay ? ['allDay' as const] : []} onChange={(values) => change({ allDay: values.includes('allDay'), reminders: [] })} choices={[{ value: 'allDay', label: t('calendar.allDay'), whole: true }]} />
      <div class="cols">
        <Field label={t('calendar.field.startDay')} error={error('start', 'refusal.calendar.noSuchTime')}>{(wiring) => <input {...wiring} type="date" min="1980-01-01" max="2099-12-31" value={now.startDay} onInput={(e) => change({ startDay: e.currentTarget.value })} />}</Field>
        {!now.allDay && <Field label={t('calendar.field.startTime')}>{(wiring) => <input {...wiring} type="time" value={now.startTime} onInput={(e) => change({ startTime: e.currentTarget.value })} />}</Field>}
      </div>
      <div class="cols">
        <Field label={t('calendar.field.endDay')} error={error('end', 'refusal.calendar.endsBeforeStart')}>{(wiring) => <input {...wiring} type="date" min="1980-01-01" max="2099-12-31" value={now.endDay} onInput={(e) => change({ endDay: e.currentTarget.value })} />}</Field>
        {!now.allDay && <Field label={t('calendar.field.endTime')}>{(wiring) => <input {...wiring} type="time" value={now.endTime} onInput={(e) => change({ endTime: e.currentTarget.value })} />}</Field>}
      </div>
      <Field label={t('calendar.field.place')}>{(wiring) => <input {...wiring} maxLength={200} value={now.place} onInput={(e) => change({ place: e.currentTarget.value })} />}</Field>
      {!isOne && <>
        <Field label={t('calendar.field.repeat')}>{(wiring) => <select {...wiring} value={way} onChange={(e) => change({ way: e.currentTarget.value as Way })}>{ways.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}</select>}</Field>
        {way === 'weekly' && <ToggleChips legend={t('calendar.field.weekdays')} values={[...new Set([String(at), ...now.weekdays.map(String)])]} onChange={(values) => change({ weekdays: values.map(Number) })}
          choices={[1, 2, 3, 4, 5, 6, 0].map((n) => ({ value: String(n), label: weekdayNames(words)[n]!, disabled: n === at }))} />}
        {repeats && <div class="cols">
          <Field label={t('calendar.field.interval')} hint={t(unit)} error={error('interval', 'calendar.wrong.interval')}>{(wiring) => <input {...wiring} inputMode="numeric" maxLength={3} value={now.interval} onInput={(e) => change({ interval: e.currentTarget.value })} />}</Field>
          <Field label={t('calendar.field.ends')}>{(wiring) => <select {...wiring} value={now.ends} onChange={(e) => change({ ends: e.currentTarget.value as Written['ends'], ...(e.currentTarget.value === 'until' && !now.until && isStart ? { until: addDays(now.startDay, 90) } : {}) })}>
            <option value="never">{t('calendar.ends.never')}</option><option value="until">{t('calendar.ends.until')}</option><option value="count">{t('calendar.ends.count')}</option>
          </select>}</Field>
        </div>}
        {repeats && now.ends === 'until' && <Field label={t('calendar.field.until')} error={error('until', 'calendar.wrong.until')}>{(wiring) => <input {...wiring} type="date" max="2099-12-31" value={now.until} onInput={(e) => change({ until: e.currentTarget.value })} />}</Field>}
        {repeats && now.ends === 'count' && <Field label={t('calendar.field.count')} error={error('count', 'calendar.wrong.count')}>{(wiring) => <input {...wiring} inputMode="numeric" maxLength={4} value={now.count} onInput={(e) => change({ count: e.currentTarget.value })} />}</Field>}
      </>}
      <Field label={t('calendar.field.note')}>{(wiring) => <textarea {...wiring} maxLength={longestNote} value={now.note} onInput={(e) => change({ note: e.currentTarget.value })} />}</Field>
      {!isOne && <>
        <ToggleChips legend={t('calendar.field.reminders')} values={now.reminders.map(String)} onChange={(values) => change({ reminders: values.map(Number).slice(0, 5) })} choices={reminders.map((minutes) => ({ value: String(minutes), label: reminderSays(minutes, words) }))} />
        <p class="sub">{t(here.own ? 'calendar.remindsOwn' : 'calendar.remindsAll')}</p>
        {scope === 'new' && <Chips legend={t('calendar.field.private')} value={now.private ? 'yes' : 'no'} onChange={(value) => change({ private: value === 'yes', ...(value === 'yes' ? { people: [], orgs: [] } : {}) })}
          choices={[{ value: 'no', label: t('calendar.open.yes') }, { value: 'yes', label: t('calendar.private'), note: t('calendar.privateSays') }]} />}
        {!now.private && here.members.length > 1 && <details class="cal-invites" open={now.people.length + now.orgs.length > 0}>
          <summary>{t('calendar.field.people')}{now.people.length + now.orgs.length > 0 && `（${now.people.length + now.orgs.length}）`}</summary>
          <p class="sub">{t('calendar.peopleSay')}</p>
          {orgs.length > 1 && <ToggleChips legend={t('calendar.field.orgs')} values={now.orgs} onChange={(values) => change({ orgs: values })} choices={orgs.map((org) => ({ value: org, label: known.org(org) || here.members.find(({ card }) => card.org === org)!.card.orgName }))} />}
          <PeoplePicker people={inCalendar} chosen={now.people} onChange={(chosen) => change({ people: chosen })} />
        </details>}
      </>}
    </Page>
  );
}
