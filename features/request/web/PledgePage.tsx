import { fromLocal, toLocal } from '@noroshi/foundations/kernel';
import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, Icon, IconLine, isWithin, Loading, Page, State, Stepper, Tag, ToggleChips } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useNow, useRoute, useStair, useWords, WhenWhole, type PageProps, useSending } from '@noroshi/foundations/web';
import { inMinutes, minutesTo, type Key } from '@noroshi/foundations/i18n';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { commit } from '../commit.ts';
import { consider } from '../consider.ts';
import { declineReasons } from '../codes.ts';
import { mostStaff, type Line, type Pledge } from '../content.ts';
import { decline } from '../decline.ts';
import type { DispatchRequest } from '../dispatch-request.ts';
import { addUp, answerOf, answersIn, answersTo, currentWave, isCut, predictedFor, standing } from '../sums.ts';
import { withdraw } from '../withdraw.ts';
import { dutyOfOrg, isOver } from './duties.ts';
import { readNames, readRequest, type Names, type Shown } from './known.ts';
import { soon } from './moments.ts';
import { PledgeDetails } from './PledgeDetails.tsx';
import { joinedPledges, pledgeOf, tidyPledge, type Wrong } from './roster.ts';
import { needsOfLine } from './needs.ts';
import { AnswerTold } from './AnswerTold.tsx';
import { noteSent } from './just-sent.ts';
import { WaitingLines } from './WaitingLines.tsx';
import { lateSays } from './says.ts';
import { linesIn, wavesAhead } from '../ahead.ts';
import { WavePick } from './WavePick.tsx';
import { dutyOf, revOf } from './words.ts';
import './request.css';

const nothingWrong: Wrong = new Map();

type Word = 'commit' | 'consider' | 'decline';
type Reason = (typeof declineReasons)[number];
/** One line as this organization answers it. `sees`: the revision of its own answer when the page opened. */
interface Row { readonly line: Line; readonly wave: number; readonly count: number | undefined; readonly before: number; readonly sees: number; readonly gone: number; readonly cannot: boolean; /** It has said 不可 to this line before. */ readonly declined: boolean; /** The line or the wave is needed no more: what was promised for it can only be taken back. */ readonly over?: boolean }

/**
 * Where the half-written answer to a request lies on this device: that to a wave ahead by itself. Should the wave have
 * begun meanwhile, what was written ahead is taken up with the others.
 */
const draftsOf = (request: DispatchRequest, ahead: number | undefined): [string, ...string[]] => {
  const at = (wave: number): string => `answer/${request.id}/${wave}`;
  return ahead === undefined ? [`answer/${request.id}`, ...new Set(request.lines.map((line) => at(currentWave(request, line))))] : [at(ahead)];
};

type Parts = readonly { readonly line: number; readonly wave: number; readonly count?: number }[];
const partsOf = (item: OutboxItem | undefined): Parts | undefined => (item?.input as { parts?: Parts } | undefined)?.parts;

/**
 * Which wave is answered, where it is one that lies ahead: the one the address names, or that of the numbers that were
 * not taken. Else each line is answered in the wave it is in.
 */
function waveOf(request: DispatchRequest, named: string | null, again: OutboxItem | undefined): number | undefined {
  const parts = partsOf(again);
  const isNow = parts?.some(({ line: id, wave }) => request.lines.some((line) => line.id === id && wave === currentWave(request, line)));
  const wave = parts ? (isNow ? undefined : parts[0]?.wave) : Number(named);
  return wavesAhead(request).find((one) => one === wave);
}

/** What lies there. A number is taken up again only upon the revision of the own answer it was written upon. */
interface Begun {
  readonly word: Word;
  readonly rows: readonly { readonly line: number; readonly wave: number; readonly sees: number; readonly count?: number | undefined; readonly cannot: boolean }[];
  readonly pledge: Pledge;
  readonly until?: number | undefined;
  readonly reason?: Reason | undefined;
}

/** The rows as they stand, with the numbers that were being written. */
const rowsBegun = (rows: readonly Row[], draft: Begun | undefined): Row[] => rows.map((row) => {
  const mine = draft?.rows.find((one) => one.line === row.line.id && one.wave === row.wave && one.sees === row.sees);
  return mine ? { ...row, count: mine.count, cannot: mine.cannot } : row;
});

