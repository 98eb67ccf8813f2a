import type { Id } from '@noroshi/foundations/kernel';
import { Button, ItemRow, RequestLine, State, Table, Tag, type Column } from '@noroshi/foundations/ui';
import { useStair, useWords, type Sending } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import type { Key } from '@noroshi/foundations/i18n';
import { accept } from '../accept.ts';
import { isDeserted } from '../deserted.ts';
import { wavesOf, type Answer, type DispatchRequest } from '../dispatch-request.ts';
import { addUp, answerOf, answersIn, answersTo, currentWave, isCut, out, predictedFor, present, standing, type LineSums } from '../sums.ts';
import { hasAnswered } from '../has-answered.ts';
import { saysMore } from './AnswerSheet.tsx';
import { isOver, offersOf } from './duties.ts';
import type { Names } from './known.ts';
import { useHours } from './use-hours.ts';
import { changedIn, needsOfLine } from './needs.ts';
import { lineSays, unitsSay } from './says.ts';
import { linesIn, otherWaves } from '../ahead.ts';
import { WavePick } from './WavePick.tsx';
import { dutyOf } from './words.ts';

interface Props {
  readonly request: DispatchRequest;
  readonly names: Names;
  readonly sending: Sending;
  /** The wave that is looked at, where it is not the one each line is in. */
  readonly wave: number | undefined;
  readonly onWave: (wave: number | undefined) => void;
  /** Opens the sheet in which the steps of an answer are told. */
  readonly onMove: (answer: Answer) => void;
  /** Opens all that an answer says. */
  readonly onShow: (answer: Answer) => void;
}

/** Everyone who was asked or answered: the plan's order first, then who came unasked. */
export function supportersOf(request: DispatchRequest): { org: Id; part: 'primary' | 'secondary' | 'invited' | 'other'; place: number }[] {
  const { primary, secondaries } = request.supporters;
  const beyond = new Set(request.invited?.map(({ org }) => org));
  const others = [...new Set([...beyond, ...Object.values(request.answers).map((a) => a.org)])].filter((org) => org !== primary && !secondaries.includes(org));
  return [
    { org: primary, part: 'primary', place: 0 },
    ...secondaries.map((org, i) => ({ org, part: 'secondary' as const, place: i + 1 })),
    ...others.map((org) => ({ org, part: beyond.has(org) ? 'invited' as const : 'other' as const, place: 0 })),
  ];
}

/** All offers taken at once, with how many people they are: where there are several, and where one is of a wave that is not in view. */
function AcceptAll({ request, sending, lines }: Pick<Props, 'request' | 'sending'> & { lines: readonly LineSums[] }) {
  const { t } = useWords();
  const { org, role } = useStair().actor;
  const offers = offersOf(request);
  const inView = offers.every((a) => lines.some(({ line, wave }) => line.id === a.line && wave === a.wave));
  if (role === 'guest' || org !== request.org || isOver(request) || offers.length < (inView ? 2 : 1)) return null;
  return (
    <Button kind="main" wide icon="check" busy={sending.busy ? t('request.sending') : undefined}
      onClick={() => sending.send(accept, { room: request.room, request: request.id, parts: offers.slice(0, mostAccepted).map((a) => ({ line: a.line, wave: a.wave, org: a.org, sees: a.rev })) })}>
      {t('request.acceptAll', { count: offers.reduce((sum, a) => sum + standing(a), 0) })}
    </Button>
  );
}

/** As many as one deed takes. */
const mostAccepted = 60;

/** Whether a line was passed on over an organization that never answered: its deadline is past, and what it owed lies with others. */
function letLie(request: DispatchRequest, { line, wave, short }: LineSums, org: Id): boolean {
  const tier = wave === currentWave(request, line) ? request.stages[line.id]?.tier : undefined;
  const passed = org === request.supporters.primary ? tier !== 'primary' : request.supporters.secondaries.includes(org) && tier === 'headquarters';
  return short > 0 && tier !== undefined && passed && !isOver(request) && !answerOf(request, line.id, org, wave);
}

/** What an organization promised for waves of a line that were cut, and has not taken back: it stands with the last. (R12) */
const cutOf = (request: DispatchRequest, { line, wave }: LineSums, org: Id): Answer[] =>
  (wave < wavesOf(line) ? [] : answersTo(request, line.id).filter((a) => a.org === org && a.count > 0 && isCut(request, a)));

/** What one organization said to one line, and below it what is left of waves that were cut. */
function Cell(props: Props & { line: LineSums; org: Id }) {
  const { t } = useWords();
  const { request, line: sums, org } = props;
  return (
    <>
      <Said {...props} answer={answerOf(request, sums.line.id, org, sums.wave)} />
      {cutOf(request, sums, org).map((answer) => <div key={answer.wave}><Tag>{t('request.waveNo', { n: answer.wave })} {t('request.lineWithdrawn')}</Tag><Said {...props} answer={answer} /></div>)}
    </>
  );
}

