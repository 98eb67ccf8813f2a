import { Bar, Button, DrillFrame, DrillWord, EmptyNote, Facts, Field, FieldError, Icon, Loading, Page, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { Marks, useFrame, useLive, useNow, useSending, useStair, useSteps, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import type { Incident } from '@noroshi/features/incident';
import type { Entry } from '../entry.ts';
import { isOpen, isOverdue, type Instruction, type OrderState as OrderStates } from '../instruction.ts';
import { mayCorrect, mayRecord } from '../may-record.ts';
import { move, movesFor } from '../move.ts';
import { readAround, readEntries, type Around } from './known.ts';
import { OrderState } from './OrderState.tsx';
import './chronology.css';

/** One line of the chronology: all that is known of it, and how far its instruction has come. */
export default function EntryPage({ params }: PageProps) {
  const { t, language } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const [wanted, id] = [params['incident']!, params['entry']!];
  const known = useLive(async (stair) => ({ ...await readAround(stair, language, wanted), ...await readEntries(stair) }), [wanted, language]);
  const of = known?.incidents.find((one) => one.id === wanted);
  const one = known && of && known.entries.find((each) => each.id === id && each.incident === wanted);
  const correctable = one && !one.corrected && mayRecord(actor, of).ok && mayCorrect(actor, of, one);
  const page = (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs}
      head={<><Bar title={<>{of?.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{one ? `${t('chronology.title')} ${t('chronology.no', { no: one.no })}` : t('chronology.title')}</>} subtitle={of?.name} back={{ label: t('app.back'), href: `/chronology/${wanted}` }} />{!of?.drill && frame.bands}</>}
      foot={correctable && <Button wide icon="edit" href={`/chronology/write?corrects=${id}`}>{t('chronology.correct')}</Button>}>
      {!known && <Loading>{t('app.loading')}</Loading>}
      {known && !one && <WhenWhole><EmptyNote>{t('chronology.notHere')}</EmptyNote></WhenWhole>}
      {known && of && one && <Told key={id} one={one} of={of} known={known} order={known.instructions.get(id)} waits={known.waiting.has(id)} />}
    </Page>
  );
  return of?.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

function Told({ one, of, known: { names }, order, waits }: { one: Entry; of: Incident; known: Around; order: Instruction | undefined; waits: boolean }) {
  const { t, moment } = useWords();
  const who = (org: string, by: string): string => [names.org(org), names.person(by)].filter(Boolean).join(' ');
  const facts = [
    { term: t('chronology.column.on'), is: moment(one.on) },
    { term: t('chronology.column.at'), is: <>{moment(one.at)}　<span class="sub">{who(one.org, one.by)}</span></> },
    { term: t('chronology.column.from'), is: one.from }, { term: t('chronology.column.to'), is: one.to },
    { term: t('chronology.column.channel'), is: t(`chronology.channel.${one.channel}`) },
    { term: t('chronology.column.place'), is: one.place }, { term: t('chronology.column.unit'), is: one.unit },
    { term: t('chronology.town'), is: one.town && names.org(one.town) },
  ].filter(({ is }) => is);
  // The mark stands where the words stood; the way to ask for one stands last.
  const marks = <Marks noun="chronicleEntry" id={one.id} marked={one.redacted !== undefined} />;
  return (
    <div class="chron">
      <p class="chron-head"><Tag>{t(`chronology.kind.${one.kind}`)}</Tag>{waits && <Tag kind="guess">{t('chronology.provisional')}</Tag>}
        {one.corrected && <a class="link" href={`/chronology/${of.id}/${one.corrected.entry}`}>{t('chronology.corrected', { no: one.corrected.no })}</a>}
        {one.corrects && <a class="link" href={`/chronology/${of.id}/${one.corrects.entry}`}>{t('chronology.corrects', { no: one.corrects.no })}</a>}</p>
      {one.redacted && marks}
      <p class="chron-full">{one.corrected ? <s>{one.content}</s> : one.content}</p>
      {one.source && <p class="chron-head"><a class="link" href={`/talk/${one.source.room}?m=${one.source.message}`}><Icon name="talk" /> {t('chronology.sourceOpen')}</a></p>}
      {order && !one.corrected && <Steps one={one} of={of} order={order} who={who} />}
      <section><div class="form"><Facts facts={facts} />{!one.redacted && marks}</div></section>
    </div>
  );
}

const icons = { open: 'undo', begun: 'dot', done: 'check', cancelled: 'close' } as const;

/** 指示: who, until when, how far; and the presses that say so. */
function Steps({ one, of, order, who }: { one: Entry; of: Incident; order: Instruction; who: (org: string, by: string) => string }) {
  const { t, moment } = useWords();
  const { actor, replica } = useStair();
  const sending = useSending();
  const steps = useSteps(order.steps.length);
  const now = useNow();
  // What is half written is there again after anything.
  const place = `chronology/word/${one.id}`;
  const kept = useLive(async (stair) => (await stair.replica.outbox.draft.get(place))?.text ?? '', [place]);
  const [typed, type] = useState<string>();
  const word = typed ?? kept ?? '';
  const write = (text: string): void => {
    type(text);
    void (text === '' ? replica.outbox.draft.delete(place) : replica.outbox.draft.put({ place, text, at: now }));
  };
  const may = movesFor(actor, order, of.headquarters);
  const go = async (state: OrderStates): Promise<void> => {
    // It goes with this step: whoever presses the next before the answer has come does not say it twice.
    const said = word.trim();
    write('');
    if (await sending.send(move, { incident: of.id, entry: one.id, state, sees: steps.take(), ...(said ? { word: said } : {}) })) return;
    steps.back();
    write(said);
  };
  // The next act is filled: to begin, then to be done.
  const next = order.state === 'open' ? 'begun' : order.state === 'begun' ? 'done' : undefined;
  return (
    <section>
      <SectionHead title={t('chronology.kind.order')} />
      <div class="form">
        <p><OrderState order={{ state: order.state, open: isOpen(order), overdue: isOverdue(order, now), owner: who(order.owner, order.person ?? ''), ...(order.due === undefined ? {} : { due: order.due }) }} /></p>
        {may.length > 0 && (
          <>
            <Field label={t('chronology.moveWord')}>{(wiring) => <input {...wiring} value={word} maxLength={500} autocomplete="off" onInput={(e) => write(e.currentTarget.value)} />}</Field>
            {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
            <div class="halves">{(['begun', 'done', 'open', 'cancelled'] as const).filter((state) => may.includes(state)).map((state) => (
              <Button key={state} kind={state === next ? 'main' : 'plain'} tall icon={icons[state]} onClick={() => void go(state)}>{t(`chronology.move.${state}`)}</Button>
            ))}</div>
          </>
        )}
        <h3>{t('chronology.steps')}</h3>
        <ol class="chron-steps">
          <li><time>{moment(one.at)}</time><span>{t('chronology.given')}　<span class="sub">{who(one.org, one.by)}</span></span></li>
          {order.steps.map((step, i) => <li key={i}><time>{moment(step.at)}</time><span><State kind="plain" icon={icons[step.state] === 'undo' ? 'ring' : icons[step.state]}>{t(`chronology.state.${step.state}`)}</State>　<span class="sub">{who(step.org, step.by)}</span>{step.word && <><br />{step.word}</>}</span></li>)}
        </ol>
        <Marks noun="instruction" id={one.id} marked={order.redacted !== undefined} />
      </div>
    </section>
  );
}
