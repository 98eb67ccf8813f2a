import type { Id } from '@noroshi/foundations/kernel';
import { Bar, Button, EmptyNote, Field, IconLine, ItemRow, Loading, Mark, Page, State, Table, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLive, useNow, useRoute, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { mayRevisePlan } from '../revise-plan.ts';
import { isMunicipality } from '../roles-for.ts';
import { clockOf, dayInJapan, planInForce, type Supporter } from '../support-plan.ts';
import { dayParams, readKnown, type Known } from './known.ts';
import { nameOf } from './names.ts';
import './incident.css';

/** The support plan: who helps whom, in which order, by version. */
export default function PlanPage() {
  const { t, moment, beside } = useWords();
  const frame = useFrame();
  const route = useRoute();
  const stair = useStair();
  const known = useLive(readKnown);
  const today = dayInJapan(useNow(60_000));
  const back = { label: t('app.back'), href: '/more' };
  if (!known) return <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<Bar title={t('plan.title')} back={back} />}><Loading>{t('app.loading')}</Loading></Page>;

  const versions = known.plans.toSorted((a, b) => b.revision - a.revision);
  const inForce = planInForce(versions, today);
  const shown = versions.find((v) => String(v.revision) === route.search.get('version')) ?? inForce;
  const isLater = shown && shown.from > today;
  const may = mayRevisePlan(stair.actor, known.mine).ok;
  const write = may && <Button kind="main" wide icon="edit" href="/plan/edit">{t('plan.edit')}</Button>;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} content="form" foot={write || undefined} head={<>
      <Bar title={t('plan.title')} subtitle={shown && t('plan.version', { name: shown.name, n: shown.revision })} back={back} />
      {frame.bands}
    </>}>
      {!shown && <WhenWhole><EmptyNote>{t('plan.none')}</EmptyNote></WhenWhole>}
      {shown && <>
        <div class="cols">
          {versions.length > 1 && (
            <Field label={t('plan.versions')}>{(wiring) => (
              <select {...wiring} value={String(shown.revision)} onChange={(event) => route.go(`/plan?version=${event.currentTarget.value}`, { replace: true })}>
                {versions.map((v) => <option key={v.revision} value={String(v.revision)}>{t('plan.version', { name: v.name, n: v.revision })}{v === inForce && `　${t('plan.inForce')}`}</option>)}
              </select>
            )}</Field>
          )}
          <p>
            {shown === inForce ? <State kind="ok">{t('plan.inForce')}</State> : <State kind="quiet">{isLater ? t('plan.future', dayParams(shown.from)) : t('plan.old')}</State>}<br />
            <span class="sub">{beside([t('plan.from', dayParams(shown.from)), t('plan.saved', { time: moment(shown.at) })])}</span>
          </p>
        </div>
        <IconLine icon="loop">{t('plan.how')}</IconLine>
        <IconLine icon="clock">{t('plan.clockSays', { minutes: clockOf(shown) })}</IconLine>
        {shown.rows.some((row) => row.supporters.some((s) => s.assumed)) && <p><Tag kind="guess">{t('incident.assumed')}</Tag> {t('incident.assumedSays')}</p>}
        <Matrix known={known} rowOf={(town) => shown.rows.find((row) => row.affected === town)?.supporters ?? []} />
      </>}
    </Page>
  );
}

/** The matrix: a table where there is room, else one town under another. */
function Matrix({ known, rowOf }: { known: Known; rowOf: (town: Id) => readonly Supporter[] }) {
  const { t, language } = useWords();
  const towns = known.organizations.filter(isMunicipality);
  const none = <State kind="urgent">{t('plan.noneYet')}</State>;
  return <>
    <ul class="phone-only">
      {towns.map((town) => {
        const [first, ...others] = rowOf(town.id);
        return (
          <ItemRow key={town.id} start={<Mark>{town.short}</Mark>}>
            <b>{nameOf(known, town.id, language)}</b>
            {first ? <p class="plan-line"><Tag>{t('incident.tile.primary')}</Tag><Supporters known={known} of={[first]} /></p> : <p>{none}</p>}
            {others.length > 0 && <p class="plan-line"><Tag>{t('incident.tile.secondary')}</Tag><Supporters known={known} of={others} /></p>}
          </ItemRow>
        );
      })}
    </ul>
    <div class="desk-only plan-matrix">
      <Table caption={t('plan.title')} rows={towns} rowKey={(town) => town.id} columns={[
        { head: t('plan.affected'), cell: (town) => <b>{nameOf(known, town.id, language)}</b> },
        { head: t('plan.primary'), cell: (town) => { const [first] = rowOf(town.id); return first ? <Supporters known={known} of={[first]} /> : none; } },
        { head: t('plan.secondaries'), cell: (town) => <Supporters known={known} of={rowOf(town.id).slice(1)} /> },
      ]} />
    </div>
  </>;
}

/** Supporters in their order. One 仮定 where all of them are assumed, else each bears its own. */
export function Supporters({ known, of }: { known: Known; of: readonly Supporter[] }): ComponentChildren {
  const { t, language, between } = useWords();
  const tag = <Tag kind="guess">{t('incident.assumed')}</Tag>;
  const all = of.length > 0 && of.every((s) => s.assumed);
  return (
    <span>
      {of.map((s, i) => <span key={s.org}>{i > 0 && between}{nameOf(known, s.org, language)}{!all && s.assumed && <> {tag}</>}</span>)}
      {all && <> {tag}</>}
    </span>
  );
}
