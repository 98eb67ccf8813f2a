import type { Incident } from '@noroshi/features/incident';
import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, IconLine, Loading, Page, SectionHead, Sheet, State, Tag } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { useFrame, useLine, useLive, useNow, useSending, useWords, WhenWhole, type Sending } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { giveNow, hint, pace, rate, skip } from '../control.ts';
import { clockAt, nextOf, ratings, speeds, toCome, type DrillRun, type Rating } from '../drill-run.ts';
import type { Inject } from '../scenario.ts';
import type { Task } from '../questions.ts';
import { withNames } from '../whom.ts';
import { EndSheet } from './EndSheet.tsx';
import { readKnown, type Known } from './known.ts';
import { RatingWord, TaskState } from './Ratings.tsx';
import { partSays } from './says.ts';
import { useScore } from './use-score.ts';
import './drill.css';

type Asked = { readonly what: 'real' | 'end' } | { readonly what: 'hint' | 'rate'; readonly inject: Inject };

/** 統制席: the clock of a drill, what comes next, what was played in and what became of it. */
export default function DeskPage({ incident }: { incident: Id }) {
  const { t, language } = useWords();
  const frame = useFrame();
  const known = useLive((stair) => readKnown(stair, language), [language]);
  const of = known?.drills.find(({ id }) => id === incident);
  const run = known?.runs.get(incident);
  return (
    <DrillFrame band={t('incident.drillBand')}>
      {known && of && run ? <Desk known={known} of={of} run={run} /> : (
        <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<Bar title={t('drill.console')} back={{ label: t('app.back'), href: '/drills' }} />}>
          {known ? <WhenWhole><EmptyNote>{t('drill.notHere')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
        </Page>
      )}
    </DrillFrame>
  );
}

function Desk({ known, of, run }: { known: Known; of: Incident; run: DrillRun }) {
  const { t, time } = useWords();
  const frame = useFrame();
  const line = useLine();
  const sending = useSending();
  const [asked, ask] = useState<Asked>();
  const score = useScore(of.id, of.closedAt !== undefined, JSON.stringify([run.rev, run.rated, run.hinted]));
  const tasks = new Map((typeof score === 'object' ? score.tasks : []).map((one) => [one.no, one]));
  const isOver = of.closedAt !== undefined;
  const coming = toCome(run);
  const came = run.injects.filter(({ no }) => run.given[no] ?? run.skipped[no]).toSorted((a, b) => whenOf(run, b) - whenOf(run, a));
  const named = (text: string): string => withNames(text, of, known.org);
  const press = (no: string, deed: typeof giveNow | typeof skip): void => void sending.send(deed, { incident: of.id, rev: run.rev, no });
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs}
      head={<Bar title={<><DrillWord>{t('app.drillMark')}</DrillWord>{t('drill.console')}</>} subtitle={of.name} back={{ label: t('app.back'), href: '/drills' }} />}
      foot={isOver
        ? <Button kind="main" wide icon="doc" href={`/drills/${of.id}/result`}>{t('drill.toResult')}</Button>
        : <Button kind="danger" wide icon="square" onClick={() => ask({ what: 'real' })}>{t('drill.real')}</Button>}>
      {known.real && !isOver && <div class="drill-pad" role="status"><IconLine icon="bell"><b>{t('drill.realOpen', { name: known.real.name })}</b></IconLine></div>}
      <Clock run={run} isOver={isOver} sending={sending} named={named} />
      {line.state !== 'open' && <p class="drill-pad sub">{t('drill.onlyLine')}</p>}
      {sending.trouble && <div class="drill-pad"><FieldError>{sending.trouble}</FieldError></div>}
      {coming.length > 0 && !isOver && (
        <section>
          <SectionHead title={t('drill.toCome')} count={{ of: coming.length, label: t('drill.count', { n: coming.length }) }} />
          <ol class="drill-list">{coming.map(({ inject, minute }) => (
            <li key={inject.no}>
              <Says inject={inject} of={of} known={known} when={minute === undefined ? t('drill.waits', { no: inject.after ?? '' }) : t('drill.clockMinute', { n: Math.round(minute) })} />
              <p class="drill-acts">
                <Button icon="send" onClick={() => press(inject.no, giveNow)}>{t('drill.giveNow')}<span class="sr"> {inject.no}</span></Button>
                <Button kind="quiet" icon="to" onClick={() => press(inject.no, skip)}>{t('drill.skip')}<span class="sr"> {inject.no}</span></Button>
              </p>
            </li>
          ))}</ol>
        </section>
      )}
      {came.length > 0 && (
        <section>
          <SectionHead title={t('drill.givenOnes')} count={{ of: came.length, label: t('drill.count', { n: came.length }) }} action={<a class="link" href={`/drills/${of.id}/result`}>{t('drill.toResult')}</a>} />
          <ol class="drill-list">{came.map((inject) => (
            <li key={inject.no}>
              <Says inject={inject} of={of} known={known} when={time(whenOf(run, inject))} />
              <Became inject={inject} run={run} known={known} task={tasks.get(inject.no)} isOver={isOver} ask={ask} />
            </li>
          ))}</ol>
        </section>
      )}
      {!isOver && <p class="drill-pad"><Button wide icon="check" onClick={() => ask({ what: 'end' })}>{t('drill.end')}</Button></p>}
      {asked && <Asking asked={asked} of={of} run={run} task={'inject' in asked ? tasks.get(asked.inject.no) : undefined} onClose={() => ask(undefined)} />}
    </Page>
  );
}

