import { Button, Field, FieldError, SectionHead } from '@noroshi/foundations/ui';
import { ask, useWords } from '@noroshi/foundations/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import { useState } from 'preact/hooks';
import type { Hours, Mine } from '../device.ts';
import { setHours } from '../wishes.ts';

const written = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** The hours in which only the urgent wakes. */
export function QuietHours({ hours, onSaved }: { readonly hours: Hours | undefined; readonly onSaved: (how: Mine) => void }) {
  const { t, refusal } = useWords();
  const [begins, setBegins] = useState(written(hours?.begins ?? 22 * 60));
  const [ends, setEnds] = useState(written(hours?.ends ?? 6 * 60));
  const [trouble, setTrouble] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const save = async (wanted: Hours | undefined): Promise<void> => {
    setBusy(true);
    const told = await ask(setHours, wanted ? { hours: wanted } : {});
    setBusy(false);
    setTrouble(told.ok ? undefined : told);
    if (told.ok) onSaved(told.value);
  };
  const word = busy ? t('wake.working') : undefined;
  return (
    <>
      <SectionHead title={t('wake.hours')} aside={hours ? t('wake.hoursAre', { begins: written(hours.begins), ends: written(hours.ends) }) : t('wake.hoursNone')} />
      <p class="sub">{t('wake.hoursSay')}</p>
      <div class="waking-hours">
        <Field label={t('wake.hoursBegin')}>{(wiring) => <input {...wiring} type="time" required value={begins} onInput={(event) => setBegins(event.currentTarget.value)} />}</Field>
        <Field label={t('wake.hoursEnd')}>{(wiring) => <input {...wiring} type="time" required value={ends} onInput={(event) => setEnds(event.currentTarget.value)} />}</Field>
      </div>
      {trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>}
      <div class="row">
        <Button busy={word} disabled={!begins || !ends} onClick={() => void save({ begins: minuteOf(begins), ends: minuteOf(ends) })}>{t('wake.hoursSave')}</Button>
        {hours && <Button kind="quiet" busy={word} onClick={() => void save(undefined)}>{t('wake.hoursClear')}</Button>}
      </div>
    </>
  );
}
