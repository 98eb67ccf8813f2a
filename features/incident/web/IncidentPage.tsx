import { Bar, Button, DrillFrame, DrillWord, EmptyNote, Field, FieldError, ItemRow, Loading, Page, Pane, SectionHead, Sheet } from '@noroshi/foundations/ui';
import { useFrame, useLive, useLoaded, useRooms, useStair, useWords, WhenWhole, type PageProps, type WebRoom } from '@noroshi/foundations/web';
import type { Deed } from '@noroshi/foundations/sync';
import { useState } from 'preact/hooks';
import { closeIncident } from '../close-incident.ts';
import { incidentKinds, roleOf, type Incident, type IncidentKind } from '../disaster.ts';
import { dutiesOf } from '../duties-of.ts';
import { isMunicipality } from '../roles-for.ts';
import { renameIncident } from '../rename-incident.ts';
import { clockOf } from '../support-plan.ts';
import { readKnown, type Known } from './known.ts';
import { nameOf, namesOf } from './names.ts';
import { RoleList } from './RoleList.tsx';
import { TownMap } from './TownMap.tsx';
import './incident.css';

/** One disaster or drill: what my organization does now, who helps whom, and what the prefecture may change. */
export default function IncidentPage({ params }: PageProps) {
  const { t } = useWords();
  const frame = useFrame();
  const known = useLive(readKnown);
  const one = known?.incidents.find((i) => i.id === params['incident']);
  if (known && one) return <Told one={one} known={known} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('incident.page.list')} back={{ label: t('app.back'), href: '/incident' }} />{frame.bands}</>}>
      {known ? <WhenWhole><EmptyNote>{t('app.notHereNext')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Told({ one, known }: { one: Incident; known: Known }) {
  const { t, language, moment, beside } = useWords();
  const frame = useFrame();
  const stair = useStair();
  const rooms = useRooms();
  const [sheet, setSheet] = useState<'rename' | 'close'>();
  const { org, role } = stair.actor;
  const isOver = one.closedAt !== undefined;
  const mayTend = !isOver && role !== 'guest' && known.mine?.kind === 'prefecture';
  const mayAddMyself = !isOver && !mayTend && known.mine !== undefined && isMunicipality(known.mine) && !one.affected.includes(org);
  const map = <TownMap known={known} label={t('incident.page.map')} hit={one.affected} roles={one.roles} />;
  const page = (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      content="form"
      show="main"
      head={<>
        <Bar back={{ label: t('app.back'), href: '/' }} title={<>{one.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{one.name}</>}
          subtitle={beside([t(`incident.kind.${one.kind}`), t('incident.page.openedAt', { time: moment(one.openedAt) }), isOver && t('incident.page.closedAt', { time: moment(one.closedAt!) }), one.outside && t('incident.open.outside')])} />
        {!one.drill && frame.bands}
      </>}
      side={<Pane at="side" label={t('incident.page.map')} head={<Bar level={2} title={t('incident.page.map')} subtitle={one.planVersion && t('incident.open.plan', { name: one.planVersion })} />}><div class="incident-side">{map}</div></Pane>}
    >
      {!isOver && rooms.flatMap(({ name, aboutIncident = [] }) => aboutIncident.map((load, at) => <About key={`${name}${at}`} load={load} incident={one.id} />))}
      {!isOver && <Duties one={one} known={known} />}
      <section>
        <SectionHead title={t('incident.page.towns')} />
        <div class="incident-roles"><RoleList roles={one.roles} minutes={clockOf(one)} known={known} /></div>
      </section>
      <section class="phone-only">
        <SectionHead title={t('incident.page.map')} aside={one.planVersion && t('incident.open.plan', { name: one.planVersion })} />
        {map}
      </section>
      {mayAddMyself && <Button icon="plus" wide href={`/incident/${one.id}/widen`}>{t('incident.page.widenMine', { town: nameOf(known, org, language) })}</Button>}
      {mayTend && (
        <section>
          <SectionHead title={t('incident.page.tend')} />
          <div class="cols">
            <Button icon="plus" wide href={`/incident/${one.id}/widen`}>{t('incident.page.widen')}</Button>
            <Button icon="edit" wide onClick={() => setSheet('rename')}>{t('incident.page.rename')}</Button>
            <Button icon="check" wide onClick={() => setSheet('close')}>{t('incident.page.close')}</Button>
          </div>
        </section>
      )}
      {sheet === 'rename' && <RenameSheet one={one} onClose={() => setSheet(undefined)} />}
      {sheet === 'close' && <CloseSheet one={one} onClose={() => setSheet(undefined)} />}
    </Page>
  );
  return one.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}

/** What another room of the house has to say of this incident. */
function About({ load, incident }: { load: NonNullable<WebRoom['aboutIncident']>[number]; incident: string }) {
  const Shown = useLoaded(load);
  return Shown ? <Shown incident={incident} /> : null;
}

/** Each rank's own to-do, with the way to it. */
function Duties({ one, known }: { one: Incident; known: Known }) {
  const { t, language } = useWords();
  const stair = useStair();
  const { org } = stair.actor;
  const duties = dutiesOf(one, org);
  const towns = new Set(duties.flatMap((duty) => duty.towards));
  // A twin room that has just been opened is not on this device yet: a way without a name leads nowhere.
  const rooms = [...new Set(one.roles.filter((role) => towns.has(role.affected)).map((role) => role.room))].filter((id) => known.rooms.some((room) => room.id === id));
  return (
    <section>
      <SectionHead title={t('incident.duty.title', { org: nameOf(known, org, language) })} aside={t(`incident.part.${roleOf(one, org)}`)} />
      {duties.length === 0 && <EmptyNote>{t('incident.duty.none', { towns: namesOf(known, one.affected, language) })}</EmptyNote>}
      <ul>
        {duties.map((duty) => (
          <ItemRow key={duty.code}>
            <b>{t(`incident.duty.${duty.code}`, { minutes: clockOf(one) })}</b>
            <p class="sub">{t(`incident.duty.${duty.code}.says`, { towns: namesOf(known, duty.towards, language) })}</p>
          </ItemRow>
        ))}
      </ul>
      <div class="incident-ways">
        {rooms.map((id, i) => (
          <Button key={id} kind={i === 0 ? 'main' : 'strong'} wide icon="talk" href={`/talk/${id}`}>{t('incident.page.toTalk', { room: known.rooms.find((r) => r.id === id)?.name ?? '' })}</Button>
        ))}
      </div>
    </section>
  );
}

/**
 * Sends a deed and waits for the answer, also for as long as there is no line: what it changes stands on this page only then,
 * and a sheet that closed before would look as if it had happened. A refusal stays beside the words.
 */
function useAnswered(onDone: () => void): { busy: boolean; trouble: string | undefined; send: <I>(deed: Deed<I, any> & { deed: string }, input: I) => Promise<void> } {
  const { refusal } = useWords();
  const stair = useStair();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  return {
    busy, trouble,
    async send(deed, input) {
      setBusy(true);
      setTrouble(undefined);
      const sent = await stair.send(deed, input);
      const answer = sent.ok ? await sent.answer : sent;
      setBusy(false);
      if (answer.ok) return onDone();
      if (sent.ok) await stair.drop(sent.id);
      setTrouble(refusal(answer.code, answer.params));
    },
  };
}

function RenameSheet({ one, onClose }: { one: Incident; onClose: () => void }) {
  const { t } = useWords();
  const [seen] = useState(one.revision);
  const [name, setName] = useState(one.name);
  const [kind, setKind] = useState<IncidentKind>(one.kind);
  const { busy, trouble, send } = useAnswered(onClose);
  return (
    <Sheet title={t('incident.page.rename')} closeLabel={t('app.close')} onClose={onClose}
      foot={<Button kind="main" wide busy={busy ? t('incident.open.busy') : undefined} onClick={() => send(renameIncident, { incident: one.id, seen, name, kind })}>{t('incident.page.renameMain')}</Button>}>
      <div class="form">
        <Field label={t('incident.open.name')} error={trouble}>{(wiring) => <input {...wiring} value={name} maxLength={60} onInput={(event) => setName(event.currentTarget.value)} />}</Field>
        <Field label={t('incident.open.kind')}>{(wiring) => (
          <select {...wiring} value={kind} onChange={(event) => setKind(event.currentTarget.value as IncidentKind)}>
            {incidentKinds.map((k) => <option key={k} value={k}>{t(`incident.kind.${k}`)}</option>)}
          </select>
        )}</Field>
      </div>
    </Sheet>
  );
}

function CloseSheet({ one, onClose }: { one: Incident; onClose: () => void }) {
  const { t } = useWords();
  const [seen, setSeen] = useState(one.revision);
  const { busy, trouble, send } = useAnswered(onClose);
  return (
    <Sheet title={t('incident.page.close')} closeLabel={t('app.close')} onClose={onClose}
      foot={<>
        {trouble && <FieldError>{trouble}</FieldError>}
        <Button kind="main" wide busy={busy ? t('incident.open.busy') : undefined} onClick={async () => {
          await send(closeIncident, { incident: one.id, seen });
          setSeen(one.revision);
        }}>{t('incident.page.closeMain', { name: one.name })}</Button>
      </>}>
      <div class="form"><p>{t(one.drill ? 'incident.page.closeDrillSays' : 'incident.page.closeSays')}</p></div>
    </Sheet>
  );
}
