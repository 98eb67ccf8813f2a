import { Button, Chips, EmptyNote, FieldError, IconLine, SectionHead } from '@noroshi/foundations/ui';
import { useSending, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { setTerm, terms, type Years } from '../term.ts';
import type { KeptProps } from './KeptPart.tsx';
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
    </>
  );
}
