import { letters, save } from '@noroshi/features/directory/web';
import { Button, Field, FieldError, SectionHead, Sheet, State, Tag } from '@noroshi/foundations/ui';
import { ask, useLine, useSending, useWords } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { useEffect, useState } from 'preact/hooks';
import { closeFeed, feedOf, openFeed, type FeedNow } from '../feed.ts';
import { idOfUid, importAppointments, inMessages, type Imported } from '../import-appointments.ts';
import { mostBytes, readIcs, type IcsNote, type IcsRead } from '../ics/read-ics.ts';
import { writeIcs } from '../ics/write-ics.ts';
import type { Local } from '../local-time.ts';
import type { CalendarNow } from './known.ts';
import { dateSays, repeatSays, whenSays } from './says.ts';

/** 購読: an address for Outlook, Google and Apple. It is told once; a new one ends the old. */
export function FeedPart({ calendar }: { calendar: CalendarNow }) {
  const { t, moment, refusal, beside } = useWords();
  const line = useLine();
  const [now, set] = useState<FeedNow>();
  const [address, tell] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const [asks, ask_] = useState(false);
  const [copied, copy] = useState(false);
  useEffect(() => {
    if (line.state !== 'open') return;
    void ask(feedOf, { calendar: calendar.id }).then((told) => (told.ok ? set(told.value) : setTrouble(refusal(told.code, told.params))));
  }, [calendar.id, line.state]);
  const make = async (): Promise<void> => {
    const told = await ask(openFeed, { calendar: calendar.id });
    ask_(false);
    copy(false);
    setTrouble(told.ok ? undefined : refusal(told.code, told.params));
    if (!told.ok) return;
    tell(told.value.address);
    set({ since: told.value.since });
  };
  const end = async (): Promise<void> => {
    const told = await ask(closeFeed, { calendar: calendar.id });
    setTrouble(told.ok ? undefined : refusal(told.code, told.params));
    if (!told.ok) return;
    tell(undefined);
    set(told.value);
  };
  return (
    <section class="cal-shared">
      <SectionHead title={t('calendar.feed')} />
      <p class="sub">{t('calendar.feedSays')}</p>
      {trouble && <FieldError>{trouble}</FieldError>}
      {line.state !== 'open' && <p class="sub">{t('calendar.feedAway')}</p>}
      {address && <>
        <p><code class="cal-address">{address}</code></p>
        <p class="sub">{t('calendar.feedOnce')}</p>
        <div class="cal-tend">
          <Button icon="doc" onClick={async () => { await navigator.clipboard.writeText(address); copy(true); }}>{t('calendar.feedCopy')}</Button>
          {copied && <span role="status"><State kind="ok">{t('calendar.feedCopied')}</State></span>}
        </div>
      </>}
      {now?.since !== undefined && <p>{beside([t('calendar.feedSince', { time: moment(now.since) }), now.fetched !== undefined && t('calendar.feedFetched', { time: moment(now.fetched) })])}</p>}
      {now && line.state === 'open' && <div class="cal-tend">
        <Button icon="loop" onClick={() => (now.since === undefined ? void make() : ask_(true))}>{t(now.since === undefined ? 'calendar.feedMake' : 'calendar.feedRenew')}</Button>
        {now.since !== undefined && <Button kind="quiet" class="danger" onClick={() => void end()}>{t('calendar.feedEnd')}</Button>}
      </div>}
      {asks && (
        <Sheet title={t('calendar.feedRenew')} closeLabel={t('app.close')} onClose={() => ask_(false)} foot={<Button kind="main" wide onClick={() => void make()}>{t('calendar.feedRenew')}</Button>}>
          <p class="sheet-pad">{t('calendar.feedRenewSays')}</p>
        </Sheet>
      )}
    </section>
  );
}

/** 書き出し: the calendar as a file, as this person sees it now. Also without a line. */
export function ExportPart({ calendar }: { calendar: CalendarNow }) {
  const { t } = useWords();
  const write = (): void => save({ name: `${calendar.name}.ics`, type: 'text/calendar', file: new Blob([writeIcs({ name: calendar.name, appointments: calendar.appointments, busy: t('calendar.busy'), alarms: true })]) });
  return (
    <section class="cal-shared">
      <SectionHead title={t('calendar.export')} />
      <p class="sub">{t('calendar.exportSays')}</p>
      <div class="cal-tend"><Button icon="save" onClick={write}>{t('calendar.exportIt')}</Button></div>
    </section>
  );
}

