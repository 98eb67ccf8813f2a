import { isMunicipality, openIncident } from '@noroshi/features/incident';
import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, IconLine, Loading, Page, ToggleChips } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { ask, useFrame, useLive, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { beginDrill } from '../begin.ts';
import { scenarios } from '../questions.ts';
import { readScenario, type ScenarioRead } from '../read-scenario.ts';
import { EndSheet } from './EndSheet.tsx';
import { readKnown, type Known } from './known.ts';
import { townsIn } from './says.ts';
import './drill.css';

/** A file of one's own, or one of those that come with the product. */
interface File_ { readonly name: string; readonly text: string }

/** 訓練を始める: which scenario, which towns, who sits at the desk. */
export default function StartPage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const wanted = useRoute().search.get('incident') ?? undefined;
  const known = useLive((stair) => readKnown(stair, language), [language]);
  const open = wanted === undefined ? undefined : known?.drills.find(({ id, closedAt }) => id === wanted && closedAt === undefined);
  const isHere = known?.headquarters && (wanted === undefined || open);
  if (known && isHere) return <Starting known={known} open={open} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('drill.start')} back={{ label: t('app.back'), href: '/drills', close: true }} />{frame.bands}</>}>
      {known ? <WhenWhole><EmptyNote>{t(known.headquarters ? 'refusal.drill.notFound' : 'refusal.incident.drillByPrefecture')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** As offices save it: what is no UTF-8 is Shift_JIS, unless it begins as a spreadsheet's “Unicode text” does. */
const textOf = (bytes: ArrayBuffer): string => {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return utf8.decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
};

function Starting({ known, open }: { known: Known; open: Known['drills'][number] | undefined }) {
  const words = useWords();
  const { t, refusal } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const sending = useSending();
  const [given, give] = useState<readonly File_[]>();
  const [away, setAway] = useState<string>();
  const [own, setOwn] = useState<File_>();
  const [chosen, choose] = useState<string>();
  const [typed, setName] = useState<string>();
  const [picked, pick] = useState<readonly Id[]>();
  const [controllers, setControllers] = useState<readonly Id[]>([]);
  const [beside, setBeside] = useState(false);
  const [outside, setOutside] = useState(false);
  const [pressed, press] = useState(false);
  const [real, setReal] = useState(false);
  const [id] = useState(open?.id ?? stair.newId());
  useEffect(() => void ask(scenarios, {}).then((answer) => (answer.ok ? give(answer.value.files) : setAway(refusal(answer.code)))), []);

  const file = chosen === 'own' ? own : given?.find(({ name }) => name === chosen);
  const read: ScenarioRead | undefined = useMemo(() => file && readScenario(file.text, known), [file, known]);
  const scenario = read?.scenario;
  const towns = open?.affected ?? picked ?? read?.hit ?? [];
  const needs = scenario ? townsIn(scenario.injects) : 1;
  const lacks = Math.max(0, needs - towns.length);
  const name = typed ?? open?.name ?? scenario?.name ?? '';
  const municipalities = known.organizations.filter(isMunicipality);

  const begin = async (): Promise<void> => {
    press(true);
    if (!scenario || lacks > 0 || !name.trim() || (known.real && !beside)) return;
    if (!open && !(known.drills.some((one) => one.id === id) || await sending.send(openIncident, { id, name: name.trim(), kind: scenario.kind, drill: true, affected: [...towns], ...(outside ? { outside: true } : {}) }))) return;
    const told = await sending.send(beginDrill, { incident: id, ...scenario, name: name.trim(), injects: [...scenario.injects], controllers: [...controllers], ...(known.real ? { beside: true } : {}) });
    if (told) route.go(`/drills/${id}`, { replace: true });
  };
  return (
    <DrillFrame band={t('incident.drillBand')}>
      <Page skipLabel={frame.skipLabel} content="form" head={<Bar title={<><DrillWord>{t('app.drillMark')}</DrillWord>{t('drill.start')}</>} subtitle={open?.name} back={{ label: t('app.back'), href: '/drills', close: true }} />}
        foot={<>
          {pressed && lacks > 0 && <FieldError>{t('drill.townsTooFew', { n: needs, more: lacks })}</FieldError>}
          {pressed && known.real && !beside && <FieldError>{t('refusal.drill.realUnderWay', { name: known.real.name })}</FieldError>}
          {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
          {scenario && !open && <p class="sub">{t('drill.beginSays', { n: towns.length })}</p>}
          <Button kind="main" wide icon="flag" disabled={!scenario} busy={sending.busy ? t('app.loading') : undefined} onClick={() => void begin()}>{t('drill.begin')}</Button>
        </>}>
        <p class="sub">{t('drill.startSays')}</p>
        {/* Of headquarters anyone ends a drill, also who has no place at its desk, and one that has no scenario. */}
        {open && <Button kind="danger" wide icon="square" onClick={() => setReal(true)}>{t('drill.real')}</Button>}
        {open && real && <EndSheet real of={open} onClose={() => setReal(false)} />}
        {away && <FieldError>{away}</FieldError>}
        {!given && !away && <Loading>{t('app.loading')}</Loading>}
        {given && (
          <Chips legend={t('drill.scenario')} value={chosen} onChange={(one) => { choose(one); setName(undefined); pick(undefined); press(false); }} choices={[
            ...given.map((one) => ({ value: one.name, label: told(one, '名称|name') ?? one.name, note: told(one, '注|note'), whole: true })),
            { value: 'own', label: own?.name ?? t('drill.own'), whole: true },
          ]} />
        )}
        {chosen === 'own' && (
          <Field label={t('drill.choose')} hint={t('drill.ownSays')}>{(wiring) => (
            <input {...wiring} type="file" accept=".csv,text/csv" onClick={(event) => { event.currentTarget.value = ''; }}
              onChange={(event) => { const one = event.currentTarget.files?.[0]; if (one) void one.arrayBuffer().then((bytes) => setOwn({ name: one.name, text: textOf(bytes) })); }} />
          )}</Field>
        )}
        {file && chosen !== 'own' && <p><a class="link" download={file.name} href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${file.text}`)}`}>{t('drill.save')}</a></p>}
        {read && !scenario && <Problems read={read} />}
        {scenario && (
          <>
            <div role="status"><IconLine icon="check">{t('drill.ok', { n: scenario.injects.length, acts: scenario.injects.filter(({ act }) => act).length, minutes: lastMinute(scenario.injects) })}</IconLine></div>
            {!open && <Field label={t('drill.name')}>{(wiring) => <input {...wiring} maxLength={60} autocomplete="off" value={name} onInput={(event) => setName(event.currentTarget.value)} />}</Field>}
            {!open && <ToggleChips legend={t('drill.towns')} values={towns} onChange={pick} choices={municipalities.map((one) => ({ value: one.id, label: known.org(one.id), ...(towns.includes(one.id) ? { note: t('drill.nth', { n: towns.indexOf(one.id) + 1 }) } : {}) }))} />}
            <ToggleChips legend={t('drill.controllers')} values={[stair.actor.person, ...controllers]} onChange={(all) => setControllers(all.filter((one) => one !== stair.actor.person))}
              choices={known.people.filter((one) => one.org === stair.actor.org && one.role !== 'guest').map((one) => ({ value: one.id, label: one.name, disabled: one.id === stair.actor.person }))} />
            {!open && <label class="drill-check"><input type="checkbox" checked={outside} onChange={(event) => setOutside(event.currentTarget.checked)} /><span>{t('drill.outside')}</span></label>}
            {known.real && <label class="drill-check"><input type="checkbox" checked={beside} onChange={(event) => setBeside(event.currentTarget.checked)} /><span>{t('drill.beside', { name: known.real.name })}</span></label>}
          </>
        )}
      </Page>
    </DrillFrame>
  );
}

/** What a file tells of itself in one of its first lines. */
const told = ({ text }: File_, word: string): string | undefined => new RegExp(`^#(?:${word}),"?([^"\\r\\n]+?)"?,*\\r?$`, 'im').exec(text)?.[1];

/** When the last one comes, where each is given at its time. */
function lastMinute(injects: NonNullable<ScenarioRead['scenario']>['injects']): number {
  const at = (no: string, depth = 0): number => {
    const one = injects.find((each) => each.no === no);
    return one && depth < injects.length ? one.minute + (one.after === undefined ? 0 : at(one.after, depth + 1)) : 0;
  };
  return Math.max(...injects.map(({ no }) => at(no)));
}

/** All that is wrong with a file, each with its line. */
function Problems({ read }: { read: ScenarioRead }) {
  const { t } = useWords();
  return (
    <section class="form" role="alert">
      <h2>{t('drill.wrong', { n: read.problems.length })}</h2>
      <ol class="drill-wrong">{read.problems.map(({ line, code, params }, i) => <li key={i}><b>{t('drill.line', { line })}</b><span>{t(`drill.file.${code}` as 'drill.file.columns', params)}</span></li>)}</ol>
    </section>
  );
}