const whenOf = (run: DrillRun, { no }: Inject): number => run.given[no]?.at ?? run.skipped[no]?.at ?? 0;

/** The drill's clock, and what comes next. */
function Clock({ run, isOver, sending, named }: { run: DrillRun; isOver: boolean; sending: Sending; named: (text: string) => string }) {
  const { t } = useWords();
  const now = useNow(1_000);
  const parts = (seconds: number) => ({ h: Math.floor(seconds / 3_600), m: Math.floor(seconds / 60) % 60, s: seconds % 60 });
  const clock = Math.max(0, Math.floor(clockAt(run, now) * 60));
  const next = nextOf(run) ?? (run.running ? undefined : toCome(run)[0] && { inject: toCome(run)[0]!.inject, at: undefined });
  const set = (running: boolean, speed: number): void => void sending.send(pace, { incident: run.incident, rev: run.rev, running, speed });
  return (
    <section class="drill-clock">
      <p class="drill-time"><span class="sr">{t('drill.clock')} </span>{t('drill.clockIs', parts(clock))}</p>
      <p><State kind={isOver ? 'ok' : run.running ? 'doing' : 'quiet'}>{t(isOver ? 'drill.ended' : run.running ? 'drill.runs' : 'drill.stands')}</State>{run.speed !== 1 && <Tag>{t('drill.times', { n: run.speed })}</Tag>}</p>
      {!isOver && (
        <>
          <p class="drill-next">{next
            ? <><b>{t('drill.next')}</b> {next.inject.no}　{next.at !== undefined && t('drill.nextIn', parts(Math.max(0, Math.ceil((next.at - now) / 1_000))))}<span class="drill-cut">{named(next.inject.text)}</span></>
            : t('drill.nextNone')}</p>
          <Button kind={run.running ? 'plain' : 'main'} wide icon={run.running ? 'minus' : 'to'} busy={sending.busy ? t('app.loading') : undefined} onClick={() => set(!run.running, run.speed)}>{t(run.running ? 'drill.pause' : 'drill.run')}</Button>
          <Chips legend={t('drill.speed')} value={String(run.speed)} onChange={(one) => set(run.running, Number(one))} choices={speeds.map((one) => ({ value: String(one), label: t('drill.times', { n: one }) }))} />
        </>
      )}
    </section>
  );
}

/** What is played in: when, into which talk, from whom, the words, and what is expected. */
function Says({ inject, of, known, when }: { inject: Inject; of: Incident; known: Known; when: string }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <p class="drill-head"><b>{inject.no}</b> <span>{when}</span> <span class="sub">{withNames(inject.from, of, known.org)} → {partSays(inject.where, of, known, words)}</span>{inject.urgent && <Tag kind="must">{t('talk.urgent')}</Tag>}</p>
      <p class="drill-words">{withNames(inject.text, of, known.org)}</p>
      {inject.asks && <p class="sub">{t('drill.asksSafety')}</p>}
      {inject.act && inject.by && <p class="sub">{t('drill.expects', { who: partSays(inject.by, of, known, words), n: inject.within ?? 0, act: t(`drill.act.${inject.act}`) })}</p>}
    </>
  );
}