/** 取り込み: a file is read here, what would come of it is told, and nothing goes in before that is pressed. */
export function ImportPart({ calendar }: { calendar: CalendarNow }) {
  const { t, refusal } = useWords();
  const sending = useSending();
  const [read, set] = useState<IcsRead>();
  const [trouble, setTrouble] = useState<string>();
  const [done, tell] = useState<number>();
  const choose = async (file: File | undefined): Promise<void> => {
    set(undefined);
    setTrouble(undefined);
    sending.forget();
    tell(undefined);
    if (!file) return;
    const told = file.size > mostBytes ? 'icsTooLarge' as const : readIcs(letters(await file.arrayBuffer()) ?? '');
    if (typeof told === 'string') setTrouble(refusal(`calendar.${told}`));
    else set(told);
  };
  const byId = new Map(calendar.appointments.map((one) => [one.id, one]));
  const of = (one: Imported) => byId.get(idOfUid(calendar.id, one.uid));
  const gone = read?.appointments.filter((one) => of(one)?.takenOut) ?? [];
  const taken = read?.appointments.filter((one) => !of(one)?.takenOut) ?? [];
  const known = taken.filter((one) => of(one)).length;
  const take = async (): Promise<void> => {
    if (!(await sending.sendAll(importAppointments, inMessages(taken).map((appointments) => ({ calendar: calendar.id, appointments }))))) return;
    tell(taken.length);
    set(undefined);
  };
  return (
    <section class="cal-shared">
      <SectionHead title={t('calendar.import')} />
      <Field label={t('calendar.importChoose')} hint={t('calendar.importSays')} error={trouble ?? sending.trouble}>{(wiring) => <input {...wiring} type="file" accept=".ics,text/calendar" onClick={(event) => { event.currentTarget.value = ''; }} onChange={(event) => void choose(event.currentTarget.files?.[0])} />}</Field>
      {done !== undefined && <p role="status"><State kind="ok">{t('calendar.imported', { n: done })}</State></p>}
      {read && <>
        <p role="status"><b>{t('calendar.importTakes', { n: taken.length, fresh: taken.length - known, known })}</b></p>
        {taken.length > 0 && <Coming taken={taken} isKnown={(one) => of(one) !== undefined} />}
        {gone.length > 0 && <p>{t('calendar.importGone', { n: gone.length })}</p>}
        <Notes title={t('calendar.importLeft', { n: read.left.length })} notes={read.left} />
        <Notes title={t('calendar.importPartly', { n: read.partly.length })} notes={read.partly} />
        {taken.length > 0 && <Button kind="main" wide icon="calendar" busy={sending.busy ? t('calendar.sending') : undefined} onClick={() => void take()}>{t('calendar.importIt', { n: taken.length })}</Button>}
      </>}
    </section>
  );
}

/** So many of what comes in are told at once; the others by a press, as far as anyone reads on. */
const shown = 5;
const opened = 200;

/** What is about to come in: from when to when, what it is called, and what of it changes something that stands here. (Y22) */
function Coming({ taken, isKnown }: { taken: readonly Imported[]; isKnown: (one: Imported) => boolean }) {
  const words = useWords();
  const { t } = words;
  const sorted = taken.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const [from, until] = [sorted[0]!, sorted.at(-1)!].map(({ start }) => dateSays(start, words));
  const row = (one: Imported) => (
    <li key={one.uid}>
      <b>{one.title || t('calendar.untitled')}</b> {isKnown(one) && <Tag>{t('calendar.importChanges')}</Tag>}
      <br /><span class="sub">{words.beside([dateSays(one.start, words), whenSays(one, words), one.repeat !== undefined && repeatSays(one.repeat, one.start, words)])}</span>
    </li>
  );
  return (
    <div>
      <p>{from === until ? t('calendar.importOn', { day: from! }) : t('calendar.importSpan', { from: from!, until: until! })}</p>
      <ul class="cal-trouble">{sorted.slice(0, shown).map(row)}</ul>
      {sorted.length > shown && (
        <details>
          <summary>{t('calendar.more', { n: sorted.length - shown })}</summary>
          <ul class="cal-trouble">{sorted.slice(shown, opened).map(row)}</ul>
          {sorted.length > opened && <p>{t('calendar.more', { n: sorted.length - opened })}</p>}
        </details>
      )}
    </div>
  );
}

/** So many are told by their lines; of more it is said how many. */
const listed = 50;

function Notes({ title, notes }: { title: string; notes: readonly IcsNote[] }) {
  const words = useWords();
  const { t } = words;
  const date = (local: Local | undefined): string => (local === undefined ? '' : dateSays(local, words));
  if (notes.length === 0) return null;
  return (
    <div>
      <p><b>{title}</b></p>
      <ul class="cal-trouble">{notes.slice(0, listed).map((one, i) => <li key={i}>{t('calendar.importLine', { line: one.line, title: one.title || t('calendar.untitled') })}{t(`calendar.ics.${one.why}` as Key, { from: date(one.from), until: date(one.until) })}</li>)}</ul>
      {notes.length > listed && <p>{t('calendar.more', { n: notes.length - listed })}</p>}
    </div>
  );
}
