import { person as personNoun, type Person } from '@noroshi/features/directory';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { useFiles } from '@noroshi/foundations/files/web';
import { listed, type Words } from '@noroshi/foundations/i18n';
import { roomStream, type Member } from '@noroshi/foundations/sync';
import { Bar, Button, EmptyNote, Field, FieldError, Loading, Page, State } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { stopImport } from '../bring.ts';
import { imported, type Imported } from '../imported.ts';
import { fewNames, type ReadFile } from '../reading/line.ts';
import { choose, planFor, type Chosen, type Plan } from './plan.ts';
import { bringNow } from './bring-now.ts';
import { Sums } from './Sums.tsx';

/** 記録の移行: choose where and which file, look at what would come of it, and only then bring it. For administrators. */
export function BringPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('past.bring')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {actor.role === 'administrator' ? <Bringing /> : <EmptyNote>{t('refusal.past.notAllowed')}</EmptyNote>}
    </Page>
  );
}

/** A room of the file as it is offered: one that has a number for its name, by who speaks in it. */
function roomSays({ whoIn }: ReadFile, room: string, words: Words): string {
  const who = [...(whoIn.get(room) ?? [])];
  if (who.length === 0) return room;
  return words.t(who.length > fewNames ? 'past.roomOfMore' : 'past.roomOf', { room, names: listed(who.slice(0, fewNames), words) });
}

/** A room that is opened with the import. */
const newRoom = 'new';