/** What became of one that was played in. */
function Became({ inject, run, known, task, isOver, ask }: { inject: Inject; run: DrillRun; known: Known; task: Task | undefined; isOver: boolean; ask: (what: Asked) => void }) {
  const { t } = useWords();
  if (run.skipped[inject.no]) return <p class="drill-acts"><State kind="quiet">{t('drill.skipped')}</State></p>;
  return (
    <p class="drill-acts">
      {run.given[inject.no]?.byHand && <Tag>{t('drill.byHand')}</Tag>}
      {task && <TaskState task={task} known={known} />}
      {run.hinted[inject.no] !== undefined && <Tag>{t('drill.hinted')}</Tag>}
      {!isOver && run.hinted[inject.no] === undefined && inject.act && task?.doneAt === undefined && <Button icon="talk" onClick={() => ask({ what: 'hint', inject })}>{t('drill.hint')}<span class="sr"> {inject.no}</span></Button>}
      {task && <Button kind="quiet" icon="edit" onClick={() => ask({ what: 'rate', inject })}>{t('drill.rate')}<span class="sr"> {inject.no}</span></Button>}
    </p>
  );
}

function Asking({ asked, of, run, task, onClose }: { asked: Asked; of: Incident; run: DrillRun; task: Task | undefined; onClose: () => void }) {
  if (asked.what === 'hint') return <HintSheet inject={asked.inject} incident={of.id} onClose={onClose} />;
  if (asked.what === 'rate') return <RateSheet inject={asked.inject} run={run} task={task} onClose={onClose} />;
  return <EndSheet real={asked.what === 'real'} of={of} onClose={onClose} />;
}

function HintSheet({ inject, incident, onClose }: { inject: Inject; incident: Id; onClose: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const [text, type] = useState(inject.hint ?? '');
  const send = async (): Promise<void> => {
    if (text.trim() && await sending.send(hint, { incident, no: inject.no, text: text.trim() })) onClose();
  };
  return (
    <Sheet title={t('drill.hint')} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide icon="talk" disabled={!text.trim()} busy={sending.busy ? t('app.loading') : undefined} onClick={() => void send()}>{t('drill.hint')}</Button></>}>
      <div class="form">
        <p class="drill-words">{inject.text}</p>
        <Field label={t('drill.hint')} hint={t('drill.hintSays')}>{(wiring) => <textarea {...wiring} rows={4} maxLength={500} value={text} onInput={(event) => type(event.currentTarget.value)} />}</Field>
      </div>
    </Sheet>
  );
}

function RateSheet({ inject, run, task, onClose }: { inject: Inject; run: DrillRun; task: Task | undefined; onClose: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const told = run.rated[inject.no];
  const [rating, set] = useState<Rating | undefined>(told?.rating ?? task?.rating);
  const [why, type] = useState(told?.why ?? '');
  const [pressed, press] = useState(false);
  const send = async (back: boolean): Promise<void> => {
    press(!back);
    if (!back && (!rating || !why.trim())) return;
    if (await sending.send(rate, { incident: run.incident, no: inject.no, ...(back || !rating ? {} : { rating, why: why.trim() }) })) onClose();
  };
  return (
    <Sheet title={t('drill.rate')} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}{told && <Button wide onClick={() => void send(true)}>{t('drill.rateBack')}</Button>}<Button kind="main" wide busy={sending.busy ? t('app.loading') : undefined} onClick={() => void send(false)}>{t('drill.rateIt')}</Button></>}>
      <div class="form">
        <p class="drill-words">{inject.no}　{inject.text}</p>
        {task?.found && <p><RatingWord rating={task.found} /></p>}
        <Chips legend={t('drill.col.rating')} value={rating} onChange={set} choices={ratings.map((one) => ({ value: one, label: t(`drill.rating.${one}`) }))} />
        <Field label={t('drill.why')} hint={t('drill.rateSays')} error={pressed && !why.trim() ? t('refusal.drill.whyMissing') : undefined}>{(wiring) => <textarea {...wiring} rows={3} maxLength={500} value={why} onInput={(event) => type(event.currentTarget.value)} />}</Field>
      </div>
    </Sheet>
  );
}
