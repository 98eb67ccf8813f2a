import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, isWithin, Loading, Page, readNumber, SectionHead, State, Stepper, Tag, ToggleChips } from '@noroshi/foundations/ui';
import { numberIn } from '@noroshi/features/directory/tables';
import { useFrame, useLine, useLive, useRoute, useStair, useWords, useSending, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { fromLocal, toLocal, type Id } from '@noroshi/foundations/kernel';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { changesBetween } from '../changes.ts';
import { basisCodes, bringCodes, confirmedCodes, lodgingCodes, meansCodes, priorityCodes } from '../codes.ts';
import { mostLines, mostStaff, type Details, type Line } from '../content.ts';
import type { DispatchRequest } from '../dispatch-request.ts';
import { dutyCodes } from '../duty-codes.ts';
import { fieldName, pointInWords } from '../in-words.ts';
import { jobTypes, skills } from '../job-types.ts';
import { rebased, type DraftLine, type Written } from '../rebase.ts';
import { revise } from '../revise.ts';
import { Changed } from './Changed.tsx';
import { isOver } from './duties.ts';
import { FilesField } from './FilesField.tsx';
import { readRequest } from './known.ts';
import { ReportPicker } from './ReportPicker.tsx';
import { dutyOf } from './words.ts';
import './request.css';

/** The whole request, field by field: what the short form left out, and what has changed. */
export default function RevisePage({ params }: PageProps) {
  const { t } = useWords();
  const frame = useFrame();
  const id = params['request']!;
  const { search } = useRoute();
  const held = useLive(async (stair) => {
    const shown = await readRequest(stair, id);
    const draft = (await stair.replica.outbox.draft.get(draftOf(id)))?.text;
    const again = shown?.refused.find((item) => item.id === search.get('again'));
    return shown ? { request: shown.now, again, begun: again ? contentOf(shown.now, again.input as Said) : draft === undefined ? undefined : upon(shown.now, JSON.parse(draft) as Begun) } : null;
  }, [id]);
  if (held && !isOver(held.request)) return <Revising {...held} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('request.title')} back={{ label: t('app.back'), href: `/request/${id}` }} />{frame.bands}</>}>
      {held === undefined ? <Loading>{t('app.loading')}</Loading> : held ? <EmptyNote>{t('request.pledge.over')}</EmptyNote> : <WhenWhole><EmptyNote>{t('request.notHere')}</EmptyNote></WhenWhole>}
    </Page>
  );
}

/** A half-written revision, upon the request as it stands now. */
const upon = (request: DispatchRequest, { base, ...mine }: Begun): Written => rebased(mine, base, request);

/** Where the half-written revision of a request lies on this device. */
const draftOf = (request: Id): string => `revise/${request}`;

/** What lies there: what was written, and the revision it was written upon. */
interface Begun extends Written { readonly base: Written<Line> }
/** What a revision says that was not taken. */
type Said = Parameters<typeof revise.then>[0];

/** The request as a revision that was not taken would have made it. */
function contentOf(request: DispatchRequest, { lines = [], withdraw = [], details, clockMinutes }: Said): Written {
  const kept = request.lines.map((line): Draft => ({ ...line, ...lines.find((one) => one.id === line.id), ...(withdraw.includes(line.id) ? { withdrawn: true } : {}) }));
  return { lines: [...kept, ...lines.filter((one) => one.id === undefined)] as Draft[], details: details ?? request.details, clockMinutes: clockMinutes ?? request.clockMinutes };
}

type Draft = DraftLine;
/** How long a primary may be given, in minutes, and how long one team stays, in days. */
const clockRange = [5, 240] as const;
const mostDays = 60;

/** The parts of the form, each folded until one needs it. */
const parts = {
  why: ['reason', 'damage', 'damageReport', 'confirmed', 'priority'],
  when: ['place', 'neededBy', 'startDate', 'endDate', 'rotationDays', 'meetAt', 'meetPlace', 'route', 'files'],
  receive: ['receiver', 'commandedBy', 'lodging', 'lodgingText', 'meals', 'transport', 'bring', 'bringText', 'provided', 'safety'],
  formal: ['terms', 'costBearer', 'basis', 'means', 'requestedAt'],
} as const satisfies Record<string, readonly (keyof Details)[]>;

