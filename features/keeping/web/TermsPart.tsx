import { Band, Button, Chips, EmptyNote, Field, FieldError, IconLine, SectionHead } from '@noroshi/foundations/ui';
import { useSending, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { raiseLeast, setTerm, terms, type Years } from '../term.ts';
import type { KeptProps } from './kept-props.ts';
import { firstTarget, TargetField, targetOf } from './TargetField.tsx';

/** 保存期間: what is set, and setting it. */
export default function TermsPart({ kept, rooms, incidents, again, call }: KeptProps) {
  const { t } = useWords();
  const sending = useSending();
  const [target, setTarget] = useState(firstTarget({ rooms, incidents }));
  const [years, setYears] = useState<`${Years}`>();
  const [done, setDone] = useState(false);
  const says = (n: number): string => (n === 0 ? t('keeping.forever') : t('keeping.years', { n }));
  const set = async (): Promise<void> => {
    if (years === undefined || !(await sending.send(setTerm, { ...targetOf(target), years: Number(years) }))) return;
    setDone(true);
    again();
  };
  return (
    <>
      <p>{t('keeping.termSays')}</p>
      <IconLine icon="doc">{t('keeping.leastSays', { n: kept.least === 0 ? t('keeping.forever') : t('keeping.years', { n: kept.least }) })}</IconLine>
      <section class="keeping-open">
        <TargetField incidents={incidents} rooms={rooms} value={target} onChange={(value) => { setTarget(value); setDone(false); }} />
        <Chips legend={t('keeping.term')} value={years} onChange={(value) => { setYears(value); setDone(false); }} choices={terms.map((n) => ({ value: `${n}` as const, label: says(n) }))} />
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        <p role="status">{done && t('keeping.termDone')}</p>
        <Button kind="main" wide disabled={years === undefined || target === ''} busy={sending.busy ? t('keeping.sending') : undefined} onClick={() => void set()}>{t('keeping.setTerm')}</Button>
      </section>
      <section>
        <SectionHead title={t('keeping.termsSet')} />
        {kept.terms.length === 0 && <EmptyNote>{t('keeping.noneSet')}</EmptyNote>}
        <ul class="keeping-list">{kept.terms.map((one) => <li key={one.room ?? one.incident}><p>{call(one)}　<b>{says(one.years)}</b></p></li>)}</ul>
      </section>
      <Least key={kept.least} least={kept.least} again={again} says={says} />
    </>
  );
}

/** The prefecture's own rule may ask for more; it is never lowered again, so it is asked once more. */
function Least({ least, again, says }: { least: number; again: () => void; says: (years: number) => string }) {
  const { t } = useWords();
  const sending = useSending();
  const longer = terms.filter((years) => least !== 0 && (years === 0 || years > least));
  const [years, setYears] = useState(longer[0]);
  const [sure, setSure] = useState(false);
  if (years === undefined) return null;
  const raise = async (): Promise<void> => { if (await sending.send(raiseLeast, { years })) again(); };
  return (
    <section class="keeping-open">
      <SectionHead title={t('keeping.least')} />
      <Field label={t('keeping.leastNew')} hint={t('keeping.leastHint')}>{(wiring) => (
        <select {...wiring} value={String(years)} onChange={(event) => { setYears(Number(event.currentTarget.value) as Years); setSure(false); }}>{longer.map((one) => <option key={one} value={one}>{says(one)}</option>)}</select>
      )}</Field>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {!sure && <Button wide onClick={() => setSure(true)}>{t('keeping.leastRaise')}</Button>}
      {sure && <><Band kind="low">{t('keeping.leastSure', { n: says(years) })}</Band><Button kind="main" wide busy={sending.busy ? t('keeping.sending') : undefined} onClick={() => void raise()}>{t('keeping.leastRaiseNow')}</Button><Button wide onClick={() => setSure(false)}>{t('keeping.notNow')}</Button></>}
    </section>
  );
}
