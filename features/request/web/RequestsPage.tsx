import { Bar, Button, EmptyNote, Loading, OweRow, Owes, Page, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { Fragment } from 'preact';
import { incident, type Incident } from '@noroshi/features/incident';
import { untilSays } from '@noroshi/foundations/i18n';
import { useFrame, useLive, useNow, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { addUp, sumsOf } from '../sums.ts';
import { FourNumbers } from '@noroshi/foundations/ui';
import { dutyOfOrg, isOver } from './duties.ts';
import { readNames, readRequests, type Names, type Shown } from './known.ts';
import { lateSays, shortSays } from './says.ts';
import { useHours } from './use-hours.ts';
import { dutyOf, fourWords, oweWords, revOf, stateLook } from './words.ts';
import './request.css';

/** All requests, incident by incident: what my organization owes first. */
export default function RequestsPage() {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const { org, role } = useStair().actor;
  const held = useLive(async (stair) => ({
    requests: await readRequests(stair),
    incidents: (await stair.replica.all<Incident>(incident.noun)).map((doc) => doc.value).toSorted((a, b) => Number(a.closedAt !== undefined) - Number(b.closedAt !== undefined) || b.openedAt - a.openedAt),
    names: await readNames(stair, undefined, language),
  }), [language]);
  const groups = held?.incidents.map((event) => ({ event, mine: held.requests.filter((r) => r.now.incident === event.id).toSorted(byOwed(org)) })) ?? [];
  const askable = groups.filter(({ event }) => event.closedAt === undefined).flatMap(({ event }) => event.roles.filter((r) => r.affected === org).map((r) => ({ event, room: r.room })));
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('request.list.title')} />{frame.bands}</>}
      {...(askable.length > 0 && role !== 'guest' ? { foot: <Button kind="main" wide icon="plus" href={`/request/new?room=${askable[0]!.room}`}>{t('request.ask.title')}</Button> } : {})}>
      {!held && <Loading>{t('app.loading')}</Loading>}
      {held && held.requests.length === 0 && <WhenWhole><EmptyNote>{t(role === 'guest' ? 'request.list.noneHere' : 'request.list.none')}</EmptyNote></WhenWhole>}
      {groups.filter(({ mine }) => mine.length > 0).map(({ event, mine }) => {
        const open = mine.filter(({ now }) => !isOver(now));
        return (
          <section key={event.id}>
            <SectionHead title={<>{event.drill && <Tag kind="drill">{t('home.drill')}</Tag>} {event.name}</>} aside={event.closedAt !== undefined ? t('request.list.over') : undefined} />
            {open.length > 1 && <div class="form"><FourNumbers {...addUp(open.map(({ now }) => sumsOf(now).total))} labels={fourWords(words)} /></div>}
            <Owes>{mine.map((one) => <Row key={one.now.id} shown={one} names={held!.names} />)}</Owes>
          </section>
        );
      })}
    </Page>
  );
}

/** Owed first, by deadline; then what is short; what is over last. */
const byOwed = (org: string) => (a: Shown, b: Shown): number => {
  const rank = ({ now }: Shown): number => (isOver(now) ? 3 : dutyOfOrg(now, org) ? 0 : sumsOf(now).total.short > 0 ? 1 : 2);
  const due = ({ now }: Shown): number => dutyOfOrg(now, org)?.due ?? Number.MAX_SAFE_INTEGER;
  return rank(a) - rank(b) || due(a) - due(b) || b.now.at - a.now.at;
};

function Row({ shown: { now: request, waiting, held }, names }: { shown: Shown; names: Names }) {
  const words = useWords();
  const { t } = words;
  const hours = useHours();
  const now = useNow();
  const { org } = useStair().actor;
  const duty = dutyOfOrg(request, org);
  const { total, lines } = sumsOf(request);
  const state = stateLook(request);
  const late = duty?.due !== undefined && duty.due <= now;
  return (
    <OweRow href={`/request/${request.id}`}
      state={<>
        {waiting > 0 && <Tag kind="guess">{t('request.provisional')}</Tag>}
        {duty ? <State kind={late ? 'urgent' : duty.owes === 'accept' || duty.owes === 'receive' || (duty.owes === 'stepIn' && request.inHand) ? 'doing' : 'short'} fill={late}>{late ? lateSays(duty.due!, now, words) : t(duty.owes === 'stepIn' && request.inHand ? 'request.owes.inHand' : oweWords[duty.owes], { count: duty.count, name: names.person(request.inHand?.by ?? '') })}</State> : <State kind={state.kind}>{t(state.key)}</State>}
      </>}
      age={late ? undefined : duty?.due !== undefined ? untilSays(duty.due, now, words) : request.closed ? t('request.closedAt', { time: hours(request.closed.at) }) : hours(request.at)}
      title={<>{names.org(request.org)}　{lines.filter((l) => l.needed > 0).map((l, i) => <Fragment key={l.line.id}>{i > 0 && words.between}<span class="request-one">{dutyOf(l.line, words)} {t('request.people', { n: l.needed })}</span></Fragment>)}</>}
      note={<>{held ? request.no : t('request.noNumber')} {revOf(request, words)}{request.closed?.as !== 'cancelled' && <>{words.between}{words.beside([t('request.row.sums', { needed: total.needed, committed: total.committed, arrived: total.arrived }), total.home > 0 && `${t('request.home')} ${total.home}`, !request.closed && shortSays(total, words)])}</>}</>} />
  );
}
