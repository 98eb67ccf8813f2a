import { Button, FourNumbers, Icon, IconLine, Note, RequestCard as Card, RequestLine, State, Tag } from '@noroshi/foundations/ui';
import { useLive, useNow, useStair, useWords, type CardProps } from '@noroshi/foundations/web';
import { inMinutes, minutesTo, type Key } from '@noroshi/foundations/i18n';
import { predictedFor, stateOf, sumsOf } from '../sums.ts';
import type { DispatchRequest } from '../dispatch-request.ts';
import { dutyOfOrg, partOf } from './duties.ts';
import { readNames, readRequest } from './known.ts';
import { lateSays, lineSays, unitsSay } from './says.ts';
import { dutyOf, fourWords, revOf, stateLook } from './words.ts';
import { WaitingLines } from './WaitingLines.tsx';
import { useHours } from './use-hours.ts';

/** A request inside the talk: the whole card where it was asked, one line for what happened to it since. */
export default function RequestCard({ id, line, params }: CardProps) {
  const words = useWords();
  const { t, language } = words;
  const hours = useHours();
  const held = useLive(async (stair) => {
    const shown = await readRequest(stair, id);
    return { shown, names: await readNames(stair, shown?.now.room, language) };
  }, [id, language]);
  const says = t(`note.${line}` as Key, params);
  if (!held?.shown || !line.startsWith('request.sent')) {
    return <Note>{held?.shown ? <a class="link" href={`/request/${id}`}>{says}</a> : says}</Note>;
  }
  const { shown: { now, waiting }, names } = held;
  const { lines, total } = sumsOf(now);
  const state = stateLook(now);
  const town = names.org(now.org);
  const over = <><b>{t('request.title')}　{waiting && !held.shown.held ? t('request.noNumber') : now.no}</b><br />{revOf(now, words)}{words.between}{names.person(now.by)}（{town}{names.post(now.by) && ` ${names.post(now.by)}`}）</>;
  const looks = <>{waiting > 0 && <Tag kind="guess">{t('request.provisional')}</Tag>}<State kind={state.kind}>{t(state.key)}</State></>;
  // What is over calls nobody any more: when it ended, and what it had been.
  if (now.closed) {
    return (
      <Card over={over} title={t(`request.closed.${now.closed.as}`, { town, time: hours(now.closed.at) })} state={looks}>
        <p class="sub">{words.beside(lines.map((l) => `${dutyOf(l.line, words)} ${t('request.people', { n: l.line.count })}`))}{now.closed.reason && <><br />{now.closed.reason}</>}</p>
        {waiting > 0 && <IconLine icon="clock">{t('request.waiting')}</IconLine>}
        <Button kind="quiet" href={`/request/${id}`}>{t('request.open')}<Icon name="next" /></Button>
      </Card>
    );
  }
  const all = stateOf(now);
  return (
    <Card
      over={over}
      title={total.short > 0 ? t('request.lacks', { town, count: total.short }) : t(all === 'home' || all === 'done' ? 'request.allHome' : 'request.lacksNone', { town })}
      state={looks}
    >
      <FourNumbers {...total} labels={fourWords(words)} over={all === 'home'} />
      {lines.map((l) => {
        const changed = now.revisions.at(-1)!.changes.some((c) => c.line === l.line.id && (c.field === 'count' || c.field === 'line'));
        const count = t('request.people', { n: l.needed });
        return <RequestLine key={l.line.id} {...l} name={<>{dutyOf(l.line, words)}　{changed ? <span class="changed">{count}</span> : count}</>} words={lineSays(l, words)} label={unitsSay(l, words)} />;
      })}
      {/* Of the request itself the talk tells, as of all that is said. */}
      {waiting > 0 && held.shown.held && <IconLine icon="clock">{t('request.waiting')}</IconLine>}
      <WaitingLines request={now} names={names} />
      <MyPart now={now} id={id} />
    </Card>
  );
}

/** What this organization sees and owes: its deadline, what may be left for it, the way to answer. */
function MyPart({ now: request, id }: { now: DispatchRequest; id: string }) {
  const words = useWords();
  const { t, time } = words;
  const { org, role } = useStair().actor;
  const now = useNow();
  const part = partOf(request, org);
  const duty = dutyOfOrg(request, org);
  const predicted = predictedFor(request, org);
  const mayAnswer = role !== 'guest' && part !== 'asker' && !request.closed;
  const late = duty?.due !== undefined && duty.due <= now;
  return (
    <>
      {part === 'secondary' && predicted.coming > 0 && !request.closed && <IconLine icon="people"><b>{t('request.predicted', { count: predicted.coming })}</b></IconLine>}
      {duty?.due !== undefined && (late
        ? <State kind="urgent">{lateSays(duty.due, now, words)}</State>
        : <IconLine icon="clock">{inMinutes('request.answerBy', minutesTo(duty.due, now), words, { time: time(duty.due) })}</IconLine>)}
      {mayAnswer && duty?.owes === 'answer'
        ? <Button kind="strong" wide href={`/request/${id}/answer`}>{t('request.answer')}</Button>
        : <Button kind="quiet" href={`/request/${id}`}>{t('request.open')}<Icon name="next" /></Button>}
    </>
  );
}