/** One part of the form: which of its fields are filled, how many are empty; open where something is being written or is wrong. */
function Fold({ part, details, open, children }: { part: keyof typeof parts; details: Details; open: boolean; children: ComponentChildren }) {
  const words = useWords();
  const { t } = words;
  // Once open it stays open: emptying a field must not close what one writes in.
  const opened = useRef(open);
  if (open) opened.current = true;
  const fields: readonly (keyof Details)[] = parts[part];
  const filled = fields.filter((field) => details[field] !== undefined);
  return (
    <details class="request-fold box" open={opened.current}>
      <summary><b>{t(`request.revise.${part}`)}</b> <span class="sub">{[
        filled.length > 0 && t('request.revise.filled', { fields: words.beside(filled.map((field) => fieldName(field, words))) }),
        filled.length < fields.length && t('request.revise.empty', { n: fields.length - filled.length }),
      ].filter(Boolean).join('　')}</span></summary>
      <div class="form">{children}</div>
    </details>
  );
}
const texts = ['reason', 'damage', 'route', 'meetPlace', 'commandedBy', 'lodgingText', 'meals', 'transport', 'bringText', 'provided', 'safety', 'terms', 'costBearer'] as const;
const long = new Set<string>(['reason', 'damage', 'route', 'safety', 'provided', 'terms']);
const lengths: Record<(typeof texts)[number], number> = { reason: 2000, damage: 2000, route: 500, meetPlace: 120, commandedBy: 120, lodgingText: 200, meals: 200, transport: 300, bringText: 300, provided: 300, safety: 500, terms: 300, costBearer: 200 };

