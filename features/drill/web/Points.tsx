import { Button, Field, FieldError, State, type StateKind } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { useLive, useNow, useSending, useStair, useSteps, useWords, type Sending } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { addPoint, isOpenPoint, movePoint, pointMovesFor, type Improvement } from '../improvement.ts';
import type { Known } from './known.ts';

const kinds: Readonly<Record<Improvement['state'], StateKind>> = { open: 'quiet', begun: 'doing', done: 'ok', cancelled: 'plain' };

/** 改善事項, each with its owner, its time and how far it is; and the presses of those who may. */
export function Points({ points, known }: { points: readonly Improvement[]; known: Known }) {
  const sending = useSending();
  return (
    <>
      {sending.trouble && <div class="drill-pad"><FieldError>{sending.trouble}</FieldError></div>}
      <ol class="drill-list">{points.toSorted((a, b) => Number(!isOpenPoint(a)) - Number(!isOpenPoint(b)) || (a.due ?? Infinity) - (b.due ?? Infinity)).map((one) => <Point key={one.id} one={one} known={known} sending={sending} />)}</ol>
    </>
  );
}

function Point({ one, known, sending }: { one: Improvement; known: Known; sending: Sending }) {
  const { t, day, dayNumber } = useWords();
  const { actor } = useStair();
  const now = useNow();
  const steps = useSteps(one.steps.length);
  const headquarters = known.drills.find(({ id }) => id === one.incident)?.headquarters ?? '';
  const may = pointMovesFor(actor, one, headquarters);
  const late = isOpenPoint(one) && one.due !== undefined && dayNumber(one.due) < dayNumber(now);
  const go = async (state: Improvement['state']): Promise<void> => {
    if (!(await sending.send(movePoint, { point: one.id, incident: one.incident, state, sees: steps.take() }))) steps.back();
  };
  return (
    <li>
      <p class="drill-words">{one.text}</p>
      <p class="drill-head">
        <State kind={late ? 'short' : kinds[one.state]}>{late ? t('drill.overdue') : t(`drill.state.${one.state}`)}</State>
        <span>{[known.org(one.owner), one.person && known.person(one.person)].filter(Boolean).join(' ')}</span>
        {one.due !== undefined && <span class="sub">{t('drill.dueIs', { day: day(one.due) })}</span>}
      </p>
      {isOpenPoint(one) && may.length > 0 && (
        <p class="drill-acts">{(['begun', 'done', 'cancelled'] as const).filter((state) => may.includes(state)).map((state) => (
          <Button key={state} kind={state === 'cancelled' ? 'quiet' : 'plain'} icon={state === 'done' ? 'check' : state === 'begun' ? 'dot' : 'close'} onClick={() => void go(state)}>
            {t(`drill.move.${state}`)}<span class="sr"> {one.text}</span>
          </Button>
        ))}</p>
      )}
    </li>
  );
}

interface Draft { readonly text: string; readonly owner: string; readonly person: string; readonly due: string }
const empty: Draft = { text: '', owner: '', person: '', due: '' };

/** Writes one down. What is half written stays on the device. */
export function AddPoint({ incident, known }: { incident: Id; known: Known }) {
  const { t } = useWords();
  const stair = useStair();
  const sending = useSending();
  const place = `drill/${incident}`;
  const kept = useLive(async ({ replica }) => { const draft = await replica.outbox.draft.get(place); return draft ? JSON.parse(draft.text) as Draft : empty; }, [place]);
  const [typed, type] = useState<Draft>();
  const [pressed, press] = useState(false);
  const draft = typed ?? kept ?? empty;
  const change = (more: Partial<Draft>): void => {
    const next = { ...draft, ...more };
    type(next);
    void stair.replica.outbox.draft.put({ place, text: JSON.stringify(next), at: stair.now() });
  };
  const send = async (): Promise<void> => {
    press(true);
    if (!draft.text.trim() || !draft.owner) return;
    const due = draft.due ? Date.parse(`${draft.due}T23:59:00+09:00`) : undefined;
    if (!await sending.send(addPoint, { incident, text: draft.text.trim(), owner: draft.owner, ...(draft.person ? { person: draft.person } : {}), ...(due === undefined ? {} : { due }) })) return;
    type(empty);
    press(false);
    await stair.replica.outbox.draft.delete(place);
  };
  // Whoever wrote before what is kept was read would write over it.
  if (!kept) return null;
  return (
    <div class="form">
      <h3>{t('drill.addPoint')}</h3>
      <Field label={t('drill.pointText')} error={pressed && !draft.text.trim() ? t('drill.textMissing') : undefined}>{(wiring) => <textarea {...wiring} rows={3} maxLength={500} value={draft.text} onInput={(event) => change({ text: event.currentTarget.value })} />}</Field>
      <div class="cols">
        <Field label={t('drill.owner')} error={pressed && !draft.owner ? t('drill.ownerMissing') : undefined}>{(wiring) => (
          <select {...wiring} value={draft.owner} onChange={(event) => change({ owner: event.currentTarget.value, person: '' })}>
            <option value="">{t('drill.choose2')}</option>
            {known.organizations.filter(({ kind }) => kind !== 'outside').map(({ id }) => <option key={id} value={id}>{known.org(id)}</option>)}
          </select>
        )}</Field>
        <Field label={t('drill.ownerPerson')}>{(wiring) => (
          <select {...wiring} value={draft.person} onChange={(event) => change({ person: event.currentTarget.value })}>
            <option value="">{t('drill.anyone')}</option>
            {known.people.filter((one) => one.org === draft.owner && one.role !== 'guest').map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        )}</Field>
        <Field label={t('drill.due')}>{(wiring) => <input type="date" {...wiring} value={draft.due} onChange={(event) => change({ due: event.currentTarget.value })} />}</Field>
      </div>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button kind="strong" icon="plus" busy={sending.busy ? t('app.loading') : undefined} onClick={() => void send()}>{t('drill.add')}</Button>
    </div>
  );
}
