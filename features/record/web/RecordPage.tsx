import { incident as incidentNoun, incidentSays, type Incident } from '@noroshi/features/incident';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { Bar, Button, Chips, EmptyNote, Field, FieldError, Icon, IconLine, Loading, Page, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { recordExport, type RecordExport, type Selection } from '../export-noun.ts';
import { exportRecord } from '../export-record.ts';
import type { Making } from '../making.ts';
import './record.css';

const scopes = ['incident', 'room', 'all'] as const;
type Scope = (typeof scopes)[number];
/** For as long as the server hands it out, in milliseconds. */
const fetchable = 24 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** A day as the browser's own field gives it, at the prefecture's clock. */
const dayStart = (day: string): number | undefined => (day === '' ? undefined : Date.parse(`${day}T00:00:00+09:00`));

/** 記録の書き出し: what of the record is taken out, and what was. Everyone can check one; administrators take it out. */
export default function RecordPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('record.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {actor.role === 'administrator' ? <TakeOut /> : <EmptyNote>{t('refusal.record.notAllowed')}</EmptyNote>}
      <section class="form">
        <SectionHead title={t('record.verify')} />
        <p>{t('record.verifyWhat')}</p>
        <Button wide icon="check" href="/verify">{t('record.verify')}</Button>
      </section>
    </Page>
  );
}

