import type { Id } from '@noroshi/foundations/kernel';
import { Bar, Button, EmptyNote, Field, FieldError, Icon, IconButton, IconLine, isWithin, Loading, Page, Pane, RoomRow, SectionHead, Sheet, State, Stepper, Tag, ToggleChips } from '@noroshi/foundations/ui';
import { useFrame, useLive, useNow, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { checkPlan, type PlanProblem } from '../check-plan.ts';
import { kilometres } from '../distance.ts';
import { mayRevisePlan, revisePlan } from '../revise-plan.ts';
import { isMunicipality, roomOf } from '../roles-for.ts';
import { clockOf, dayInJapan, latestPlan, type Plan, type PlanRow, type PlanWords, type Supporter } from '../support-plan.ts';
import { readKnown, type Known } from './known.ts';
import { nameOf } from './names.ts';
import { Supporters } from './PlanPage.tsx';
import './incident.css';

/** Where the half-written plan lies on this device. */
const place = 'incident.plan';

/** How long a primary may be given, in minutes. */
const clockRange = [5, 240] as const;

/** A half-written version, and the number of the version it was written from. */
interface Draft extends PlanWords { readonly seen: number }

/** The prefecture writes the next version of the plan. It stays on this device until it is saved. */
export default function PlanEditPage() {
  const { t } = useWords();
  const frame = useFrame();
  const stair = useStair();
  const now = useNow(60_000);
  // The rooms are asked of as well: a plan must not be called wrong because they are still on their way.
  const held = useLive(async (end) => ({ known: (await end.replica.isWhole()) ? await readKnown(end) : undefined, draft: (await end.replica.outbox.draft.get(place))?.text }));
  const back = { label: t('app.back'), href: '/plan' };
  if (!held?.known) return <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<Bar title={t('plan.editTitle')} back={back} />}><Loading>{t('app.loading')}</Loading></Page>;
  const { known, draft } = held;
  if (!mayRevisePlan(stair.actor, known.mine).ok) {
    return <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<Bar title={t('plan.editTitle')} back={back} />}><EmptyNote>{t('refusal.plan.notAllowed')}</EmptyNote></Page>;
  }
  const latest = latestPlan(known.plans);
  const begun: Draft = draft ? (JSON.parse(draft) as Draft) : {
    seen: latest?.revision ?? 0, name: latest?.name ?? '', from: dayInJapan(now), clockMinutes: clockOf(latest),
    rows: known.organizations.filter(isMunicipality).map((town) => latest?.rows.find((row) => row.affected === town.id) ?? { affected: town.id, supporters: [] }),
  };
  return <Writing known={known} latest={latest} begun={begun} isDraft={draft !== undefined} />;
}