/** Without what is empty: an empty field is no field. */
function tidy(details: Details): Details {
  const entries = Object.entries(details).map(([key, value]) => {
    if (typeof value === 'string') return [key, value.trim() || undefined];
    if (Array.isArray(value)) return [key, value.length > 0 ? value : undefined];
    if (key === 'receiver') {
      const inside = Object.entries(value as object).filter(([, v]) => typeof v === 'string' && v.trim() !== '').map(([k, v]) => [k, (v as string).trim()]);
      return [key, inside.length > 0 ? Object.fromEntries(inside) : undefined];
    }
    if (key === 'place') return [key, (value as { name: string }).name.trim() ? { ...(value as object), name: (value as { name: string }).name.trim() } : undefined];
    return [key, value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Details;
}

/** Where it is on the map, as one types it. */
const pointOf = ({ place: { lat, lon } = { name: '' } }: Details): string => (lat === undefined || lon === undefined ? '' : pointInWords({ lat, lon }));

/** Telephone numbers as they were meant, a place on earth from two numbers, and what cannot be read so. */
function readTyped({ receiver, place, ...details }: Details, point: string): { details: Details; wrong: Partial<Record<'phone' | 'otherPhone' | 'point', { code: string; number: string }>> } {
  const wrong: Partial<Record<'phone' | 'otherPhone' | 'point', { code: string; number: string }>> = {};
  const numbers = (['phone', 'otherPhone'] as const).flatMap((field) => {
    const number = receiver?.[field];
    if (!number) return [];
    const read = numberIn(number);
    if (!read.ok) wrong[field] = { code: read.code, number };
    return [[field, read.ok ? read.number : number]];
  });
  const at = /^(-?\d{1,2}(?:\.\d+)?)\s*[,、\s]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(point.normalize('NFKC').trim());
  const [lat, lon] = [Number(at?.[1]), Number(at?.[2])];
  const onEarth = at !== null && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  if (point.trim() && !onEarth) wrong.point = { code: 'request.point', number: point };
  else if (point.trim() && !place) wrong.point = { code: 'request.namePlace', number: point };
  return {
    wrong,
    details: {
      ...details, ...(receiver ? { receiver: { ...receiver, ...Object.fromEntries(numbers) } } : {}),
      ...(place ? { place: { name: place.name, ...(onEarth ? { lat, lon } : {}) } } : {}),
    },
  };
}

const tidyLine = (line: Draft): Draft => Object.fromEntries(Object.entries(line).map(([k, v]) => [k, typeof v === 'string' && k !== 'duty' ? v.trim() || undefined : Array.isArray(v) && v.length === 0 ? undefined : v]).filter(([, v]) => v !== undefined)) as Draft;

function Revising({ request, again, begun }: { request: DispatchRequest; again: OutboxItem | undefined; begun: Written | undefined }) {
  const words = useWords();
  const { t, refusal } = words;
  const frame = useFrame();
  const stair = useStair();
  const line = useLine();
  const route = useRoute();
  const sending = useSending();
  /** What this revision is written upon: kept while one writes, whatever comes in meanwhile. */
  const [base, setBase] = useState(request);
  const [lines, setLines] = useState<readonly Draft[]>(begun?.lines ?? base.lines);
  const [details, setDetails] = useState<Details>(begun?.details ?? base.details);
  const [minutes, setMinutes] = useState<number | undefined>(begun?.clockMinutes ?? base.clockMinutes);
  const [point, setPoint] = useState(() => pointOf(details));
  const [wrong, setWrong] = useState<Partial<Record<'phone' | 'otherPhone' | 'point', string>>>({});
  /** One has tried to send: from now on it is said what is missing. */
  const [looked, setLooked] = useState(false);
  const sent = useRef(false);
  const set = (some: Partial<Details>): void => setDetails({ ...details, ...some } as Details);
  const setLine = (at: number, some: Partial<Draft>): void => setLines(lines.map((one, i) => (i === at ? { ...one, ...some } : one)));

  const typed = readTyped(tidy(details), point);
  const tidied = typed.details;
  const after = { lines: lines.map((one, i) => ({ ...tidyLine(one), id: one.id ?? base.lines.length + i + 1 }) as Line), details: tidied, clockMinutes: minutes ?? base.clockMinutes };
  const changes = changesBetween(base, after);
  const overtaken = request.rev !== base.rev;

  useEffect(() => {
    const { draft } = stair.replica.outbox;
    if (sent.current) return;
    void (changes.length === 0 ? draft.delete(draftOf(base.id)) : draft.put({ place: draftOf(base.id), text: JSON.stringify({ lines, details: tidied, clockMinutes: after.clockMinutes, base: { lines: base.lines, details: base.details, clockMinutes: base.clockMinutes } } satisfies Begun), at: stair.now() }));
  }, [lines, details, minutes, point]);

  const wrongMinutes = isWithin(minutes, ...clockRange) ? undefined : t('request.revise.clockWrong', { min: clockRange[0], max: clockRange[1] });
  const wrongDays = isWithin(details.rotationDays ?? 1, 1, mostDays) ? undefined : t('request.revise.daysWrong', { max: mostDays });
  const wrongCount = (count: number | undefined): string | undefined => (count === undefined ? (looked ? t('request.countMissing') : undefined) : isWithin(count, 1, mostStaff) ? undefined : t('request.countWrong', { min: 1, max: mostStaff }));

  /** Goes on upon the newer revision: what I changed stays, what others changed stands. */
  const goOn = (): void => {
    const mine = rebased({ lines, details: tidied, clockMinutes: after.clockMinutes }, base, request);
    setLines(mine.lines);
    setDetails(mine.details);
    setMinutes(mine.clockMinutes);
    setPoint(pointOf(mine.details));
    setBase(request);
  };
  const leave = async (): Promise<void> => {
    sent.current = true;
    await stair.replica.outbox.draft.delete(draftOf(base.id));
    route.go(`/request/${base.id}`, { replace: true });
  };
  const save = async (): Promise<void> => {
    setWrong(Object.fromEntries(Object.entries(typed.wrong).map(([field, { code, number }]) => [field, refusal(code, { number })])));
    setLooked(true);
    if (Object.keys(typed.wrong).length > 0 || wrongMinutes || wrongDays || lines.some((one) => !one.withdrawn && !isWithin(one.count, 1, mostStaff))) return;
    const lineChanges = new Set(changes.flatMap((c) => c.line ?? []));
    const said = lines.map(tidyLine).filter((one) => !one.withdrawn && (one.id === undefined || lineChanges.has(one.id))).map(({ withdrawn: _withdrawn, count, ...rest }) => ({ ...rest, count: count! }));
    const gone = lines.filter((one) => one.withdrawn && one.id !== undefined && !base.lines.find((l) => l.id === one.id)?.withdrawn).map((one) => one.id!);
    const done = await sending.send(revise, {
      room: base.room, request: base.id, sees: base.rev,
      ...(said.length > 0 ? { lines: said } : {}), ...(gone.length > 0 ? { withdraw: gone } : {}),
      ...(changes.some((c) => c.line === undefined && c.field !== 'clockMinutes') ? { details: tidied } : {}),
      ...(after.clockMinutes !== base.clockMinutes ? { clockMinutes: after.clockMinutes } : {}),
    });
    if (!done) return;
    if (again) await stair.drop(again.id);
    await leave();
  };

  const isBegun = (part: keyof typeof parts): boolean => changes.some(({ line: of, field }) => of === undefined && (parts[part] as readonly string[]).includes(field))
    || (part === 'when' && (wrong.point !== undefined || wrongDays !== undefined)) || (part === 'receive' && (wrong.phone !== undefined || wrong.otherPhone !== undefined)) || (part === 'formal' && wrongMinutes !== undefined);
  const select = <C extends string>(field: keyof Details, codes: readonly C[], prefix: string) => (
    <Field label={fieldName(field, words)}>{(wiring) => (
      <select {...wiring} value={(details[field] as string | undefined) ?? ''} onChange={(e) => set({ [field]: e.currentTarget.value || undefined } as Partial<Details>)}>
        <option value="">{t('request.unset')}</option>
        {codes.map((code) => <option key={code} value={code}>{t(`${prefix}.${code}` as Key)}</option>)}
      </select>
    )}</Field>
  );
  const text = (field: (typeof texts)[number]) => (
    <Field key={field} label={fieldName(field, words)}>{(wiring) => (long.has(field)
      ? <textarea {...wiring} maxLength={lengths[field]} value={details[field] ?? ''} onInput={(e) => set({ [field]: e.currentTarget.value })} />
      : <input {...wiring} maxLength={lengths[field]} value={details[field] ?? ''} onInput={(e) => set({ [field]: e.currentTarget.value })} />)}</Field>
  );
  const at = (field: 'neededBy' | 'meetAt' | 'requestedAt') => (
    <Field label={fieldName(field, words)}>{(wiring) => <input type="datetime-local" {...wiring} value={details[field] === undefined ? '' : toLocal(details[field])} onChange={(e) => set({ [field]: fromLocal(e.currentTarget.value) })} />}</Field>
  );
  const day = (field: 'startDate' | 'endDate') => (
    <Field label={fieldName(field, words)} error={field === 'endDate' && details.startDate && details.endDate && details.endDate < details.startDate ? t('refusal.request.endBeforeStart') : undefined}>
      {(wiring) => <input type="date" {...wiring} value={details[field] ?? ''} onChange={(e) => set({ [field]: e.currentTarget.value || undefined })} />}
    </Field>
  );
  const receiver = (field: keyof NonNullable<Details['receiver']>, mode: 'text' | 'tel' = 'text') => (
    <Field label={t(`request.receiver.${field}` as Key)} error={wrong[field as 'phone']}>{(wiring) => <input inputMode={mode} {...wiring} maxLength={60} value={details.receiver?.[field] ?? ''} onInput={(e) => set({ receiver: { ...details.receiver, [field]: e.currentTarget.value } })} />}</Field>
  );
  const page = (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<>
        <Bar back={{ label: t('app.back'), close: true, href: `/request/${base.id}` }} title={<>{base.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('request.revise', { rev: base.rev + 1 })}</>} subtitle={base.no} actions={changes.length > 0 && <Button kind="quiet" onClick={leave}>{t('request.revise.discard')}</Button>} />
        {line.state !== 'open' && frame.bands}
      </>}
      foot={<>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {changes.length > 0 && <details class="request-changes" open={again !== undefined}><summary class="link">{t('request.revise.changes', { n: changes.length })}</summary><Changed changes={changes} request={{ ...base, lines: after.lines }} /></details>}
        <Button kind="main" wide disabled={changes.length === 0} busy={sending.busy ? t('request.sending') : undefined} onClick={save}>{t('request.revise.main', { rev: base.rev + 1 })}</Button>
      </>}>
      {overtaken && <p class="row" role="status"><State kind="short">{t('request.pledge.revised', { rev: request.rev })}</State><Button low onClick={goOn}>{t('request.revise.upon', { rev: request.rev })}</Button></p>}
      <SectionHead title={t('request.revise.lines')} />
      {lines.map((one, i) => (
        <fieldset key={one.id ?? `new${i}`} class="box request-edit" disabled={one.withdrawn}>
          <legend class="sr">{dutyOf(one, words)}</legend>
          <div class="form">
            <div class="row"><b class="grow">{dutyOf(one, words)}</b>{one.withdrawn && <Tag>{t('request.lineWithdrawn')}</Tag>}</div>
            <div class="cols">
              <Field label={fieldName('duty', words)}>{(wiring) => <select {...wiring} value={one.duty} onChange={(e) => setLine(i, { duty: e.currentTarget.value as Line['duty'] })}>{dutyCodes.map((code) => <option key={code} value={code}>{t(`request.duty.${code}` as Key)}</option>)}</select>}</Field>
              <Field label={t('request.ask.howMany')}>{(wiring) => <Stepper id={wiring.id} label={t('request.ask.howMany')} less={t('request.less')} more={t('request.more')} unit={t('request.unit')} value={one.count} onChange={(count) => setLine(i, { count })} min={1} max={mostStaff} error={one.withdrawn ? undefined : wrongCount(one.count)} />}</Field>
            </div>
            {one.duty === 'other' && <Field label={t('request.ask.other')}>{(wiring) => <input {...wiring} maxLength={60} value={one.dutyText ?? ''} onInput={(e) => setLine(i, { dutyText: e.currentTarget.value })} />}</Field>}
            <div class="cols">
              <Field label={fieldName('jobType', words)}>{(wiring) => <select {...wiring} value={one.jobType ?? ''} onChange={(e) => setLine(i, { jobType: (e.currentTarget.value || undefined) as Line['jobType'] })}><option value="">{t('request.unset')}</option>{jobTypes.map((code) => <option key={code} value={code}>{t(`request.job.${code}` as Key)}</option>)}</select>}</Field>
              <Field label={fieldName('shift', words)}>{(wiring) => <select {...wiring} value={one.shift ?? ''} onChange={(e) => setLine(i, { shift: (e.currentTarget.value || undefined) as Line['shift'] })}><option value="">{t('request.unset')}</option>{(['day', 'night', 'allDay'] as const).map((code) => <option key={code} value={code}>{t(`request.shift.${code}`)}</option>)}</select>}</Field>
            </div>
            <details>
              <summary class="link">{t('request.revise.lineMore')}</summary>
              <div class="form request-inset">
                <ToggleChips legend={fieldName('skills', words)} values={one.skills ?? []} onChange={(values) => setLine(i, { skills: values })} choices={skills.map((code) => ({ value: code, label: t(`request.skill.${code}` as Key) }))} />
                {(['skillsText', 'genderNeed', 'substitutes'] as const).map((field) => <Field key={field} label={fieldName(field, words)}>{(wiring) => <input {...wiring} maxLength={200} value={one[field] ?? ''} onInput={(e) => setLine(i, { [field]: e.currentTarget.value })} />}</Field>)}
                <p class="field-label">{fieldName('waves', words)}</p>
                {(one.waves ?? []).map((wave, n) => (
                  <div class="halves" key={n}>
                    {(['from', 'to'] as const).map((end) => <Field key={end} label={t(end === 'from' ? 'request.wave.from' : 'request.wave.to', { n: n + 1 })}>{(wiring) => <input type="date" {...wiring} value={wave[end]} onChange={(e) => { if (e.currentTarget.value) setLine(i, { waves: one.waves!.map((w, m) => (m === n ? { ...w, [end]: e.currentTarget.value } : w)) }); }} />}</Field>)}
                  </div>
                ))}
                <div class="row">
                  <Button low icon="plus" onClick={() => setLine(i, { waves: [...(one.waves ?? []), nextWave(one.waves?.at(-1), details)] })}>{t('request.wave.add')}</Button>
                  {(one.waves?.length ?? 0) > 0 && <Button low icon="minus" onClick={() => setLine(i, { waves: one.waves!.slice(0, -1) })}>{t('request.wave.remove')}</Button>}
                </div>
              </div>
            </details>
          </div>
          {!one.withdrawn && lines.filter((l) => !l.withdrawn).length > 1 && <div class="pad"><Button kind="quiet" class="danger" onClick={() => (one.id === undefined ? setLines(lines.filter((_, n) => n !== i)) : setLine(i, { withdrawn: true }))}>{t('request.revise.dropLine')}</Button></div>}
        </fieldset>
      ))}
      {lines.length < mostLines && <Button kind="quiet" icon="plus" onClick={() => setLines([...lines, { duty: 'shelter' }])}>{t('request.ask.addLine')}</Button>}
      <Fold part="why" details={tidied} open={isBegun('why')}>
        {text('reason')}{text('damage')}
        <ReportPicker request={base} value={details.damageReport} onChange={(damageReport) => set({ damageReport })} />
        <Chips legend={fieldName('confirmed', words)} value={details.confirmed} onChange={(confirmed) => set({ confirmed })} choices={confirmedCodes.map((code) => ({ value: code, label: t(`request.confirmed.${code}` as Key) }))} />
        <Chips legend={fieldName('priority', words)} value={details.priority} onChange={(priority) => set({ priority })} choices={priorityCodes.map((code) => ({ value: code, label: t(`request.priority.${code}` as Key) }))} />
      </Fold>
      <Fold part="when" details={tidied} open={isBegun('when')}>
        <div class="cols">
          <Field label={fieldName('place', words)}>{(wiring) => <input {...wiring} maxLength={120} value={details.place?.name ?? ''} onInput={(e) => set({ place: { ...details.place, name: e.currentTarget.value } })} />}</Field>
          {at('neededBy')}{day('startDate')}{day('endDate')}
          <Field label={fieldName('rotationDays', words)} error={wrongDays}>{(wiring) => <input inputMode="numeric" {...wiring} value={details.rotationDays ?? ''} onInput={(e) => set({ rotationDays: readNumber(e.currentTarget.value) })} />}</Field>
          {at('meetAt')}{text('meetPlace')}
        </div>
        <Field label={t('request.revise.point')} hint={t('request.revise.pointHint')} error={wrong.point}>{(wiring) => <input {...wiring} maxLength={60} value={point} onInput={(e) => setPoint(e.currentTarget.value)} />}</Field>
        {text('route')}
        <FilesField room={base.room} files={details.files ?? []} onChange={(files) => set({ files })} />
      </Fold>
      <Fold part="receive" details={tidied} open={isBegun('receive')}>
        <div class="cols">{receiver('section')}{receiver('name')}{receiver('phone', 'tel')}{receiver('otherName')}{receiver('otherPhone', 'tel')}{text('commandedBy')}</div>
        <div class="cols">{select('lodging', lodgingCodes, 'request.lodging')}{text('lodgingText')}{text('meals')}{text('transport')}</div>
        <ToggleChips legend={fieldName('bring', words)} values={details.bring ?? []} onChange={(bring) => set({ bring })} choices={bringCodes.map((code) => ({ value: code, label: t(`request.bring.${code}` as Key) }))} />
        {text('bringText')}{text('provided')}{text('safety')}
      </Fold>
      <Fold part="formal" details={tidied} open={isBegun('formal')}>
        {text('terms')}{text('costBearer')}
        <ToggleChips legend={fieldName('basis', words)} values={details.basis ?? []} onChange={(basis) => set({ basis })} choices={basisCodes.map((code) => ({ value: code, label: t(`request.basis.${code}` as Key), whole: true }))} />
        <div class="cols">{select('means', meansCodes, 'request.means')}{at('requestedAt')}</div>
        <Field label={t('request.field.clockMinutes')} hint={t('request.revise.clockHint')}>{(wiring) => <Stepper id={wiring.id} label={t('request.field.clockMinutes')} less={t('request.revise.shorter')} more={t('request.revise.longer')} value={minutes} onChange={setMinutes} by={5} min={clockRange[0]} max={clockRange[1]} unit={t('request.revise.minutes')} error={wrongMinutes} />}</Field>
      </Fold>
    </Page>
  );
  return base.drill ? <DrillFrame band={t('request.drillBand')}>{page}</DrillFrame> : page;
}

/** The wave after this one: it begins on the day on which the one before ends, for the handover. */
function nextWave(last: { from: string; to: string } | undefined, details: Details): { from: string; to: string } {
  const from = last?.to ?? details.startDate ?? toLocal(Date.now()).slice(0, 10);
  const days = details.rotationDays ?? 7;
  return { from, to: new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) };
}
