import { Button, FourNumbers, Icon, IconLine, Note, RequestCard as Card, RequestLine, State, Tag } from '@noroshi/foundations/ui';
import { useLive, useNow, useStair, useWords, type CardProps } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { predictedFor, sumsOf } from '../sums.ts';
import type { DispatchRequest } from '../dispatch-request.ts';
import { dutyOfOrg, partOf } from './duties.ts';
import { readNames, readRequest } from './known.ts';
import { dutyOf, fourWords, minutesTo, revOf, stateLook } from './words.ts';

/** A request inside the talk: the whole card where it was asked, one line for what happened to it since. */
export default function RequestCard({ id, line, params }: CardProps) {
  const words = useWords();
  const { t, language } = words;
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
  return (
    <Card
      over={<><b>{t('request.title')}　{waiting && !held.shown.held ? t('request.noNumber') : now.no}</b><br />{revOf(now, words)}・{names.person(now.by)}（{names.org(now.org)}{names.post(now.by) && ` ${names.post(now.by)}`}）</>}
      title={total.short > 0 ? t('request.lacks', { town: names.org(now.org), count: total.short }) : t('request.lacksNone', { town: names.org(now.org) })}
      state={<>{waiting > 0 && <Tag kind="guess">{t('request.provisional')}</Tag>}<State kind={state.kind}>{t(state.key)}</State></>}
    >
      <FourNumbers {...total} labels={fourWords(words)} />
      {lines.map((l) => {
        const changed = now.revisions.at(-1)!.changes.some((c) => c.line === l.line.id && (c.field === 'count' || c.field === 'line'));
        const count = t('request.people', { n: l.needed });
        return (
          <RequestLine key={l.line.id} {...l}
            name={<>{dutyOf(l.line, words)}　{changed ? <span class="changed">{count}</span> : count}</>}
            words={t(l.surplus > 0 ? 'request.line.surplus' : 'request.line.sums', { committed: l.committed, short: l.short, surplus: l.surplus })}
            label={t('request.units', { duty: dutyOf(l.line, words), needed: l.needed, committed: l.committed, arrived: l.arrived })} />
        );
      })}
      {waiting > 0 && <IconLine icon="clock">{t('request.waiting')}</IconLine>}
      <MyPart now={now} id={id} />
    </Card>
  );
}

/** What this organization sees and owes: its deadline, what may be left for it, the way to answer. */
function MyPart({ now: request, id }: { now: DispatchRequest; id: string }) {
  const { t, time } = useWords();
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
        ? <State kind="urgent">{t('request.late')}</State>
        : <IconLine icon="clock">{t('request.answerBy', { time: time(duty.due), n: minutesTo(duty.due, now) })}</IconLine>)}
      {mayAnswer && duty && duty.owes !== 'receive' && part !== 'headquarters'
        ? <Button kind="strong" wide href={`/request/${id}/answer`}>{t('request.answer')}</Button>
        : <Button kind="quiet" href={`/request/${id}`}>{t('request.open')}<Icon name="next" /></Button>}
    </>
  );
}