function Writing({ known, latest, begun, isDraft }: { known: Known; latest: Plan | undefined; begun: Draft; isDraft: boolean }) {
  const { t, language, refusal } = useWords();
  const frame = useFrame();
  const route = useRoute();
  const stair = useStair();
  const [words, setWords] = useState(begun);
  const [row, setRow] = useState<Id>();
  const [minutes, setMinutes] = useState<number | undefined>(clockOf(begun));
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();

  const change = (changed: Partial<Draft>): void => {
    const next = { ...words, ...changed };
    setWords(next);
    setTrouble(undefined);
    void stair.replica.outbox.draft.put({ place, text: JSON.stringify(next), at: stair.now() });
  };
  const supporters = (town: Id): readonly Supporter[] => words.rows.find((r) => r.affected === town)?.supporters ?? [];
  const put = (town: Id, order: readonly Supporter[]): void => {
    const changed: PlanRow = { affected: town, supporters: [...order] };
    change({ rows: words.rows.some((r) => r.affected === town) ? words.rows.map((r) => (r.affected === town ? changed : r)) : [...words.rows, changed] });
  };
  const discard = async (): Promise<void> => {
    await stair.replica.outbox.draft.delete(place);
    route.go('/plan');
  };
  const hasChanged = (town: Id): boolean => JSON.stringify(supporters(town)) !== JSON.stringify(latest?.rows.find((r) => r.affected === town)?.supporters ?? []);
  const today = dayInJapan(stair.now());
  const wrongClock = isWithin(minutes, ...clockRange) ? undefined : t('plan.clockWrong', { min: clockRange[0], max: clockRange[1] });
  // What would be saved is what stands: a version that says nothing new is none.
  const isNew = latest === undefined || words.name.trim() !== latest.name || words.from !== today || clockOf(words) !== clockOf(latest) || words.rows.some((r) => hasChanged(r.affected));
  const problems = checkPlan(words, known.organizations, known.rooms);
  const save = async (): Promise<void> => {
    const [first] = problems;
    if (!words.name.trim()) return setTrouble(t('incident.open.noName'));
    if (first) return setTrouble(refusal(first.code, first.params));
    setBusy(true);
    const sent = await stair.send(revisePlan, { ...words, rows: [...words.rows] });
    const answer = sent.ok ? await sent.answer : sent;
    setBusy(false);
    if (answer.ok) {
      await stair.replica.outbox.draft.delete(place);
      return route.go(`/plan?version=${words.seen + 1}`, { replace: true });
    }
    if (sent.ok) await stair.drop(sent.id);
    setTrouble(refusal(answer.code, answer.params));
  };
  const towns = known.organizations.filter(isMunicipality);
  return (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      head={<><Bar title={t('plan.editTitle')} subtitle={t('plan.unsaved')} back={{ label: t('app.back'), href: '/plan' }} actions={isDraft && <Button kind="quiet" onClick={discard}>{t('plan.discard')}</Button>} />{frame.bands}</>}
      side={<Pane at="side" label={t('plan.check')} head={<Bar level={2} title={t('plan.check')} subtitle={problems.length > 0 && t('plan.problems', { n: problems.length })} />}><div class="form"><Problems problems={problems} onOpen={setRow} /></div></Pane>}
      foot={<>
        {trouble && <FieldError>{trouble}</FieldError>}
        {!isNew && <p class="sub" id="plan-same">{t('plan.same')}</p>}
        <Button kind="main" wide disabled={!isNew || wrongClock !== undefined} describedBy={isNew ? undefined : 'plan-same'} busy={busy ? t('incident.open.busy') : undefined} onClick={save}>{t('plan.save', { n: words.seen + 1 })}</Button>
      </>}
    >
      <div class="form">
        <div class="cols">
          <Field label={t('plan.name')}>{(wiring) => <input {...wiring} value={words.name} maxLength={40} autocomplete="off" onInput={(event) => change({ name: event.currentTarget.value })} />}</Field>
          <Field label={t('plan.fromField')} hint={t('plan.fromHint')}>{(wiring) => <input {...wiring} type="date" value={words.from} onInput={(event) => { if (event.currentTarget.value) change({ from: event.currentTarget.value }); }} />}</Field>
          <Field label={t('plan.clock')} hint={t('plan.clockHint')}>{(wiring) => (
            <Stepper id={wiring.id} describedBy={wiring['aria-describedby']} label={t('plan.clock')} less={t('plan.clockShorter')} more={t('plan.clockLonger')} unit={t('plan.clockUnit')}
              value={minutes} onChange={(typed) => { setMinutes(typed); if (isWithin(typed, ...clockRange)) change({ clockMinutes: typed }); }} by={5} min={clockRange[0]} max={clockRange[1]} error={wrongClock} />
          )}</Field>
        </div>
        <div class="phone-only"><Problems problems={problems} onOpen={setRow} /></div>
      </div>
      <SectionHead title={t('plan.rows')} />
      <div class="plan-rows">{towns.map((town) => {
        const order = supporters(town.id);
        const isWrong = problems.some((p) => p.affected === town.id);
        return (
          <RoomRow key={town.id} mark={town.short} name={nameOf(known, town.id, language)} onClick={() => setRow(town.id)}
            tags={<>{hasChanged(town.id) && <Tag>{t('plan.changed')}</Tag>}{isWrong && <State kind="urgent">{t('plan.problems', { n: problems.filter((p) => p.affected === town.id).length })}</State>}</>}
            says={order.length > 0 ? <Supporters known={known} of={order} /> : t('plan.noneYet')} end={<Icon name="edit" />} />
        );
      })}</div>
      {row !== undefined && <RowSheet key={row} town={row} order={supporters(row)} known={known} problems={problems.filter((p) => p.affected === row)} onChange={(order) => put(row, order)} onClose={() => setRow(undefined)} />}
    </Page>
  );
}

