import { inMinutes, minutesTo } from '@noroshi/foundations/i18n';
import { Bar, Button, DrillFrame, DrillWord, EmptyNote, Facts, Field, FieldError, FourNumbers, Icon, IconLine, Loading, Note, Page, Pane, SectionHead, Sheet, State, Tag } from '@noroshi/foundations/ui';
import type { Incident } from '@noroshi/features/incident';
import type { Message } from '@noroshi/features/talk';
import { Attached, NoteJourney, oneLine } from '@noroshi/features/talk/web';
import { Marks, useFrame, useLine, useLive, useNow, useRoute, useStair, useWords, WhenWhole, type PageProps, useSending } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import { Fragment, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { acknowledge } from '../acknowledge.ts';
import { cancel, close } from '../close.ts';
import type { Details } from '../content.ts';
import { answerKey, type Answer } from '../dispatch-request.ts';
import { detailFields, dutyInWords, fieldName, inWords, lineFields, pointInWords, type DetailField } from '../in-words.ts';
import { sentNote } from '../rules.ts';
import { predictedFor, stateOf, sumsOf } from '../sums.ts';
import { isTakenUp } from '../taken-up.ts';
import { dutyOfOrg, isOver, leads, partOf } from './duties.ts';
import { readIncident, readReport, readRoom } from './around.ts';
import { askAgain } from './asked-again.ts';
import { AnswerSheet } from './AnswerSheet.tsx';
import { EscalateSheet } from './EscalateSheet.tsx';
import { History } from './History.tsx';
import { changedIn } from './needs.ts';
import { readNames, readRequest, type Names, type Shown } from './known.ts';
import { Matrix } from './Matrix.tsx';
import { MoveSheet } from './MoveSheet.tsx';
import SentWords from './SentWords.tsx';
import { StepIn } from './StepIn.tsx';
import { WaitingLines } from './WaitingLines.tsx';
import { wavesAhead } from '../ahead.ts';
import { Waves } from './Waves.tsx';
import { lateSays } from './says.ts';
import { useHours } from './use-hours.ts';
import { fourWords, revOf, stateLook } from './words.ts';
import './request.css';

/** One request: four numbers, who answered what, the facts, the waves, and how it came to be so. */
export default function RequestPage({ params }: PageProps) {
  const { t, language, beside } = useWords();
  const frame = useFrame();
  const id = params['request']!;
  const held = useLive(async (stair) => {
    const shown = await readRequest(stair, id);
    const own = shown ? undefined : await stair.replica.outbox.item.where('id').equals(id).first();
    return {
      shown, undone: own?.state === 'refused' ? own : undefined, names: await readNames(stair, shown?.now.room, language),
      report: shown && (await readReport(stair, shown.now)),
      room: shown && (await readRoom(stair, shown.now.room)), event: shown && (await readIncident(stair, shown.now.incident)),
    };
  }, [id, language]);
  if (held?.shown) return <Told shown={held.shown} names={held.names} report={held.report} event={held.event} place={beside([held.room?.name, held.event?.name])} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('request.title')} back={{ label: t('app.back'), href: '/request' }} />{frame.bands}</>}>
      {held?.undone ? <Undone item={held.undone} /> : held ? <WhenWhole><EmptyNote>{t('request.notHere')}</EmptyNote><div class="form"><Button wide href="/request">{t('request.notHere.list')}</Button></div></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

/** A request that the server did not take: what it asked for, why not, and how it is put right. */
function Undone({ item }: { item: OutboxItem }) {
  const { t, refusal } = useWords();
  const stair = useStair();
  const route = useRoute();
  const putAway = async (): Promise<void> => {
    await stair.drop(item.id);
    route.go('/request', { replace: true });
  };
  return (
    <div class="form request-refused" role="alert">
      <FieldError>{refusal(item.code ?? '', item.params)}</FieldError>
      <p><SentWords item={item} /></p>
      <Button kind="strong" href={askAgain(item)}>{t('request.again')}</Button>
      <Button onClick={() => void putAway()}>{t('request.putAway')}</Button>
    </div>
  );
}

function Told({ shown: { now: request, held, waiting, refused }, names, place, report, event }: { shown: Shown; names: Names; place: string; report: Message | undefined; event: Incident | undefined }) {
  const words = useWords();
  const { t, time, moment, refusal, language } = words;
  const hours = useHours();
  const frame = useFrame();
  const stair = useStair();
  const line = useLine();
  const route = useRoute();
  const now = useNow();
  const sending = useSending();
  const [moving, setMoving] = useState<Answer>();
  const [shown, show] = useState<Answer>();
  const [wave, setWave] = useState<number>();
  const [sheet, setSheet] = useState<'cancel' | 'close'>();
  // From the situation board one comes to it at once.
  const [up, setUp] = useState(route.search.has('up'));
  const { org, role } = stair.actor;
  const part = partOf(request, org);
  const { total, lines } = sumsOf(request);
  const duty = dutyOfOrg(request, org);
  const over = isOver(request);
  const state = stateLook(request);
  const all = stateOf(request);
  const isHeadquarters = leads(request, org);
  const mayAsk = role !== 'guest' && !over && (part === 'asker' || isHeadquarters);
  const mayAnswer = role !== 'guest' && !over && part !== 'asker';
  const predicted = predictedFor(request, org);
  const latest = request.revisions.at(-1)!;
  const changed = changedIn(request);
  const where = { room: request.room, request: request.id };
  const is = (field: DetailField): ComponentChildren => {
    const { receiver, place: where, damageReport, files } = request.details;
    if (field === 'receiver') return <Receiver of={receiver!} />;
    if (field === 'place') return <Place of={where!} />;
    if (field === 'damageReport') return <Report room={request.room} message={damageReport!} report={report} names={names} />;
    if (field === 'files') return <div class="request-files">{files!.map((one) => <Attached key={one.file} attachment={one} message={{ id: request.id, by: request.by, org: request.org, at: latest.at }} />)}</div>;
    return inWords(field, request.details[field], words);
  };
  const lineFacts = request.lines.filter((l) => !l.withdrawn).map((l) => ({
    line: l, facts: lineFields.filter((field) => l[field] !== undefined).map((field) => ({ term: fieldName(field, words), changed: changedIn(request, l.id).has(field), is: inWords(field, l[field], words) })),
  })).filter((one) => one.facts.length > 0);
  const facts = detailFields.filter((field) => request.details[field] !== undefined).map((field) => ({
    term: fieldName(field, words), changed: changed.has(field),
    is: is(field),
  }));
  const escalation = isHeadquarters ? 'nation' as const : 'prefecture' as const;
  const mayEscalate = mayAsk && total.short > 0 && !isTakenUp(request, escalation);
  const escalates = mayEscalate && <Button wide icon="up" onClick={() => setUp(true)}>{t(`request.escalate.${escalation}`)}</Button>;
  const stepsIn = mayAsk && isHeadquarters && total.short > 0;
  // The asker's own next acts stand in the head of the desk; headquarters steps in from below.
  const headActs = mayAsk && part === 'asker' && (
    <>
      <Button icon="edit" href={`/request/${request.id}/revise`}>{t('request.revise', { rev: request.rev + 1 })}</Button>
      <Button kind="quiet" class="danger" onClick={() => setSheet('cancel')}>{t('request.cancel')}</Button>
    </>
  );
  const tend = mayAsk && (
    <section>
      <SectionHead title={t(part === 'asker' ? 'request.tend' : 'request.tendBehalf', { town: names.org(request.org) })} />
      <div class="cols">
        {!stepsIn && escalates}
        <span class={headActs ? 'phone-only' : 'request-act'}><Button wide icon="edit" href={`/request/${request.id}/revise`}>{t('request.revise', { rev: request.rev + 1 })}</Button></span>
        <Button wide icon="check" onClick={() => setSheet('close')}>{t('request.close')}</Button>
        <span class={headActs ? 'phone-only' : 'request-act'}><Button wide kind="quiet" class="danger" onClick={() => setSheet('cancel')}>{t('request.cancel')}</Button></span>
      </div>
    </section>
  );
  const foot = duty?.owes === 'answer' || (mayAnswer && part !== 'headquarters')
    ? <>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {duty?.due !== undefined && (duty.due > now ? <IconLine icon="clock"><b>{t('request.until', { time: time(duty.due) })}</b>{inMinutes('request.left', minutesTo(duty.due, now), words)}</IconLine> : <State kind="urgent" fill>{lateSays(duty.due, now, words)}</State>)}
        <div class="request-foot">
          {!request.receipts[org] && <Button kind={duty?.owes === 'receive' ? 'main' : 'plain'} wide icon="check" busy={sending.busy ? t('request.sending') : undefined} onClick={() => sending.send(acknowledge, where)}>{t('request.receive')}</Button>}
          <Button kind={duty?.owes === 'receive' || total.short === 0 ? 'plain' : 'main'} wide href={`/request/${request.id}/answer${wave !== undefined && wavesAhead(request).includes(wave) ? `?wave=${wave}` : ''}`}>{t(Object.values(request.answers).some((a) => a.org === org) ? 'request.answerAgain' : 'request.answer')}</Button>
        </div>
      </>
    : undefined;
  const history = <History request={request} names={names} />;
  const page = (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} content="form" show="main" {...(foot ? { foot } : {})}
      head={<>
        <Bar back={{ label: t('app.back'), onClick: () => route.back(`/talk/${request.room}`) }}
          title={<>{request.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}<span class="desk-inline">{t('request.title')}　</span><span class="nw">{held ? request.no : t('request.noNumber')}</span>　<span class="nw">{revOf(request, words)}</span></>}
          subtitle={words.beside([`${names.org(request.org)} ${names.post(request.by)} ${names.person(request.by)}`, moment(latest.at)])}
          actions={headActs && <span class="desk-only request-tend">{headActs}</span>} />
        {line.state !== 'open' && frame.bands}
      </>}
      side={<Pane at="side" label={t('request.history')} head={<Bar level={2} title={t('request.history')} />}>{/* Longer than the screen and with nothing in it to step to: the keys move it. */}<div role="group" aria-label={t('request.history')} tabIndex={0}>{history}</div></Pane>}>
      <div class="row"><State kind={state.kind}>{t(state.key)}</State>{waiting > 0 && <Tag kind="guess">{t('request.provisional')}</Tag>}{waiting > 0 && held && <span class="sub">{t('request.waiting')}</span>}<span class="sub">{place}</span>{request.onBehalf && <Tag>{t('request.onBehalf')}</Tag>}{request.supporters.assumed && <Tag kind="guess">{t('request.assumedPair')}</Tag>}</div>
      <NoteJourney room={request.room} note={sentNote(request)} waiting={!held} />
      {request.closed && <p>{t(`request.closed.${request.closed.as}`, { town: names.org(request.org), time: hours(request.closed.at) })}{request.closed.reason && <>　<span class="sub">{request.closed.reason}</span></>}</p>}
      {refused.map((item) => (
        <div key={item.id} class="request-refused" role="alert">
          <FieldError>{refusal(item.code ?? '', item.params)}</FieldError>
          {again(item) && <Button low kind="strong" href={again(item)!}>{t('request.again')}</Button>}
          <Button low onClick={() => stair.drop(item.id)}>{t('request.putAway')}</Button>
        </div>
      ))}
      {request.closed?.as !== 'cancelled' && <FourNumbers size="big" {...total} labels={fourWords(words)} over={over || all === 'home'} />}
      {all === 'home' && <p>{t('request.allHomeNext', { town: names.org(request.org) })}</p>}
      <WaitingLines request={request} names={names} />
      {!over && total.surplus > 0 && total.short > 0 && <p class="sub">{t('request.surplusSays', { count: total.surplus })}</p>}
      {(part === 'secondary' || part === 'primary') && predicted.coming > 0 && !over && <IconLine icon="people"><b>{t('request.predictedFor', { org: names.org(org), count: predicted.coming })}</b></IconLine>}
      {stepsIn && <StepIn request={request} names={names} event={event} asks={route.search.has('ask')} sending={foot ? { ...sending, trouble: undefined } : sending}>{escalates}</StepIn>}
      <Matrix request={request} names={names} sending={sending} wave={wave} onWave={setWave} onMove={setMoving} onShow={show} />
      {!foot && !stepsIn && sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <section>
        <SectionHead title={t('request.facts')} />
        {facts.length > 0 && <Facts facts={facts} />}
        {facts.length + lineFacts.length === 0 && <EmptyNote>{t('request.factsNone')}</EmptyNote>}
        {lineFacts.map(({ line: l, facts: of }) => <Fragment key={l.id}><SectionHead level={3} title={dutyInWords(l, words)} aside={t('request.people', { n: l.count })} /><Facts facts={of} /></Fragment>)}
        {held && <Marks noun="request" id={request.id} room={request.room} marked={request.redacted !== undefined} />}
        {held && <a class="btn wide request-document" href={`/documents/request/${request.id}.pdf?lang=${language}`} target="_blank" rel="noopener"><Icon name="doc" />{t('request.document')}</a>}
      </section>
      <Waves request={request} names={names} />
      {lines.some((l) => l.line.withdrawn) && <Note>{t('request.withdrawnLines')}</Note>}
      {tend}
      <section class="phone-only"><SectionHead title={t('request.history')} />{history}</section>
      {moving && <MoveSheet request={request} answer={request.answers[answerKey(moving.line, moving.org, moving.wave)] ?? moving} names={names} onClose={() => setMoving(undefined)} />}
      {shown && <AnswerSheet request={request} answer={request.answers[answerKey(shown.line, shown.org, shown.wave)] ?? shown} names={names} onClose={() => show(undefined)} />}
      {sheet && <ReasonSheet kind={sheet} no={request.no} onClose={() => setSheet(undefined)} short={total.short}
        run={(reason) => {
          const why = reason ? { reason } : {};
          return sheet === 'cancel' ? stair.send(cancel, { ...where, ...why }) : stair.send(close, { ...where, ...why });
        }} />}
      {up && mayEscalate && <EscalateSheet request={request} to={escalation} names={names} event={event} onClose={() => setUp(false)} />}
    </Page>
  );
  return request.drill ? <DrillFrame band={t('request.drillBand')}>{page}</DrillFrame> : page;
}

/** Where what was not taken is put right: the words are kept until it is sent or put away. */
const again = ({ name, id, input }: OutboxItem): string | undefined => {
  const page = { 'request.commit': 'answer', 'request.revise': 'revise' }[name];
  return page && `/request/${(input as { request: string }).request}/${page}?again=${id}`;
};

function Receiver({ of }: { of: NonNullable<Details['receiver']> }) {
  const phone = (number: string | undefined) => number && <a class="btn low" href={`tel:${number}`}><Icon name="phone" />{number}</a>;
  return <>{[of.section, of.name].filter(Boolean).join(' ')}　{phone(of.phone)}{(of.otherName ?? of.otherPhone) && <><br />{of.otherName}　{phone(of.otherPhone)}</>}</>;
}

/** Where they are wanted, and where that is on the map. */
function Place({ of: { name, lat, lon } }: { of: NonNullable<Details['place']> }) {
  const { t } = useWords();
  if (lat === undefined || lon === undefined) return <>{name}</>;
  return <>{name}　<a class="link" href={`geo:${lat},${lon}?q=${lat},${lon}(${encodeURIComponent(name)})`}>{t('talk.openMap')}</a> <span class="sub">{pointInWords({ lat, lon })}</span></>;
}

/** The words in the talk that tell of the damage. Where this device does not hold them, the way there. */
function Report({ room, message, report, names }: { room: Id; message: Id; report: Message | undefined; names: Names }) {
  const words = useWords();
  return (
    <>
      <a class="link" href={`/talk/${room}?m=${message}`}>{report ? oneLine(report, words) : inWords('damageReport', message, words)}</a>
      {report && <> <span class="sub">{[names.person(report.by), words.moment(report.at)].filter(Boolean).join(' ')}</span></>}
    </>
  );
}

/** A deed that ends something asks once, and why. */
function ReasonSheet({ kind, no, short, run, onClose }: { kind: 'cancel' | 'close'; no: string; short: number; run: (reason: string) => Promise<{ ok: boolean; code?: string; params?: Record<string, string | number> } | { ok: true }>; onClose: () => void }) {
  const { t, refusal } = useWords();
  const [reason, setReason] = useState('');
  const [trouble, setTrouble] = useState<string>();
  return (
    <Sheet title={t(`request.sheet.${kind}`, { no })} closeLabel={t('app.close')} onClose={onClose}
      foot={<Button kind="main" wide onClick={async () => {
        const told = await run(reason.trim());
        if (told.ok) return onClose();
        const { code = '', params } = told as { code?: string; params?: Record<string, string | number> };
        setTrouble(refusal(code, params));
      }}>{t(`request.sheet.${kind}.main`, { short })}</Button>}>
      <div class="form">
        <p>{t(`request.sheet.${kind}.says`, { short })}</p>
        <Field label={t('request.sheet.reason')} error={trouble}>{(wiring) => <textarea {...wiring} maxLength={500} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />}</Field>
      </div>
    </Sheet>
  );
}
