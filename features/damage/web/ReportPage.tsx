import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, Loading, Page, SectionHead, Tag } from '@noroshi/foundations/ui';
import type { Key } from '@noroshi/foundations/i18n';
import { fromLocal, toLocal, type Id } from '@noroshi/foundations/kernel';
import { canBeOf, incidentSays, type Incident } from '@noroshi/features/incident';
import { message as messageNoun, noWords, type Along, type Brought, type Message } from '@noroshi/features/talk';
import { oneLine, wordsBegun, wordsTaken } from '@noroshi/features/talk/web';
import { useFrame, useLine, useLive, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { figuresOf, wordsOf } from '../figures.ts';
import { blockSays, blocksOf, nameSays, wordsSay, type FormField, type FormKind, type FormWords } from '../form.ts';
import { report, type ReportSaid } from '../report.ts';
import type { Told } from '../sheet.ts';
import { Means } from './Means.tsx';
import { readDamage, sheetOf, townsToReport, type Known } from './known.ts';
import { fieldSays, figureSays, numberSays } from '../says.ts';
import { entryOf, longestWords, whatIsSaid, withBrought, type Entry, type Sureness } from './written.ts';
import './damage.css';

/** What is written and not sent: it stays on this device. */
interface Draft {
  readonly kind: FormKind;
  readonly entries: readonly (readonly [string, Entry])[];
  readonly texts: readonly (readonly [string, string])[];
  readonly asOf?: number | undefined;
  readonly source: string;
  readonly message?: Told['message'];
  readonly along?: Along | undefined;
  /** The report it was begun upon: what a colleague told since is not undone unseen. */
  readonly sees: number;
}

interface Begun { readonly incident?: Id | undefined; readonly town?: Id | undefined; readonly draft?: Draft | undefined }

const placeOf = (incident: Id, town: Id): string => `damage/${incident}/${town}`;

/** What was said and not taken, to be put right. */
const asDraft = ({ kind, told, words = [], asOf, sees }: ReportSaid): Draft => ({
  kind, entries: told.map((one) => [one.key, entryOf(one)]), texts: words.map(({ key, text }) => [key, text]), asOf, source: told[0]?.source ?? '', message: told[0]?.message, sees,
});

/** 被害報告 第n報: the short form, or the long one. */
export default function ReportPage() {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const { actor } = useStair();
  const { search } = useRoute();
  const [room, message, again, wanted] = ['room', 'message', 'again', 'incident'].map((name) => search.get(name) ?? undefined);
  const [chosen, choose] = useState<{ incident?: Id; town?: Id }>({});
  const known = useLive(async (stair) => {
    const all = await readDamage(stair, language);
    const refused = again ? await stair.replica.outbox.item.where('id').equals(again).first() : undefined;
    const said = refused && (refused.input as ReportSaid);
    const begun: Begun = said ? { incident: said.incident, town: said.town, draft: asDraft(said) } : {};
    const drafts = new Map((await stair.replica.outbox.draft.toArray()).filter(({ place }) => place.startsWith('damage/')).map(({ place, text }) => [place, JSON.parse(text) as Draft]));
    return { all, begun, drafts, source: message ? await stair.replica.get<Message>(messageNoun.noun, message) : undefined, brought: room && search.has('words') ? await wordsBegun(stair, room, [...drafts.values()].map(({ along }) => along)) : noWords };
  }, [room, message, again, language]);
  // In the twin room of a drill nothing can be said for a real disaster, and in no other for a drill.
  const place = known?.all.rooms.find(({ id }) => id === room);
  const incidents = known?.all.incidents.filter((one) => townsToReport(known.all, one, actor).length > 0 && (!place || canBeOf(one, place))) ?? [];
  // Who comes from the talk in which a town has its part means that disaster and that town.
  const event = incidents.find(({ id }) => id === (chosen.incident ?? known?.begun.incident ?? wanted)) ?? incidents.find(({ roles }) => roles.some((role) => role.room === room)) ?? incidents[0];
  const towns = known && event ? townsToReport(known.all, event, actor) : [];
  const town = towns.find(({ id }) => id === (chosen.town ?? known?.begun.town ?? search.get('town') ?? known?.source?.org)) ?? towns.find(({ id }) => event!.roles.some((role) => role.room === room && role.affected === id)) ?? towns.find(({ id }) => event!.affected.includes(id)) ?? towns[0];
  if (!known || !event || !town) {
    return (
      <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('damage.title')} back={{ label: t('app.back'), href: '/damage', close: true }} />{frame.bands}</>}>
        {known ? <WhenWhole><EmptyNote>{t('damage.notToReport')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
      </Page>
    );
  }
  return (
    <Reporting key={`${event.id}/${town.id}`} known={known.all} event={event} town={town.id} again={again} draft={known.begun.draft ?? known.drafts.get(placeOf(event.id, town.id))}
      from={room && message ? { room, message } : undefined} source={known.source} talk={room} brought={known.brought}>
      {incidents.length > 1 && <Chips legend={t('damage.which')} value={event.id} onChange={(incident) => choose({ incident })} choices={incidents.map((one) => ({ value: one.id, label: incidentSays(one, words), whole: true }))} />}
      {towns.length > 1 && (
        <Field label={t('damage.forTown')}>{(wiring) => (
          <select {...wiring} value={town.id} onChange={(e) => choose({ incident: event.id, town: e.currentTarget.value })}>{towns.map(({ id }) => <option key={id} value={id}>{known.all.org(id)}</option>)}</select>
        )}</Field>
      )}
    </Reporting>
  );
}

interface ReportingProps {
  readonly known: Known;
  readonly event: Incident;
  readonly town: Id;
  readonly draft: Draft | undefined;
  readonly again: Id | undefined;
  readonly from: Told['message'];
  readonly source: Message | undefined;
  /** The talk that one comes from, and what came along. */
  readonly talk: Id | undefined;
  readonly brought: Brought;
  readonly children: preact.ComponentChildren;
}

function Reporting({ known, event, town, draft, again, from, source: quoted, talk, brought: begun, children }: ReportingProps) {
  const words = useWords();
  const { t, moment } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const sending = useSending();
  const reports = sheetOf(known, event.id, town)?.reports ?? [];
  const [sees] = useState(draft?.sees ?? reports.length);
  const figures = figuresOf(reports);
  const stood = wordsOf(reports);
  const [kind, setKind] = useState<FormKind>(draft?.kind ?? (reports.length === 0 ? 'short' : 'long'));
  const [entries, setEntries] = useState<ReadonlyMap<string, Entry>>(new Map(draft?.entries));
  // What stands in the talk's composer later did not come along.
  const [brought] = useState(begun);
  const [along] = useState<Along | undefined>(talk && brought.words ? { room: talk, words: brought.words } : draft?.along);
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(() => withBrought(new Map(draft?.texts), stood, known.forms.now.words, brought));
  const [asOf, setAsOf] = useState(draft?.asOf ?? (quoted?.at || stair.now()));
  const [source, setSource] = useState(draft?.source ?? '');
  const [sure, setSure] = useState<ReadonlySet<string>>(new Set());
  const [pressed, press] = useState(false);
  const sent = useRef(false);
  const isNew = useRef(true);
  const message = from ?? draft?.message;
  const form = known.forms.now;
  const lives = known.lives.get(town);
  const fields = form.fields.filter(({ forms }) => forms.includes(kind));
  const said = whatIsSaid(form, entries, figures, { asOf, source: source.trim(), message }, lives);
  const newTexts = [...texts].map(([key, text]) => ({ key, text: text.trim() })).filter(({ key, text }) => text !== (stood.get(key) ?? ''));
  const unsure = [...said.doubts.keys()].filter((key) => !sure.has(key));
  const nothing = said.told.length === 0 && newTexts.length === 0;

  useEffect(() => {
    const written: Draft = { kind, entries: [...entries], texts: [...texts], asOf, source, message, along, sees };
    // What was brought along lies in the talk's composer until someone writes here.
    if (isNew.current) isNew.current = false;
    else if (!sent.current && !again && (entries.size > 0 || texts.size > 0 || source)) void stair.replica.outbox.draft.put({ place: placeOf(event.id, town), text: JSON.stringify(written), at: stair.now() });
  }, [kind, entries, texts, asOf, source]);

  /** What is asked about a figure, if anything. */
  const doubtSays = (key: string): string | undefined => {
    const doubt = said.doubts.get(key);
    if (!doubt) return undefined;
    const of = form.fields.find((one) => one.key === doubt.of);
    const than = numberSays(doubt.than);
    return t(`damage.doubt.${doubt.why}`, { n: numberSays(said.told.find((one) => one.key === key)?.n ?? 0), before: than, than, of: of ? nameSays(of, words) : t('damage.doubt.parts'), sum: numberSays(doubt.sum ?? 0), town: known.org(town), day: lives?.asOf ?? '', source: lives?.source ?? '' });
  };
  const change = (key: string, entry: Entry): void => {
    setEntries(new Map(entries).set(key, entry));
    setSure(new Set([...sure].filter((one) => one !== key)));
  };
  const inWords = ({ key, ...one }: FormWords) => (
    <Field key={key} label={wordsSay({ key, ...one }, words)}>{(wiring) => <textarea {...wiring} maxLength={longestWords} value={texts.get(key) ?? stood.get(key) ?? ''} onInput={(e) => setTexts(new Map(texts).set(key, e.currentTarget.value))} />}</Field>
  );
  const send = async (): Promise<void> => {
    press(true);
    if (said.wrong.size > 0 || unsure.length > 0 || (nothing && reports.length === 0)) return;
    const place = event.roles.find(({ affected }) => affected === town)?.room;
    const told = await sending.send(report, {
      ...(known.rooms.some(({ id }) => id === place) ? { room: place } : {}), incident: event.id, town, kind, form: form.version, sees, asOf, told: said.told,
      ...(newTexts.length > 0 ? { words: newTexts } : {}), ...(sure.size > 0 ? { sure: [...sure] } : {}),
    });
    if (!told) return;
    sent.current = true;
    if (again) await stair.drop(again);
    await stair.replica.outbox.draft.delete(placeOf(event.id, town));
    if (along) await wordsTaken(stair, along, newTexts.map(({ text }) => text));
    route.go(`/damage/${event.id}/${town}`, { replace: true });
  };

  const page = (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<>
        <Bar back={{ label: t('damage.leave'), close: true, href: talk ? `/talk/${talk}${message?.room === talk ? `?m=${message.message}` : ''}` : `/damage/${event.id}` }} title={<>{event.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('damage.reportTitle', { n: reports.length + 1 })}</>} subtitle={words.beside([known.org(town), event.name])} />
        {line.state !== 'open' && frame.bands}
      </>}
      foot={<>
        {pressed && said.wrong.size > 0 && <FieldError>{t('damage.wrongSays', { n: said.wrong.size })}</FieldError>}
        {pressed && said.wrong.size === 0 && unsure.length > 0 && <FieldError>{t('damage.askSays', { n: unsure.length })}</FieldError>}
        {pressed && nothing && reports.length === 0 && <FieldError>{t('refusal.damage.nothingSaid')}</FieldError>}
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        <Button kind="main" wide icon="send" busy={sending.busy ? t('request.sending') : undefined} onClick={send}>{t(line.state === 'open' ? 'damage.send' : 'damage.keep', { n: reports.length + 1 })}</Button>
      </>}>
      {children}
      {event.headquarters === stair.actor.org && town !== stair.actor.org && <p><Tag>{t('damage.byProxy')}</Tag> {t('damage.byProxySays', { town: known.org(town) })}</p>}
      <Chips legend={t('damage.form')} value={kind} onChange={setKind} choices={[{ value: 'short', label: t('damage.form.short'), note: t('damage.form.shortSays') }, { value: 'long', label: t('damage.form.long'), note: t('damage.form.longSays') }]} />
      {message && <div><p class="field-label">{t('damage.fromTalk')}</p><p class="quote">{quoted ? oneLine(quoted, words) : <a class="link" href={`/talk/${message.room}?m=${message.message}`}>{t('damage.fromTalk')}</a>}</p></div>}
      <div class="cols">
        <Field label={t('damage.when')} hint={t('damage.whenSays')}>{(wiring) => <input type="datetime-local" {...wiring} value={toLocal(asOf)} onChange={(e) => setAsOf(fromLocal(e.currentTarget.value) ?? asOf)} />}</Field>
        <Field label={t('damage.source')} hint={t('damage.sourceSays')}>{(wiring) => <input {...wiring} maxLength={200} value={source} onInput={(e) => setSource(e.currentTarget.value)} />}</Field>
      </div>
      {form.words.filter(({ forms, key }) => forms.includes(kind) && key === 'overview').map(inWords)}
      {blocksOf(form.fields, kind).map(({ block, fields: of }) => (
        <section key={block} class="form">
          <SectionHead title={blockSays(of[0]!, words)} />
          {of.map((field) => <Figure key={field.key} field={field} entry={entries.get(field.key) ?? entryOf(figures.get(field.key))} stands={figures.get(field.key)} onChange={(entry) => change(field.key, entry)}
            error={said.wrong.has(field.key) ? t(`damage.wrong.${said.wrong.get(field.key)!}` as Key) : undefined}
            doubt={doubtSays(field.key)}
            sure={sure.has(field.key)} onSure={(yes) => setSure(new Set(yes ? [...sure, field.key] : [...sure].filter((one) => one !== field.key)))} />)}
        </section>
      ))}
      {form.words.filter(({ forms, key }) => forms.includes(kind) && key !== 'overview').map(inWords)}
      {fields.length < form.fields.length && <p class="sub">{t('damage.longAfter')}</p>}
      {reports.length > 0 && <p class="sub">{t('damage.lastReport', { n: reports.length, time: moment(reports.at(-1)!.at) })}</p>}
    </Page>
  );
  return event.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

const surenesses: readonly Sureness[] = ['', 'unknown', 'open', 'confirmed'];

/** One figure: the number, how sure one is of it, and what is wrong or to be asked beside it. */
function Figure({ field, entry, stands, onChange, error, doubt, sure, onSure }: { field: FormField; entry: Entry; stands: Told | undefined; onChange: (entry: Entry) => void; error: string | undefined; doubt: string | undefined; sure: boolean; onSure: (yes: boolean) => void }) {
  const words = useWords();
  const { t } = words;
  const [writing, write] = useState(false);
  const name = fieldSays(field, words);
  return (
    <div>
      <Field label={field.means ? <Means field={field}>{name}</Means> : name} error={writing ? undefined : error}>{(wiring) => (
        <div class="damage-figure">
          <input {...wiring} inputMode="decimal" autocomplete="off" maxLength={20} value={entry.state === 'unknown' ? '' : entry.text} onFocus={() => write(true)} onBlur={() => write(false)}
            onInput={(e) => onChange({ text: e.currentTarget.value, state: entry.state === 'confirmed' ? 'confirmed' : e.currentTarget.value.trim() || entry.state === 'open' ? 'open' : '' })} />
          <select class="input" aria-label={t('damage.surenessOf', { name })} value={entry.state} onChange={(e) => onChange({ ...entry, state: surenesses.find((one) => one === e.currentTarget.value) ?? '' })}>
            {surenesses.map((one) => <option key={one} value={one}>{t(one === '' ? 'damage.notReported' : one === 'unknown' ? 'damage.unknown' : one === 'open' ? 'damage.open' : 'damage.confirmed')}</option>)}
          </select>
        </div>
      )}</Field>
      {stands && <p class="sub">{t('damage.before', { n: figureSays(stands, words) })}</p>}
      {doubt && !writing && <label class="damage-ask"><input type="checkbox" checked={sure} onChange={(e) => onSure(e.currentTarget.checked)} /><span>{doubt}</span></label>}
    </div>
  );
}