function TakeOut() {
  const words = useWords();
  const { t } = words;
  const { actor } = useStair();
  const sending = useSending();
  const online = useLine().state === 'open';
  const [scope, setScope] = useState<Scope>('incident');
  const [incident, setIncident] = useState('');
  const [room, setRoom] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [audit, takeAudit] = useState(false);
  const known = useLive(async ({ replica }) => ({
    incidents: (await replica.all<Incident>(incidentNoun.noun)).map(({ value }) => value).toSorted((a, b) => b.openedAt - a.openedAt),
    rooms: (await replica.all<Room>(roomNoun.noun)).map(({ value }) => value),
    exports: (await replica.all<RecordExport>(recordExport.noun)).map(({ value }) => value).toSorted((a, b) => b.at - a.at),
  }));
  if (!known) return <Loading>{t('app.loading')}</Loading>;
  const chosen = scope === 'incident' ? incident || known.incidents[0]?.id : scope === 'room' ? room || known.rooms[0]?.id : undefined;
  const lacks = scope !== 'all' && chosen === undefined;
  const wrong = from !== '' && until !== '' && until < from ? t('refusal.record.noTime') : undefined;
  const take = async (): Promise<void> => {
    const end = dayStart(until);
    const of: Selection = { ...(scope === 'incident' ? { incident: chosen } : scope === 'room' ? { room: chosen } : {}), from: dayStart(from), until: end === undefined ? undefined : end + dayMs, ...(scope === 'all' && audit ? { audit } : {}) };
    if (await sending.send(exportRecord, JSON.parse(JSON.stringify(of)) as Selection)) takeAudit(false);
  };
  const drill = scope === 'incident' && known.incidents.find(({ id }) => id === chosen)?.drill;
  return (
    <>
      <p>{t('record.says')}</p>
      <Chips legend={t('record.scope')} value={scope} onChange={setScope} choices={scopes.map((value) => ({ value, label: t(`record.scope.${value}`) }))} />
      {scope === 'incident' && known.incidents.length === 0 && <EmptyNote>{t('record.noIncident')}</EmptyNote>}
      {scope === 'incident' && known.incidents.length > 0 && (
        <Field label={t('record.scope.incident')} tag={drill ? <Tag kind="drill">{t('home.drill')}</Tag> : undefined}>{(wiring) => (
          <select {...wiring} value={chosen} onChange={(event) => setIncident(event.currentTarget.value)}>
            {known.incidents.map((one) => <option key={one.id} value={one.id}>{incidentSays(one, words)}</option>)}
          </select>
        )}</Field>
      )}
      {scope === 'room' && (
        <Field label={t('record.scope.room')}>{(wiring) => (
          <select {...wiring} value={chosen} onChange={(event) => setRoom(event.currentTarget.value)}>{known.rooms.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>
        )}</Field>
      )}
      <div class="halves">
        <Field label={t('record.from')}>{(wiring) => <input {...wiring} type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />}</Field>
        <Field label={t('record.until')} error={wrong}>{(wiring) => <input {...wiring} type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />}</Field>
      </div>
      {scope === 'all' && (
        <div>
          <label class="record-check"><input type="checkbox" checked={audit} aria-describedby="audit-says" onChange={(event) => takeAudit(event.currentTarget.checked)} /><span>{t('record.audit')}</span></label>
          <p id="audit-says" class="sub">{t('record.auditSays')}</p>
        </div>
      )}
      <IconLine icon="people">{t('record.whatYouRead')}</IconLine>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {!online && <p role="status"><State kind="quiet">{t('record.needsLine')}</State></p>}
      <Button kind="main" wide icon="save" disabled={lacks || wrong !== undefined || !online} busy={sending.busy ? t('record.taking') : undefined} onClick={() => void take()}>{t('record.take')}</Button>
      <section>
        <SectionHead title={t('record.taken')} />
        {known.exports.length === 0 && <EmptyNote>{t('record.noneTaken')}</EmptyNote>}
        {known.exports.length > 0 && <ul class="record-exports">{known.exports.map((one) => <Taken key={one.id} one={one} known={known} mine={one.by === actor.person} />)}</ul>}
      </section>
    </>
  );
}

function Taken({ one, known, mine }: { one: RecordExport; known: { incidents: readonly Incident[]; rooms: readonly Room[] }; mine: boolean }) {
  const { t, moment, day } = useWords();
  const stair = useStair();
  const who = useLive(async ({ replica }) => (await replica.get<{ name: string }>('person', one.by))?.name, [one.by]);
  const what = one.incident !== undefined ? known.incidents.find(({ id }) => id === one.incident)?.name : one.room !== undefined ? known.rooms.find(({ id }) => id === one.room)?.name : undefined;
  const time = one.from === undefined && one.until === undefined ? '' : t('record.between', { from: one.from === undefined ? '' : day(one.from), until: one.until === undefined ? '' : day(one.until - 1) });
  const still = mine && stair.now() - one.at < fetchable;
  return (
    <li>
      <p>{one.drill && <Tag kind="drill">{t('home.drill')}</Tag>} <b>{what ?? t('record.scope.all')}</b> {time}{one.audit && <> <Tag>{t('record.withAudit')}</Tag></>}<br /><span class="sub">{moment(one.at)} {who}</span></p>
      {still && <Fetch id={one.id} />}
    </li>
  );
}

/** How often it is asked how far one is, in milliseconds. */
const look = 1_000;
/** So often it may be said that there is none: then it was not begun at all. */
const patience = 5;

/** Fetches it, as the browser fetches files: onto the disk, not into memory. How far the server is stands beside it; it can be called off. */
function Fetch({ id }: { id: string }) {
  const { t } = useWords();
  const [making, setMaking] = useState<Making>({ state: 'none' });
  const [watched, setWatched] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (watched > 0) box.current?.focus(); }, [watched]);
  useEffect(() => {
    let over = false;
    let none = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const now = await fetch(`/documents/record/${id}.json`).then((answer) => (answer.ok ? (answer.json() as Promise<Making>) : undefined), () => undefined);
      if (over) return;
      // Just pressed, it may not have been begun; and where nothing is heard for a moment, it goes on all the same.
      const waits = now?.state === 'none' && watched > 0 && ++none < patience;
      if (now && !waits) setMaking(now);
      if (!now || waits || now.state === 'making') timer = setTimeout(() => void ask(), look);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [id, watched]);
  const callOff = async (): Promise<void> => {
    await fetch(`/documents/record/${id}.zip`, { method: 'DELETE' }).catch(() => undefined);
    setWatched((n) => n + 1);
  };
  const size = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
  return (
    <>
      {making.state !== 'making' && <a class="btn" href={`/documents/record/${id}.zip`} download onClick={() => { setMaking({ state: 'making', part: 'events', done: 0, of: 0, bytes: 0 }); setTimeout(() => setWatched((n) => n + 1), look); }}><Icon name="save" />{t('record.fetch')}</a>}
      {making.state === 'making' && (
        <div class="record-progress" tabIndex={-1} ref={box}>
          <label>{t(`record.making.${making.part}`, { done: making.done.toLocaleString('en'), of: making.of.toLocaleString('en') })}<progress value={making.of > 0 ? making.done : undefined} max={making.of || undefined} /></label>
          <p class="sub">{t('record.making.bytes', { mb: size(making.bytes) })}</p>
          <Button icon="close" onClick={() => void callOff()}>{t('record.callOff')}</Button>
        </div>
      )}
      <div class="record-how" role="status">
        {making.state === 'made' && <IconLine icon="check">{t('record.made', { mb: size(making.bytes) })}</IconLine>}
        {making.state === 'brokeOff' && <FieldError>{t('record.brokeOff')}</FieldError>}
        {making.state === 'calledOff' && <IconLine icon="close">{t('record.calledOff')}</IconLine>}
      </div>
    </>
  );
}