/** What is still wrong, each a way to the line it is about. */
function Problems({ problems, onOpen }: { problems: readonly PlanProblem[]; onOpen: (town: Id) => void }) {
  const { t, refusal } = useWords();
  if (problems.length === 0) return <IconLine icon="check">{t('plan.noProblems')}</IconLine>;
  return (
    <ul class="plan-problems">
      {problems.map((p, i) => (
        <li key={i}>{p.affected
          ? <Button kind="quiet" icon="edit" onClick={() => onOpen(p.affected!)}>{refusal(p.code, p.params)}</Button>
          : refusal(p.code, p.params)}</li>
      ))}
    </ul>
  );
}

/** One town's supporters, in their order. Those who could hear its request are offered, the far ones with their distance. */
function RowSheet({ town, order, known, problems, onChange, onClose }: {
  town: Id; order: readonly Supporter[]; known: Known; problems: readonly PlanProblem[]; onChange: (order: readonly Supporter[]) => void; onClose: () => void;
}) {
  const { t, language, refusal } = useWords();
  const name = (id: Id): string => nameOf(known, id, language);
  const here = known.organizations.find((o) => o.id === town)!;
  const room = roomOf(town, known.rooms);
  const far = (id: Id): string => {
    const km = kilometres(here, known.organizations.find((o) => o.id === id) ?? {});
    return km === undefined ? '' : ` ${t('plan.km', { n: Math.round(km) })}`;
  };
  const offered = known.organizations.filter((o) => o.id !== town && o.kind !== 'prefecture' && room?.orgs.includes(o.id) && !order.some((s) => s.org === o.id));
  const swap = (i: number, by: 1 | -1): void => onChange(order.map((s, n) => (n === i ? order[i + by]! : n === i + by ? order[i]! : s)));
  return (
    <Sheet title={t('plan.editRow', { town: name(town) })} closeLabel={t('app.close')} onClose={onClose} place="right" foot={<Button wide onClick={onClose}>{t('plan.done')}</Button>}>
      <div class="form">
        {problems.map((p, i) => <FieldError key={i}>{refusal(p.code, p.params)}</FieldError>)}
        <ol class="plan-order">
          {order.map((s, i) => (
            <li key={s.org}>
              <span><Tag>{t(i === 0 ? 'incident.tile.primary' : 'incident.tile.secondary')}</Tag> <b>{name(s.org)}</b><span class="sub">{far(s.org)}</span></span>
              <span class="moves">
                <IconButton icon="up" label={t('plan.up', { town: name(s.org) })} disabled={i === 0} onClick={() => swap(i, -1)} />
                <IconButton icon="down" label={t('plan.down', { town: name(s.org) })} disabled={i === order.length - 1} onClick={() => swap(i, 1)} />
                <IconButton icon="close" label={t('plan.remove', { town: name(s.org) })} onClick={() => onChange(order.filter((_, n) => n !== i))} />
              </span>
              <ToggleChips legend={name(s.org)} quiet values={s.assumed ? ['assumed'] : []} onChange={(values) => onChange(order.map((one, n) => (n === i ? { ...one, assumed: values.length > 0 } : one)))}
                choices={[{ value: 'assumed', label: <>{t('plan.isAssumed')}<span class="sr">{name(s.org)}</span></> }]} />
            </li>
          ))}
        </ol>
        {order.length === 0 && <EmptyNote>{t('plan.noneYet')}</EmptyNote>}
        {offered.length > 0 && (
          <Field label={t('plan.addWhom')} hint={room?.name}>{(wiring) => (
            <select {...wiring} value="" onChange={(event) => { if (event.currentTarget.value) onChange([...order, { org: event.currentTarget.value, assumed: false }]); event.currentTarget.value = ''; }}>
              <option value="">{t('plan.choose')}</option>
              {offered.toSorted((a, b) => (kilometres(here, b) ?? 0) - (kilometres(here, a) ?? 0)).map((o) => <option key={o.id} value={o.id}>{name(o.id)}{far(o.id)}</option>)}
            </select>
          )}</Field>
        )}
      </div>
    </Sheet>
  );
}