/** One answer, and what can be done about it. */
function Said({ request, line: sums, org, answer, names, sending, onMove, onShow }: Props & { line: LineSums; org: Id; answer: Answer | undefined }) {
  const { t } = useWords();
  const time = useHours();
  const stair = useStair();
  const me = stair.actor;
  const receipt = request.receipts[org];
  if (!answer) {
    return (
      <div class="request-cell">
        {letLie(request, sums, org) && <State kind="urgent">{t('request.cell.noAnswer')}</State>}
        {(receipt ?? !isOver(request)) && <State kind="quiet">{receipt ? t('request.cell.received', { time: time(receipt.at) }) : t('request.cell.none')}</State>}
      </div>
    );
  }
  const mayAsk = me.role !== 'guest' && (me.org === request.org || me.org === request.supporters.headquarters);
  const accepted = answer.accepted?.rev === answer.rev;
  // One filled button: this one where it is the only offer, else the one that takes them all.
  const only = offersOf(request).length === 1;
  const { returned } = answer.moves;
  const onWay = out(answer) - present(answer);
  return (
    <div class="request-cell">
      {answer.count > 0 && <State kind="ok">{t('request.cell.committed', { count: standing(answer) })}</State>}
      {answer.considering && <State kind="doing">{t('request.cell.considering', { count: answer.considering.count })}</State>}
      {answer.considering?.until !== undefined && <span class="sub">{t('request.until', { time: time(answer.considering.until) })}</span>}
      {answer.declined && <State kind={answer.declined.withdrawn ? 'short' : 'quiet'} icon={answer.declined.withdrawn ? 'triangle' : null}>{t(answer.declined.withdrawn ? 'request.cell.withdrawn' : 'request.cell.declined', { reason: t(`request.reason.${answer.declined.reason}` as Key) })}</State>}
      {accepted && <span class="sub">{t('request.did.accepted')} {time(answer.accepted!.at)}</span>}
      {onWay > 0 && <span class="sub">{t('request.cell.onWay', { count: onWay })}</span>}
      {present(answer) > 0 && <span class="sub">{t('request.cell.present', { count: present(answer) })}</span>}
      {returned > 0 && <span class="sub">{t('request.cell.returned', { count: returned })}</span>}
      {answer.moves.departed === 0 && answer.pledge.departs !== undefined && <span class="sub">{t('request.cell.departs', { time: time(answer.pledge.departs) })}</span>}
      {answer.count > 0 && answer.pledge.leader && <span class="sub">{t('request.cell.leader', { name: answer.pledge.leader })}</span>}
      <div class="request-acts">
        {mayAsk && offersOf(request).includes(answer) && !isOver(request) && (
          <Button kind={me.org === request.org && only ? 'main' : 'plain'} low busy={sending.busy ? t('request.sending') : undefined}
            onClick={() => sending.send(accept, { room: request.room, request: request.id, parts: [{ line: answer.line, wave: answer.wave, org, sees: answer.rev }] })}>{t('request.accept')}<span class="sr">{names.org(org)} {answer.count}</span></Button>
        )}
        {saysMore(answer) && <Button kind="quiet" low onClick={() => onShow(answer)}>{t('request.cell.more')}<span class="sr">{names.org(org)}</span></Button>}
        {answer.count > 0 && me.role !== 'guest' && (mayAsk || me.org === org) && <Button kind="quiet" low onClick={() => onMove(answer)}>{t('request.move')}<span class="sr">{names.org(org)}</span></Button>}
      </div>
    </div>
  );
}