/** A supporter answers: how many it sends, that it is looking, or that it cannot. */
export default function PledgePage({ params }: PageProps) {
  const { t, language } = useWords();
  const frame = useFrame();
  const id = params['request']!;
  const { search } = useRoute();
  const held = useLive(async (stair) => {
    const shown = await readRequest(stair, id);
    const again = shown?.refused.find((item) => item.id === search.get('again'));
    const wave = shown && waveOf(shown.now, search.get('wave'), again);
    const drafts = shown ? await stair.replica.outbox.draft.bulkGet(draftsOf(shown.now, wave)) : [];
    const draft = drafts.find((one) => one !== undefined)?.text;
    return { shown, again, wave, names: await readNames(stair, shown?.now.room, language), draft: draft === undefined ? undefined : JSON.parse(draft) as Begun };
  }, [id, language, search.get('wave'), search.get('again')]);
  if (held?.shown && !isOver(held.shown.now)) return <Pledging key={held.wave ?? 'now'} shown={held.shown} names={held.names} again={held.again} wave={held.wave} draft={held.draft} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('request.answer')} back={{ label: t('app.back'), href: `/request/${id}` }} />{frame.bands}</>}>
      {held ? <WhenWhole><EmptyNote>{t(held.shown ? 'request.pledge.over' : 'app.notHereNext')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function rowsOf(request: DispatchRequest, org: string, ahead: number | undefined): Row[] {
  const predicted = predictedFor(request, org);
  const wanted = answered(request, ahead).map(({ line, wave, short }) => {
    const mine = answerOf(request, line.id, org, wave);
    // For a wave ahead nobody is asked before the others: what it lacks is anyone's.
    const coming = ahead === undefined ? predicted.lines.find((l) => l.line.id === line.id)!.coming : short;
    // Who has answered finds the own answer; what is left is proposed only where nothing was said.
    return { line, wave, before: mine?.count ?? 0, sees: mine?.rev ?? 0, gone: mine?.moves.departed ?? 0, count: mine ? mine.count || (mine.considering?.count ?? 0) : coming, cannot: !mine?.declined, declined: mine?.declined !== undefined };
  });
  if (ahead !== undefined) return wanted;
  const left = request.lines.flatMap((line) => answersTo(request, line.id).filter((a) => a.org === org && a.count > a.moves.departed && (line.withdrawn ?? isCut(request, a)))
    .map(({ wave, count, rev, moves }) => ({ line, wave, before: count, sees: rev, gone: moves.departed, count, cannot: true, declined: false, over: true })));
  return [...wanted, ...left];
}

/** The lines that are answered: each in the wave it is in, or those that have the chosen one still before them. */
const answered = (request: DispatchRequest, ahead: number | undefined) =>
  linesIn(request, ahead).filter(({ line, wave }) => !line.withdrawn && (ahead === undefined || wave > currentWave(request, line)));

const isSame = (a: Row, b: Row): boolean => a.line.id === b.line.id && a.wave === b.wave;

/** The numbers of a command that was not taken, upon what stands now. */
function rowsAgain(rows: readonly Row[], again: OutboxItem | undefined): Row[] {
  const parts = partsOf(again);
  return rows.map((row) => (parts ? { ...row, count: parts.find((part) => part.line === row.line.id && part.wave === row.wave)?.count ?? (row.over ? row.count : 0) } : row));
}

/** @param again what was not taken, to be put right and sent anew, @param wave the one that is answered ahead of its time */
function Pledging({ shown: { now: request, waiting }, names, again, wave: ahead, draft }: { shown: Shown; names: Names; again: OutboxItem | undefined; wave: number | undefined; draft: Begun | undefined }) {
  const words = useWords();
  const { t, time } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const now = useNow();
  const sending = useSending();
  const { org } = stair.actor;
  const [begun] = useState(again ? undefined : draft);
  const [word, setWord] = useState<Word>(begun?.word ?? 'commit');
  const [rows, setRows] = useState(() => (again ? rowsAgain(rowsOf(request, org, ahead), again) : rowsBegun(rowsOf(request, org, ahead), begun)));
  const [pledge, setPledge] = useState<Pledge>(() => begun?.pledge ?? (again ? pledgeOf(again.input as object) : joinedPledges(rows.flatMap((row) => answerOf(request, row.line.id, org, row.wave)?.pledge ?? []))));
  const { departs, arrives } = pledge;
  const [more, showMore] = useState(again !== undefined);
  const [looked, setLooked] = useState(false);
  const [until, setUntil] = useState<number | undefined>(() => (begun ? begun.until : soon(stair.now(), 60)));
  const note = pledge.note ?? '';
  const [reason, setReason] = useState<Reason | undefined>(begun?.reason);
  const sent = useRef(false);
  const [seenRev, setSeenRev] = useState(request.rev);
  // A revision that comes while one is writing: what was typed stays, new lines join, and it is said.
  useEffect(() => {
    if (request.rev === seenRev) return;
    const latest = rowsOf(request, org, ahead);
    setRows((typed) => latest.map((row) => { const mine = typed.find((one) => isSame(one, row)); return mine ? { ...mine, line: row.line, over: row.over } as Row : row; }));
  }, [request.rev]);
  const written = JSON.stringify({ word, rows: rows.map(({ line: { id }, wave, sees, count, cannot }) => ({ line: id, wave, sees, count, cannot })), pledge, until, reason } satisfies Begun);
  const [first] = useState(written);
  const touched = begun !== undefined || written !== first;
  useEffect(() => {
    if (touched && !sent.current) void stair.replica.outbox.draft.put({ place: draftsOf(request, ahead)[0], text: written, at: stair.now() });
  }, [written]);
  const leave = async (to: string): Promise<void> => {
    sent.current = true;
    await stair.replica.outbox.draft.bulkDelete(draftsOf(request, ahead));
    route.go(to, { replace: true });
  };
  // The clock asks for the wave a line is in; what lies ahead is planned without one. (R50)
  const duty = ahead === undefined ? dutyOfOrg(request, org) : undefined;
  const lines = linesIn(request, ahead);
  const total = addUp(lines);
  const predicted = predictedFor(request, org);
  /** What is said: of what is needed no more only where the number changes. */
  const told = rows.filter((row) => !row.over || (word === 'commit' && row.count !== row.before));
  const people = told.reduce((sum, row) => sum + (row.count ?? 0), 0);
  const fits = (row: Row): boolean => isWithin(row.count, word === 'commit' ? row.gone : 0, row.over ? row.before : mostStaff);
  const change = (one: Row, some: Partial<Row>): void => setRows(rows.map((row) => (isSame(row, one) ? { ...row, ...some } : row)));
  /** What would be short and beyond the need if this were sent. */
  const after = lines.reduce((sum, { line: of, wave, needed, committed }) => {
    const counted = answersIn(request, of, wave);
    const more = (over: boolean): number => rows.filter((row) => word === 'commit' && row.line.id === of.id && (row.over ?? false) === over && (!over || counted.some((a) => a.org === org && a.wave === row.wave)))
      .reduce((n, row) => n + (row.count ?? 0) - row.before, 0);
    const short = Math.max(0, needed - more(false) - counted.reduce((n, a) => n + (a.wave === wave ? standing(a) : 0), 0));
    return { short: sum.short + short, surplus: sum.surplus + committed + more(false) + more(true) + short - needed };
  }, { short: 0, surplus: 0 });
  const none = told.filter((row) => row.count === 0);
  const refusing = word === 'decline' ? rows.filter((row) => !row.over || row.gone === 0) : word === 'commit' ? none.filter((row) => row.cannot || row.before > 0) : [];
  const say = (some: Partial<{ [K in keyof Pledge]: Pledge[K] | undefined }>): void => setPledge({ ...pledge, ...some } as Pledge);
  const tidied = tidyPledge(pledge);
  const wrongTimes = departs !== undefined && arrives !== undefined && arrives < departs;

  const tell = async (): Promise<void> => {
    setLooked(true);
    if (word !== 'decline' && !rows.every(fits)) return;
    if (refusing.length > 0 && !reason) return;
    const where = { room: request.room, request: request.id };
    if (word === 'commit' && tidied.wrong.size > 0) {
      showMore(true);
      return;
    }
    const part = ({ line: { id }, wave, sees }: Row) => ({ line: id, wave, sees });
    const given = told.flatMap((row) => (row.count ? [{ row, count: row.count }] : []));
    const counts = given.map(({ row, count }) => ({ ...part(row), count }));
    const cannot = { parts: refusing.map(part), reason: reason!, ...(reason === 'other' && note.trim() ? { text: note.trim() } : {}) };
    // One press is one deed: what is sent and what cannot be stand in one line of the talk.
    const done = word === 'consider' ? await sending.send(consider, { ...where, parts: counts, ...(until === undefined ? {} : { until }) })
      : word === 'commit' && given.length > 0 ? await sending.send(commit, {
        ...where, parts: counts, ...tidied.pledge, whole: true, ...(refusing.length > 0 ? { cannot } : {}),
      })
      : await sending.send(refusing.some((row) => row.before > 0) ? withdraw : decline, { ...where, ...cannot });
    if (!done) {
      const latest = await readRequest(stair, request.id);
      if (latest) setRows(rows.map((row) => ({ ...row, ...rowOnly(latest.now, row, org) })));
      return;
    }
    if (again) await stair.drop(again.id);
    noteSent({ request: request.id, room: request.room, draft: '', says: line.state === 'open' ? t(`request.told.${did}`, { count: people }) : t('request.pledge.offline'), at: stair.now(), Undo: AnswerTold });
    await leave(`/talk/${request.room}?end`);
  };

  const nothing = (word !== 'decline' && people === 0 && refusing.length === 0 && rows.every(fits)) || wrongTimes;
  const did = word === 'consider' ? 'considered' : word === 'decline' || people === 0 ? (refusing.some((row) => row.before > 0) ? 'withdrawn' : 'declined') : 'committed';
  const mainWords = word === 'consider' ? t('request.pledge.considerMain', { count: people })
    : word === 'decline' || people === 0 ? t(refusing.some((row) => row.before > 0) ? 'request.pledge.withdrawMain' : 'request.pledge.declineMain')
    : t('request.pledge.commitMain', { count: people });
  const page = (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<>
        <Bar back={{ label: t('app.back'), href: `/request/${request.id}` }} title={<>{request.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('request.pledge.title', { town: names.org(request.org) })}</>} subtitle={words.beside([`${request.no} ${revOf(request, words)}`, t('request.pledge.as', { org: names.org(org) })])} />
        {line.state !== 'open' && frame.bands}
      </>}
      foot={<>
        {word === 'commit' && (
          <p class="row request-effect" role="status">
            <State kind={total.short > 0 ? 'short' : 'ok'}>{t('request.short')} {total.short}</State><Icon name="to" />
            {after.short > 0 ? <State kind="short">{t('request.short')} {after.short}</State> : <State kind="ok">{t('request.pledge.filled')}</State>}
            {after.surplus > 0 && <State kind="ok">{t('request.pledge.surplus', { count: after.surplus })}</State>}
          </p>
        )}
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {line.state !== 'open' && <p class="sub"><Tag kind="guess">{t('request.provisional')}</Tag> {t('request.pledge.offline')}</p>}
        <Button kind="main" wide busy={sending.busy ? t('request.sending') : undefined} disabled={nothing} onClick={tell}>{mainWords}</Button>
      </>}>
      {request.rev !== seenRev && <p class="row" role="status"><State kind="short">{t('request.pledge.revised', { rev: request.rev })}</State><Button kind="quiet" onClick={() => setSeenRev(request.rev)}>{t('request.pledge.checked')}</Button></p>}
      {duty?.due !== undefined
        ? (duty.due > now ? <IconLine icon="clock"><b>{t('request.until', { time: time(duty.due) })}</b>{words.beside([inMinutes('request.left', minutesTo(duty.due, now), words), t('request.predicted', { count: predicted.coming })])}</IconLine> : <State kind="urgent" fill>{lateSays(duty.due, now, words)}</State>)
        : ahead === undefined && <IconLine icon="people"><b>{t('request.predicted', { count: predicted.coming })}</b></IconLine>}
      <WavePick request={request} waves={wavesAhead(request)} value={ahead} onChange={(wave) => route.go(`/request/${request.id}/answer${wave === undefined ? '' : `?wave=${wave}`}`, { replace: true })} />
      <WaitingLines request={request} names={names} />
      {waiting > 0 && <IconLine icon="clock"><Tag kind="guess">{t('request.provisional')}</Tag> {t('request.waiting')}</IconLine>}
      <Chips<Word> quiet legend={t('request.pledge.legend', { org: names.org(org) })} value={word} onChange={setWord} choices={[
        { value: 'commit', label: t('request.pledge.commit'), whole: true }, { value: 'consider', label: t('request.pledge.consider') }, { value: 'decline', label: t('request.pledge.decline') },
      ]} />
      {word !== 'decline' && (
        <div>
          <p class="field-label">{t(word === 'commit' ? 'request.pledge.howMany' : 'request.pledge.howManyConsidered')}</p>
          <div class="box">
            {rows.filter((row) => !row.over || word === 'commit').map((row) => {
              const lack = lines.find((l) => l.line.id === row.line.id)!;
              const name = dutyOf(row.line, words);
              return (
                <div class="halves pad" key={`${row.line.id}/${row.wave}`}>
                  <p class="request-tight"><b>{name}</b>{row.wave > 1 && <> <Tag>{t('request.waveNo', { n: row.wave })}</Tag></>}{row.over ? <> <Tag>{t('request.lineWithdrawn')}</Tag></> : <><br /><span class="sub">{words.beside([t('request.pledge.lack', { short: lack.short }), needsOfLine(row.line, words)])}</span></>}</p>
                  <Stepper low label={name} less={t('request.lessOf', { duty: name })} more={t('request.moreOf', { duty: name })} value={row.count} onChange={(count) => change(row, { count })} min={word === 'commit' ? row.gone : 0} max={row.over ? row.before : mostStaff}
                    error={fits(row) ? undefined : row.count === undefined ? (looked ? t('request.countMissing') : undefined) : t('request.countWrong', { min: word === 'commit' ? row.gone : 0, max: row.over ? row.before : mostStaff })} />
                  {row.declined && row.count === 0 && <p class="sub request-across">{t('request.pledge.declinedBefore')}</p>}
                  {word === 'commit' && row.count === 0 && row.before === 0 && !row.declined && lack.short > 0 && (
                    <div class="request-across"><ToggleChips quiet legend={name} values={row.cannot ? ['cannot'] : []} onChange={(values) => change(row, { cannot: values.length > 0 })} choices={[{ value: 'cannot', label: t('request.pledge.cannotLine'), whole: true }]} /></div>
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
      {refusing.length > 0 && (
        <div>
          <Chips<Reason> legend={t('request.pledge.why')} value={reason} onChange={setReason} describedBy={looked && !reason ? 'why-wrong' : undefined} choices={declineReasons.map((one) => ({ value: one, label: t(`request.reason.${one}` as Key) }))} />
          {looked && !reason && <FieldError id="why-wrong">{t('request.pledge.whyMissing')}</FieldError>}
        </div>
      )}
      {word === 'consider' && <Field label={t('request.pledge.until')}>{(wiring) => <input type="datetime-local" {...wiring} value={until === undefined ? '' : toLocal(until)} onChange={(e) => setUntil(fromLocal(e.currentTarget.value))} />}</Field>}
      {word === 'commit' && people > 0 && (
        <>
          <div class="cols">
            <Field label={t('request.pledge.departs')}>{(wiring) => <input type="datetime-local" {...wiring} value={departs === undefined ? '' : toLocal(departs)} onChange={(e) => say({ departs: fromLocal(e.currentTarget.value) })} />}</Field>
            <Field label={t('request.pledge.arrives')} error={wrongTimes ? t('refusal.request.arrivesBeforeDeparting') : undefined}>{(wiring) => <input type="datetime-local" {...wiring} value={arrives === undefined ? '' : toLocal(arrives)} onChange={(e) => say({ arrives: fromLocal(e.currentTarget.value) })} />}</Field>
          </div>
          <PledgeDetails pledge={pledge} onChange={say} wrong={looked ? tidied.wrong : nothingWrong} opened={more} onOpen={showMore} />
        </>
      )}
      {(word === 'commit' || reason === 'other') && <Field label={t('request.pledge.note')}>{(wiring) => <textarea {...wiring} maxLength={500} value={note} onInput={(e) => say({ note: e.currentTarget.value })} />}</Field>}
      {touched && <Button kind="quiet" class="danger" onClick={() => void leave(`/request/${request.id}`)}>{t('request.revise.discard')}</Button>}
    </Page>
  );
  return request.drill ? <DrillFrame band={t('request.drillBand')}>{page}</DrillFrame> : page;
}

/** The revision and number of one's own answer as they stand now, after somebody was faster. What was typed stays. */
function rowOnly(request: DispatchRequest, row: Row, org: string): Pick<Row, 'before' | 'sees' | 'gone'> {
  const mine = answerOf(request, row.line.id, org, row.wave);
  return { before: mine?.count ?? 0, sees: mine?.rev ?? 0, gone: mine?.moves.departed ?? 0 };
}