function Bringing() {
  const words = useWords();
  const { t, refusal } = words;
  const stair = useStair();
  const files = useFiles();
  const route = useRoute();
  const online = useLine().state === 'open';
  const [place, setPlace] = useState(route.search.get('place') ?? '');
  const [name, setName] = useState('');
  const [opened] = useState(() => stair.newId());
  const [chosen, setChosen] = useState<Chosen>();
  const [only, setOnly] = useState<string>();
  const [plan, setPlan] = useState<Plan>();
  const [trouble, setTrouble] = useState<string>();
  const [state, setState] = useState<'idle' | 'reading' | 'bringing' | 'done'>('idle');
  const [opens, setOpens] = useState(false);
  const [asked, setAsked] = useState(false);
  const [done, tell] = useState(0);
  const over = useRef(false);
  const known = useLive(async ({ replica }) => ({
    rooms: (await replica.all<Room>(roomNoun.noun)).map(({ value }) => value).filter(({ kind, drill, closedAt }) => kind !== 'direct' && drill === undefined && closedAt === undefined),
    imports: (await replica.all<Imported>(imported.noun)).map(({ stream, value }) => ({ ...value, place: stream.slice(2) })),
    files: (await replica.all<StoredFile>(storedFile.noun)).map(({ value }) => value),
    members: (await replica.all<Member>('member')).map(({ stream, value }) => ({ ...value, stream })),
    people: (await replica.all<Person>(personNoun.noun)).map(({ value }) => value),
  }));
  useEffect(() => () => { over.current = true; }, []);

  const to = place === newRoom ? opened : place;
  const room = chosen && chosen.read.rooms.size > 1 ? only ?? [...chosen.read.rooms.keys()][0] : undefined;
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    setPlan(undefined);
    setOpens(false);
    setAsked(false);
    if (!chosen || !to || !known || state === 'bringing' || state === 'done') return;
    setState('reading');
    void planFor(chosen, to, room, { all: known.imports.filter((one) => one.place === to), files: known.files, people: known.people, members: known.members.filter((one) => one.stream === roomStream(to)) }, stair.newId()).then((told) => {
      if (mine !== turn.current) return;
      setState('idle');
      if ('ok' in told) setTrouble(refusal(told.code, told.params));
      else setPlan(told);
    });
    // While it is brought nothing is worked out anew.
  }, [chosen, to, room, known === undefined]);
  if (!known) return <Loading>{t('app.loading')}</Loading>;

  const pick = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setState('reading');
    setTrouble(undefined);
    setChosen(undefined);
    const told = await choose(file, stair);
    setState('idle');
    if ('ok' in told) setTrouble(refusal(told.code, told.params));
    else setChosen(told);
  };
  const go = async (): Promise<void> => {
    if (!chosen || !plan) return;
    if (!plan.resumes && plan.readers.length > 0 && !opens) return setAsked(true);
    if (place === newRoom && !name.trim()) return setTrouble(refusal('talk.nameMissing'));
    setTrouble(undefined);
    over.current = false;
    setState('bringing');
    tell(plan.come);
    const told = await bringNow(stair, chosen, plan, { ...(place === newRoom ? { opens: name.trim() } : {}), files, told: tell, isOver: () => over.current });
    if (told) setTrouble(refusal(told.code, told.params));
    setState(told || over.current ? 'idle' : 'done');
  };
  const underWay = known.imports.find((one) => one.place === to && one.state === 'coming' && one.id !== plan?.past);
  const busy = state === 'bringing';
  return (
    <>
      <p>{t('past.bringSays')}</p>
      <Field label={t('past.place')} hint={t('past.placeHint')}>{(wiring) => (
        <select {...wiring} value={place} disabled={busy} onChange={(event) => { setPlace(event.currentTarget.value); setTrouble(undefined); }}>
          <option value="">{t('past.choosePlace')}</option>
          <option value={newRoom}>{t('past.newRoom')}</option>
          {known.rooms.map((one) => <option key={one.id} value={one.id}>{one.kind === 'board' ? t('past.onBoard', { name: one.name }) : one.name}</option>)}
        </select>
      )}</Field>
      {place === newRoom && <Field label={t('talk.roomName')}>{(wiring) => <input {...wiring} value={name} maxLength={80} disabled={busy} onInput={(event) => setName(event.currentTarget.value)} />}</Field>}
      {underWay && <UnderWay one={underWay} />}
      <Field label={t('past.choose')} hint={t('past.chooseHint')} error={trouble}>
        {(wiring) => <input {...wiring} type="file" accept=".txt,.csv,.tsv,text/plain,text/csv" disabled={busy} onClick={(event) => { event.currentTarget.value = ''; }} onChange={(event) => void pick(event.currentTarget.files?.[0])} />}
      </Field>
      {chosen && chosen.read.rooms.size > 1 && (
        <Field label={t('past.which')} hint={t('past.whichHint')}>{(wiring) => (
          <select {...wiring} value={room} disabled={busy} onChange={(event) => setOnly(event.currentTarget.value)}>
            {[...chosen.read.rooms].map(([one, n]) => <option key={one} value={one}>{t('past.roomLines', { name: roomSays(chosen.read, one, words), n: n.toLocaleString('en') })}</option>)}
          </select>
        )}</Field>
      )}
      {state === 'reading' && <Loading>{t('past.reading')}</Loading>}
      {chosen && !place && <p role="status"><State kind="quiet">{t('past.choosePlaceFirst')}</State></p>}
      {chosen && plan && state !== 'done' && <Sums chosen={chosen} plan={plan} />}
      {chosen && plan && !busy && state !== 'done' && <>
        {!online && <p role="status"><State kind="quiet">{t('past.needsLine')}</State></p>}
        {!plan.resumes && plan.readers.length > 0 && <>
          <label class="past-check"><input type="checkbox" checked={opens} onChange={(event) => setOpens(event.currentTarget.checked)} /><span>{t('past.opensTo', { names: listed(plan.readers.map(({ card }) => card.name), words) })}</span></label>
          {asked && !opens && <FieldError>{refusal('past.newReaders')}</FieldError>}
        </>}
        {plan.pages.length > 0 && <Button kind="main" wide icon="save" disabled={!online || underWay !== undefined} onClick={() => void go()}>{plan.resumes ? t('past.goOn', { n: plan.come, of: plan.pages.length }) : t('past.bringIt', { n: plan.sorted.lines.length.toLocaleString('en') })}</Button>}
      </>}
      {busy && plan && <div class="past-progress">
        <label>{t('past.bringing', { done, of: plan.pages.length })}<progress value={done} max={plan.pages.length} /></label>
        <p class="sub">{t('past.bringingSays')}</p>
        <Button wide onClick={() => { over.current = true; }}>{t('past.pause')}</Button>
      </div>}
      {state === 'done' && plan && <>
        <p role="status"><State kind="ok">{t('past.brought', { n: plan.sorted.lines.length.toLocaleString('en') })}</State></p>
        <Button kind="main" wide icon="eye" href={`/past/${plan.place}/${plan.past}`}>{t('past.readIt')}</Button>
      </>}
    </>
  );
}

/** Something else is under way here: its file is chosen again, or no more of it comes. */
function UnderWay({ one }: { one: Imported & { readonly place: string } }) {
  const { t } = useWords();
  const sending = useSending();
  return (
    <div class="past-under">
      <p><State kind="doing">{t('past.underWay', { name: one.name })}</State></p>
      <p class="sub">{t('past.underWaySays')}</p>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button busy={sending.busy ? t('past.sending') : undefined} onClick={() => void sending.send(stopImport, { place: one.place, past: one.id })}>{t('past.stop')}</Button>
    </div>
  );
}