/** Lines against supporters: a table where all of them have room beside each other, else one box a line. */
export function Matrix(props: Props) {
  const { request, names, sending, wave } = props;
  const words = useWords();
  const { t } = words;
  const lines = linesIn(request, wave);
  const total = addUp(lines);
  const over = isOver(request);
  const supporters = supportersOf(request);
  const hours = useHours();
  // The rest goes to the secondaries in their order: here it stands with the first who has not answered.
  const next = wave !== undefined ? undefined : supporters.find((one) => one.part === 'secondary' && lines.some((l) => l.short > 0 && !hasAnswered(request, one.org, l.line.id)));
  const under = (one: (typeof supporters)[number]) => {
    const part = t(one.part === 'primary' ? 'request.part.primary' : one.part === 'secondary' ? 'request.part.secondaryNth' : one.part === 'invited' ? 'request.part.invited' : 'request.part.unasked', { n: one.place });
    const { coming } = predictedFor(request, one.org);
    return one === next && coming > 0 && !isOver(request) ? <>{part}<br />{t('request.predicted', { count: coming })}</> : part;
  };
  const silent = (l: LineSums) => supporters.filter((one) => !answerOf(request, l.line.id, one.org, l.wave) && !request.receipts[one.org] && !letLie(request, l, one.org));
  /** They have received it and said nothing yet: one row for all of them, but for whose turn it is. */
  const heard = (l: LineSums) => supporters.filter((one) => !answerOf(request, l.line.id, one.org, l.wave) && request.receipts[one.org] && !letLie(request, l, one.org) && one !== next && cutOf(request, l, one.org).length === 0);
  const quiet = (l: LineSums, one: (typeof supporters)[number]): boolean => silent(l).includes(one) || heard(l).includes(one);
  const given = (org: Id): number => lines.flatMap((l) => answersIn(request, l.line, l.wave)).filter((a) => a.org === org).reduce((sum, a) => sum + standing(a), 0);
  const changed = (l: LineSums, fields: readonly string[], children: ComponentChildren) => (fields.some((field) => changedIn(request, l.line.id).has(field)) ? <span class="changed">{children}</span> : children);
  const columns: Column<LineSums>[] = [
    { head: t('request.matrix.duty'), cell: (l) => <><b>{changed(l, ['duty', 'dutyText'], dutyOf(l.line, words))}</b>{l.line.withdrawn && <> <Tag>{t('request.lineWithdrawn')}</Tag></>}{l.wave > 1 && <> <Tag>{t('request.waveNo', { n: l.wave })}</Tag></>}<p class="sub">{needsOfLine(l.line, words)}</p></>, foot: t('request.matrix.total') },
    { head: t('request.needed'), numeric: true, cell: (l) => <b>{changed(l, ['count'], l.needed)}</b>, foot: total.needed },
    ...supporters.map((one): Column<LineSums> => ({ head: names.org(one.org), under: under(one), cell: (l) => <Cell {...props} line={l} org={one.org} />, foot: given(one.org) || '—' })),
    { head: t('request.committed'), numeric: true, cell: (l) => <b>{l.committed}</b>, foot: total.committed },
    { head: t('request.arrived'), numeric: true, cell: (l) => <>{l.arrived}{l.home > 0 && <><br /><span class="sub nw">{t('request.home')} {l.home}</span></>}</>, foot: <>{total.arrived}{total.home > 0 && <><br /><span class="nw">{t('request.home')} {total.home}</span></>}</> },
    { head: t('request.short'), numeric: true, short: total.short > 0 && !over, cell: (l) => (over ? l.short || (l.surplus > 0 ? t('request.surplusN', { count: l.surplus }) : 0) : isDeserted(request, l) ? <State kind="quiet">{t('request.state.home')}</State> : <>{(l.short > 0 || l.surplus === 0) && <State kind={l.short > 0 ? 'short' : 'ok'}>{l.short}</State>}{l.surplus > 0 && <State kind="ok">{t('request.surplusN', { count: l.surplus })}</State>}</>), foot: total.short > 0 && total.surplus > 0 ? <>{total.short}<br /><span class="nw">{t('request.surplusN', { count: total.surplus })}</span></> : total.surplus > 0 ? t('request.surplusN', { count: total.surplus }) : total.short },
  ];
  return (
    <div class="request-matrix" data-supporters={Math.min(supporters.length, 6)}>
      <AcceptAll request={request} sending={sending} lines={lines} />
      <WavePick request={request} waves={otherWaves(request)} value={wave} onChange={props.onWave} />
      <div class="request-desk"><Table caption={t('request.matrix.caption')} rows={lines} rowKey={(l) => String(l.line.id)} columns={columns} /></div>
      <div class="request-phone">
        {lines.map((l) => (
          <section key={l.line.id} class="box request-line" aria-label={dutyOf(l.line, words)}>
            <RequestLine name={<>{dutyOf(l.line, words)}　{changed(l, ['count'], l.needed)}{words.language === 'en' && ' '}{t('request.unit')}{l.line.withdrawn && <> <Tag>{t('request.lineWithdrawn')}</Tag></>}</>} {...l} needed={over ? l.committed : l.needed}
              words={over ? '' : lineSays(l, words)} label={unitsSay(l, words)} />
            {needsOfLine(l.line, words) && <p class="sub">{needsOfLine(l.line, words)}</p>}
            <ul>
              {supporters.filter((one) => !quiet(l, one) && (one.part !== 'other' || answersTo(request, l.line.id).some((a) => a.org === one.org))).map((one) => (
                <ItemRow key={one.org}><p class="request-tight"><b>{names.org(one.org)}</b> <span class="sub">{under(one)}</span></p><Cell {...props} line={l} org={one.org} /></ItemRow>
              ))}
              {!over && heard(l).length > 0 && <ItemRow><p class="request-tight"><State kind="quiet">{t('request.cell.heard')}</State> {words.beside(heard(l).map((one) => `${names.org(one.org)} ${hours(request.receipts[one.org]!.at)}`))}</p></ItemRow>}
              {!over && silent(l).length > 0 && <ItemRow><p class="request-tight"><State kind="quiet">{t('request.cell.none')}</State> {names.orgs(silent(l).map((one) => one.org))}</p></ItemRow>}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}
