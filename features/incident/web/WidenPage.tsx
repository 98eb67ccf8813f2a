import type { Id } from '@noroshi/foundations/kernel';
import { Bar, Button, DrillFrame, DrillWord, EmptyNote, FieldError, Loading, Page, Pane, SectionHead } from '@noroshi/foundations/ui';
import { useFrame, useLive, useNow, useRoute, useStair, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { useId, useState } from 'preact/hooks';
import type { Incident, SupportRole } from '../disaster.ts';
import { hitElsewhere, passedOver } from '../hit-elsewhere.ts';
import { isMunicipality } from '../roles-for.ts';
import { clockOf } from '../support-plan.ts';
import { widenIncident } from '../widen-incident.ts';
import { foresee, readKnown, seatsIn, type Known } from './known.ts';
import { nameOf, namesOf } from './names.ts';
import { RoleList } from './RoleList.tsx';
import { TellSheet } from './TellSheet.tsx';
import { TownMap } from './TownMap.tsx';
import './incident.css';

/** More towns are hit: who they are, and how the parts change with them. */
export default function WidenPage({ params }: PageProps) {
  const { t } = useWords();
  const frame = useFrame();
  const known = useLive(readKnown);
  const one = known?.incidents.find((i) => i.id === params['incident']);
  if (known && one) return <Widening one={one} known={known} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<Bar title={t('incident.widen.title')} back={{ label: t('app.back'), href: '/incident' }} />}>
      {known ? <WhenWhole><EmptyNote>{t('app.notHereNext')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Widening({ one, known }: { one: Incident; known: Known }) {
  const { t, language, refusal } = useWords();
  const frame = useFrame();
  const route = useRoute();
  const stair = useStair();
  const now = useNow();
  const own = known.mine !== undefined && isMunicipality(known.mine) ? known.mine.id : undefined;
  const [added, setAdded] = useState<readonly Id[]>(own && !one.affected.includes(own) ? [own] : []);
  const reason = useId();
  const [say, setSay] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const fresh = added.filter((town) => !one.affected.includes(town));
  const all = [...one.affected, ...fresh];
  const roles = foresee(all, known.plans.find((p) => p.revision === one.planRevision), known, [...hitElsewhere(one, known.incidents, now), ...passedOver(one)]);

  // Who hears of it: the rooms of the towns that are added, and those where another takes over.
  const isNews = (role: SupportRole): boolean => one.roles.find((before) => before.affected === role.affected)?.primary !== role.primary;
  const rooms = known.rooms.filter((room) => roles.some((role) => role.room === room.id && isNews(role)));
  const seats = useLive(async (end) => new Map(await Promise.all(rooms.map(async (room) => [room.id, await seatsIn(end, room.id)] as const))), [rooms.map((r) => r.id).join()]);

  const pick = (town: Id): void => {
    setSay(undefined);
    if (one.affected.includes(town)) return;
    if (own && town !== own) setSay(t('incident.open.onlyOwn', { town: nameOf(known, own, language) }));
    else setAdded(added.includes(town) ? added.filter((a) => a !== town) : [...added, town]);
  };
  const widen = async (): Promise<void> => {
    setBusy(true);
    const sent = await stair.send(widenIncident, { incident: one.id, affected: [...fresh] });
    const answer = sent.ok ? await sent.answer : sent;
    setBusy(false);
    if (answer.ok) return route.go(`/incident/${one.id}`, { replace: true });
    if (sent.ok) await stair.drop(sent.id);
    setAsking(false);
    setSay(refusal(answer.code, answer.params));
  };
  const main = fresh.length > 0 ? t('incident.widen.main', { towns: namesOf(known, fresh, language) }) : t('incident.widen.title');
  const parts = <div class="incident-roles"><RoleList roles={roles} minutes={clockOf(one)} known={known} /></div>;
  const page = (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      content="form"
      head={<><Bar title={<>{one.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('incident.widen.title')}</>} subtitle={one.name} back={{ label: t('incident.open.cancel'), close: true, href: `/incident/${one.id}` }} />{!one.drill && frame.bands}</>}
      side={<Pane at="side" label={t('incident.widen.changes')} head={<Bar level={2} title={t('incident.widen.changes')} />}>{parts}</Pane>}
      foot={<>
        {say && <FieldError id={reason}>{say}</FieldError>}
        {fresh.length === 0 && !say && <p class="sub" id={reason}>{t('incident.open.noTown')}</p>}
        <Button kind="main" wide disabled={fresh.length === 0} describedBy={say || fresh.length === 0 ? reason : undefined} onClick={() => setAsking(true)}>{main}</Button>
      </>}
    >
      <div>
        <p class="field-label">{t('incident.open.press')}</p>
        <TownMap known={known} label={t('incident.open.map')} hit={all} roles={roles} onPick={pick} />
      </div>
      <section class="phone-only">
        <SectionHead title={t('incident.widen.changes')} />
        {parts}
      </section>
      {asking && (
        <TellSheet title={t(one.drill ? 'incident.widen.sheetDrill' : 'incident.widen.sheet')} name={one.name} drill={one.drill} rooms={rooms} seats={seats} roles={roles.filter(isNews)} minutes={clockOf(one)} known={known}
          main={main} sending={busy ? 'busy' : undefined} onTell={widen} onClose={() => setAsking(false)} />
      )}
    </Page>
  );
  return one.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}
