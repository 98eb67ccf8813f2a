import { nameFor, type Book } from '@noroshi/features/directory/web';
import type { Id } from '@noroshi/foundations/kernel';
import { Bar, Button, EmptyNote, Field, FieldError, Loading, Page, SectionHead, ToggleChips } from '@noroshi/foundations/ui';
import { useFrame, useLive, useNow, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { monthOf, type Roster, type Shift } from '../roster.ts';
import { daysOf, shiftsOf } from '../rounds.ts';
import { mayKeep, mostShifts, setRoster, wrongWith } from '../set-roster.ts';
import { readRota, rosterOf } from './known.ts';

/** What one is writing, as it lies on this device until it is kept. */
interface Draft { readonly sees: number; readonly shifts: readonly Shift[]; readonly weekdays: readonly number[]; readonly begins: string; readonly ends: string; readonly people: readonly Id[] }
const usual = { weekdays: [0, 1, 2, 3, 4, 5, 6], begins: '17:15', ends: '08:30', people: [] } as const;
const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const bare = ({ id, from, until, person, deputy }: Shift): Shift => ({ id, from, until, person, ...(deputy ? { deputy } : {}) });

/** Writes a month of an organization's roster: in turn, and one by one. */
export default function EditPage({ org, wanted }: { org: Id; wanted: string | undefined }) {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const month = wanted ?? monthOf(useNow(60_000));
  const place = `rota/${org}/${month}`;
  const known = useLive(readRota);
  const kept = useLive(async (stair) => { const row = await stair.replica.outbox.draft.get(place); return row ? JSON.parse(row.text) as Draft : null; }, [place]);
  const back = { label: t('app.back'), close: true, href: `/rota/${org}?month=${month}` };
  if (known && kept !== undefined && known.book.orgOf(org) && mayKeep(actor, org).ok) return <Writing org={org} month={month} place={place} book={known.book} one={rosterOf(known, org, month)} kept={kept} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<Bar title={t('rota.edit')} back={back} />}>
      {known && kept !== undefined ? <EmptyNote>{t('refusal.rota.notYours')}</EmptyNote> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Writing({ org, month, place, book, one, kept }: { org: Id; month: string; place: string; book: Book; one: Roster | undefined; kept: Draft | null }) {
  const { t, refusal, moment, day, time, language } = useWords();
  const frame = useFrame();
  const route = useRoute();
  const stair = useStair();
  const { replica } = stair;
  // A number that was given away means no other turn, also where that was taken out since.
  const next = (shifts: readonly Shift[]): number => 1 + Math.max(0, ...shifts.map(({ id }) => id), ...(one?.shifts ?? []).map(({ id }) => id));
  const now = useNow(60_000);
  const sending = useSending();
  const [draft, set] = useState<Draft>(() => kept ?? { sees: one?.rev ?? 0, shifts: (one?.shifts ?? []).map(bare), ...usual });
  const [single, setSingle] = useState({ on: '', person: '' });
  const [pressed, press] = useState(false);
  const change = (more: Partial<Draft>): void => {
    const next = { ...draft, ...more };
    set(next);
    void replica.outbox.draft.put({ place, text: JSON.stringify(next), at: now });
  };
  const amend = (id: number, more: Partial<Shift>): void => change({ shifts: draft.shifts.map((shift) => (shift.id === id ? bare({ ...shift, ...more }) : shift)) });
  const people = book.peopleOf(org).filter(({ role }) => role !== 'guest');
  const nameOf = (id: Id): string => book.personOf(id)?.name ?? '';
  const clock = { begins: minutes(draft.begins), ends: minutes(draft.ends) };
  const fill = (): void => change({ shifts: [...draft.shifts, ...shiftsOf({ month, weekdays: draft.weekdays, ...clock, after: stair.now(), people: draft.people }, draft.shifts, next(draft.shifts))].toSorted((a, b) => a.from - b.from) });
  const addOne = (): void => {
    press(true);
    const from = daysOf(month)[Number(single.on) - 1];
    if (from === undefined || !single.person) return;
    const until = from + clock.ends * 60_000 + (clock.ends <= clock.begins ? 24 * 3_600_000 : 0);
    change({ shifts: [...draft.shifts, { id: next(draft.shifts), from: from + clock.begins * 60_000, until, person: single.person }].toSorted((a, b) => a.from - b.from) });
    setSingle({ on: '', person: '' });
    press(false);
  };
  const wrong = draft.shifts.map((shift) => wrongWith(shift, month)).find(Boolean);
  const changed = one !== undefined && one.rev !== draft.sees;
  const save = async (): Promise<void> => {
    if (wrong || !(await sending.send(setRoster, { org, month, sees: draft.sees, shifts: [...draft.shifts] }))) return;
    await replica.outbox.draft.delete(place);
    route.go(`/rota/${org}?month=${month}`, { replace: true });
  };
  const drop = async (): Promise<void> => {
    await replica.outbox.draft.delete(place);
    set({ sees: one?.rev ?? 0, shifts: (one?.shifts ?? []).map(bare), ...usual });
  };
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} content="form rota"
      head={<Bar title={t('rota.edit')} subtitle={`${nameFor(language, book.orgOf(org))} ${t('rota.monthIs', { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) })}`} back={{ label: t('app.back'), close: true, href: `/rota/${org}?month=${month}` }} />}
      foot={<Button kind="main" wide icon="check" busy={sending.busy ? t('talk.sending') : undefined} onClick={() => void save()}>{t('rota.save')}</Button>}>
      {changed && <div class="asks" role="status"><p>{t('refusal.rota.changedMeanwhile')}</p><Button icon="undo" onClick={() => void drop()}>{t('rota.takeTheirs')}</Button></div>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {wrong && <FieldError>{refusal(wrong)}</FieldError>}
      <section class="form">
        <SectionHead title={t('rota.round')} />
        <p class="sub">{t('rota.roundSays')}</p>
        <ToggleChips legend={t('rota.people')} values={draft.people} onChange={(chosen) => change({ people: chosen })}
          choices={people.map(({ id, name }) => ({ value: id, label: draft.people.includes(id) ? `${draft.people.indexOf(id) + 1}. ${name}` : name }))} />
        <ToggleChips legend={t('rota.weekdays')} values={draft.weekdays.map(String)} onChange={(values) => change({ weekdays: values.map(Number) })}
          choices={[0, 1, 2, 3, 4, 5, 6].map((no) => ({ value: String(no), label: t(`rota.weekday.${no as 0}`) }))} />
        <div class="rota-clock">
          <Field label={t('rota.begins')}>{(wiring) => <input {...wiring} type="time" value={draft.begins} onInput={(event) => event.currentTarget.value && change({ begins: event.currentTarget.value })} />}</Field>
          <Field label={t('rota.ends')} hint={clock.ends <= clock.begins ? t('rota.nextDay') : undefined}>{(wiring) => <input {...wiring} type="time" value={draft.ends} onInput={(event) => event.currentTarget.value && change({ ends: event.currentTarget.value })} />}</Field>
        </div>
        <Button icon="loop" disabled={draft.people.length === 0 || draft.weekdays.length === 0} onClick={fill}>{t('rota.fill')}</Button>
      </section>
      <section class="form">
        <SectionHead title={t('rota.turns')} count={{ of: draft.shifts.length, label: t('rota.turnsN', { n: draft.shifts.length }) }} />
        {draft.shifts.length === 0 && <EmptyNote>{t('rota.empty')}</EmptyNote>}
        {draft.shifts.length > mostShifts && <FieldError>{t('rota.tooMany', { most: mostShifts })}</FieldError>}
        <ul class="rota-write">
          {draft.shifts.map((shift) => (
            <li key={shift.id}>
              <p><b>{day(shift.from)}</b> {time(shift.from)}–{moment(shift.until)}</p>
              <label class="rota-who"><span>{t('rota.holds')}</span><select class="input" value={shift.person} aria-label={t('rota.holdsOn', { day: day(shift.from) })} onChange={(event) => amend(shift.id, { person: event.currentTarget.value, ...(shift.deputy === event.currentTarget.value ? { deputy: undefined } : {}) })}>
                {!people.some(({ id }) => id === shift.person) && <option value={shift.person}>{nameOf(shift.person)}</option>}
                {people.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
              </select></label>
              <label class="rota-who"><span>{t('rota.deputy')}</span><select class="input" value={shift.deputy ?? ''} aria-label={t('rota.deputyOn', { day: day(shift.from) })} onChange={(event) => amend(shift.id, { deputy: event.currentTarget.value || undefined })}>
                <option value="">{t('rota.noDeputy')}</option>
                {people.filter(({ id }) => id !== shift.person).map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
              </select></label>
              <Button kind="quiet" icon="close" onClick={() => change({ shifts: draft.shifts.filter(({ id }) => id !== shift.id) })}>{t('rota.remove')}<span class="sr"> {day(shift.from)}</span></Button>
            </li>
          ))}
        </ul>
      </section>
      <section class="form">
        <SectionHead title={t('rota.addOne')} />
        <Field label={t('rota.onDay')} error={pressed && !single.on ? t('rota.dayMissing') : undefined}>{(wiring) => <select {...wiring} value={single.on} onChange={(event) => setSingle({ ...single, on: event.currentTarget.value })}><option value="">{t('rota.choose')}</option>{daysOf(month).map((at, i) => <option key={at} value={String(i + 1)}>{day(at)}</option>)}</select>}</Field>
        <Field label={t('rota.holds')} error={pressed && !single.person ? t('rota.personMissing') : undefined}>{(wiring) => <select {...wiring} value={single.person} onChange={(event) => setSingle({ ...single, person: event.currentTarget.value })}><option value="">{t('rota.choose')}</option>{people.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>}</Field>
        <p class="sub">{t('rota.addSays', { begins: draft.begins, ends: draft.ends })}</p>
        <Button icon="plus" onClick={addOne}>{t('rota.add')}</Button>
      </section>
    </Page>
  );
}
