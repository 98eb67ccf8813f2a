import type { Id } from '@noroshi/foundations/kernel';
import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, IconLine, Loading, Page, Pane, State, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useNow, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { useId, useState } from 'preact/hooks';
import { incidentKinds, type IncidentKind } from '../disaster.ts';
import { hitElsewhere } from '../hit-elsewhere.ts';
import { openIncident, sameWithin } from '../open-incident.ts';
import { isMunicipality } from '../roles-for.ts';
import { clockOf, dayInJapan, planInForce } from '../support-plan.ts';
import { dayParams, foresee, readKnown, seatsIn, type Known } from './known.ts';
import { nameOf, namesOf } from './names.ts';
import { RoleList } from './RoleList.tsx';
import { TellSheet } from './TellSheet.tsx';
import { TownMap } from './TownMap.tsx';
import { UnderWay } from './UnderWay.tsx';
import './incident.css';

/** A disaster or a drill is opened: which towns are hit, and what the plan makes of it. */
export default function OpenPage() {
  const { t } = useWords();
  const frame = useFrame();
  const known = useLive(readKnown);
  if (!known) return <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<Bar title={t('incident.open.title')} />}><Loading>{t('app.loading')}</Loading></Page>;
  return <Opening known={known} />;
}

function Opening({ known }: { known: Known }) {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const route = useRoute();
  const stair = useStair();
  const line = useLine();
  const now = useNow();
  const { mine } = known;
  const isOwn = mine !== undefined && isMunicipality(mine);
  const [real, setReal] = useState<'real' | 'drill'>('real');
  const [reach, setReach] = useState<'inside' | 'outside'>('inside');
  const [kind, setKind] = useState<IncidentKind>('flood');
  const [typed, setName] = useState<string>();
  const [hit, setHit] = useState<readonly Id[]>(isOwn ? [mine.id] : []);
  const [say, setSay] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState<'busy' | 'waiting'>();
  const reason = useId();

  const drill = real === 'drill';
  // What is real is opened once; a drill beside it is nothing to ask about.
  const standing = drill ? [] : known.incidents.filter((one) => !one.drill && one.closedAt === undefined);
  const underWay = standing.find((one) => one.affected.some((town) => hit.includes(town)));
  // The same flood, most likely, opened by a neighbour an hour ago: one disaster is better told, asked and counted as one.
  const beside = underWay ? undefined : standing.findLast((one) => one.kind === kind && now - one.openedAt < sameWithin);
  const today = dayInJapan(now);
  const { m, d } = dayParams(today);
  const name = typed ?? t(drill ? 'incident.open.defaultDrill' : 'incident.open.defaultName', { day: today, m, d, kind: t(`incident.kind.${kind}`) });
  const version = planInForce(known.plans, today);
  const roles = foresee(hit, version, known, hitElsewhere({ id: '', drill }, known.incidents, now));
  const told = new Set(roles.flatMap((role) => [role.affected, role.primary, ...role.secondaries]).filter((org) => org !== known.headquarters?.id));
  const rooms = known.rooms.filter((room) => roles.some((role) => role.room === room.id));
  const seats = useLive(async (end) => new Map(await Promise.all(rooms.map(async (room) => [room.id, await seatsIn(end, room.id)] as const))), [rooms.map((r) => r.id).join()]);

  const pick = (town: Id): void => {
    setSay(undefined);
    if (isOwn && town !== mine.id) setSay(t('incident.open.onlyOwn', { town: nameOf(known, mine.id, language) }));
    else if (!isOwn) setHit(hit.includes(town) ? hit.filter((one) => one !== town) : [...hit, town]);
  };
  const ask = (): void => {
    const trouble = !name.trim() ? t('incident.open.noName') : undefined;
    setSay(trouble);
    setAsking(!trouble);
  };
  const open = async (): Promise<void> => {
    setSending('busy');
    const id = stair.newId();
    const sent = await stair.send(openIncident, { id, name, kind, drill, affected: [...hit], ...(drill && reach === 'outside' ? { outside: true } : {}) });
    if (!sent.ok) return refuse(sent.code, sent.params);
    if (line.state !== 'open') setSending('waiting');
    const answer = await sent.answer;
    if (answer.ok) route.go(`/incident/${id}`, { replace: true });
    else {
      await stair.drop(sent.id);
      refuse(answer.code, answer.params);
    }
  };
  const refuse = (code: string, params?: Readonly<Record<string, string | number>>): void => {
    setSending(undefined);
    setAsking(false);
    setSay(words.refusal(code, params));
  };

  const names = (ids: readonly Id[]): string => namesOf(known, [...new Set(ids)], language);
  const second = roles.flatMap((role) => role.secondaries).filter((org) => !roles.some((role) => role.primary === org));
  const main = hit.length === 0
    ? t(drill ? 'incident.open.mainYetDrill' : 'incident.open.mainYet')
    : t(drill ? 'incident.open.mainDrill' : 'incident.open.main', { n: told.size });
  const parts = roles.length === 0 ? <EmptyNote>{t('incident.open.partsWill')}</EmptyNote> : (
    <div class="incident-roles">
      {!version && <p>{t('incident.open.noPlan')}</p>}
      <RoleList roles={roles} minutes={clockOf(version)} known={known} />
      <div class="incident-tells">
        {rooms.map((room) => <IconLine key={room.id} icon="talk">{t('incident.role.tells', { room: room.name, n: seats?.get(room.id) ?? 0 })}</IconLine>)}
      </div>
    </div>
  );
  const subtitle = version && t('incident.open.plan', { name: version.name });
  const page = (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      content="form"
      head={<Bar title={<>{drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{t('incident.open.title')}</>} back={{ label: t('incident.open.cancel'), close: true, onClick: () => route.back('/') }} />}
      side={<Pane at="side" label={t('incident.open.parts')} head={<Bar level={2} title={t('incident.open.parts')} subtitle={subtitle} />}>{parts}</Pane>}
      foot={<>
        {say && <FieldError id={reason}>{say}</FieldError>}
        {roles.length > 0 && !say && (
          <p class="incident-brief phone-only">
            <Tag>{t('incident.tile.primary')}</Tag> {names(roles.map((role) => role.primary))}{'　'}
            {second.length > 0 && <><Tag>{t('incident.tile.secondary')}</Tag> {names(second)}</>}{roles.some((role) => role.assumed) && <> <Tag kind="guess">{t('incident.assumed')}</Tag></>}
          </p>
        )}
        {hit.length === 0 && !say && <p class="sub" id={reason}>{t('incident.open.noTown')}</p>}
        <Button kind="main" wide onClick={ask} disabled={hit.length === 0} describedBy={say || hit.length === 0 ? reason : undefined}>{main}</Button>
      </>}
    >
      <div class="cols">
        <Chips legend={t('incident.open.which')} value={real} onChange={setReal} choices={[
          { value: 'real', label: t('incident.real') },
          { value: 'drill', label: t('incident.drill'), ...(isOwn ? { disabled: true, note: t('incident.open.onlyPrefecture') } : {}) },
        ]} />
        <div class="incident-what">
          <Field label={t('incident.open.kind')}>{(wiring) => (
            <select {...wiring} value={kind} onChange={(event) => setKind(event.currentTarget.value as IncidentKind)}>
              {incidentKinds.map((one) => <option key={one} value={one}>{t(`incident.kind.${one}`)}</option>)}
            </select>
          )}</Field>
          <Field label={t('incident.open.name')}>{(wiring) => <input {...wiring} value={name} maxLength={60} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />}</Field>
        </div>
      </div>
      {drill && (
        <Chips legend={t('incident.open.reach')} value={reach} onChange={setReach} choices={[
          { value: 'inside', label: t('incident.open.inside'), note: t('incident.open.insideSays'), whole: true },
          { value: 'outside', label: t('incident.open.outside'), note: t('incident.open.outsideSays'), whole: true },
        ]} />
      )}
      {beside && <UnderWay one={beside} known={known} hit={hit} own={false} mayRename={mine?.kind === 'prefecture'} />}
      {underWay && <UnderWay one={underWay} known={known} hit={hit} own={isOwn} mayRename={mine?.kind === 'prefecture'} />}
      <div>
        <p class="field-label">{t('incident.open.press')}</p>
        <TownMap known={known} label={t('incident.open.map')} hit={hit} roles={roles} onPick={pick} />
      </div>
      <section class="phone-only">
        <h2 class="field-label">{t('incident.open.parts')} {subtitle && <span class="sub">{subtitle}</span>}</h2>
        {parts}
      </section>
      {asking && (
        <TellSheet title={t(drill ? 'incident.open.sheetDrill' : 'incident.open.sheetReal')} name={name} drill={drill} rooms={rooms} seats={seats} roles={roles} minutes={clockOf(version)} known={known}
          main={main} sending={sending} onTell={open} onClose={() => setAsking(false)}>
          {underWay && <p><State kind="short">{t('incident.open.another', { name: underWay.name })}</State></p>}
        </TellSheet>
      )}
    </Page>
  );
  return drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}
