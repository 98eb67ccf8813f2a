import { Button, Field } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { digitsOf, enterByNumber, inHalves, numberDigits } from '../number.ts';
import { askAtDoor } from './ask-at-door.ts';
import { claimOf } from './claim.ts';

/** Coming in by the number that another device of one's own shows. What was typed stays until it was right. */
export function NumberDoor({ onEntered, onOther }: { onEntered: () => void; onOther: () => void }) {
  const { t, refusal } = useWords();
  const [typed, type] = useState('');
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const number = digitsOf(typed);
    if (number.length !== numberDigits) return setTrouble(t('number.short', { n: numberDigits }));
    setBusy(true);
    setTrouble(undefined);
    const answer = await askAtDoor(enterByNumber, { number, claim: claimOf(number) });
    setBusy(false);
    if (answer.ok) return onEntered();
    setTrouble(refusal(answer.code, answer.params));
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('number.enter')}</h2>
      <p>{t('number.where')}</p>
      <Field label={t('number.number')} hint={t('number.hint')} error={trouble}>
        {(wiring) => <input {...wiring} class="number-typed" inputMode="numeric" autocomplete="one-time-code" placeholder={inHalves('0'.repeat(numberDigits))} value={typed} onInput={(event) => type(event.currentTarget.value)} />}
      </Field>
      <Button kind="main" type="submit" wide busy={busy ? t('door.entering') : undefined}>{t('door.enter')}</Button>
      <Button wide onClick={onOther}>{t('number.toLogin')}</Button>
    </form>
  );
}
