import { Button, Field, IconButton, SectionHead } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { phoneKinds, type Phone } from '../person.ts';

/** A number while it is being written. */
export interface PhoneDraft { readonly kind: Phone['kind']; readonly number: string; readonly priority?: boolean | undefined }

interface PhonesFieldProps {
  readonly phones: readonly PhoneDraft[];
  readonly onChange: (phones: readonly PhoneDraft[]) => void;
  /** Why a number was refused, under `phone0`, `phone1` … */
  readonly errors: Readonly<Record<string, string>>;
}

/** Several numbers, in the order in which they are to be tried. */
export function PhonesField({ phones, onChange, errors }: PhonesFieldProps) {
  const { t } = useWords();
  const put = (at: number, changed: Partial<PhoneDraft>): void => onChange(phones.map((phone, i) => (i === at ? { ...phone, ...changed } : phone)));
  const up = (at: number): void => onChange(phones.map((phone, i) => (i === at - 1 ? phones[at]! : i === at ? phones[at - 1]! : phone)));
  return (
    <section aria-labelledby="numbers">
      <SectionHead id="numbers" title={t('people.phones')} aside={t('people.phonesOrder')} />
      <ol class="phones">
        {phones.map((phone, i) => (
          <li key={i}>
            <Field label={t('people.phoneNo', { n: i + 1 })} error={errors[`phone${i}`]}>
              {(wiring) => <input {...wiring} type="tel" inputMode="tel" autocomplete="off" value={phone.number} onInput={(event) => put(i, { number: event.currentTarget.value })} />}
            </Field>
            <div class="row">
              <label class="kind"><span class="sr">{t('people.phoneKind', { n: i + 1 })}</span>
                <select class="input" value={phone.kind} onChange={(event) => put(i, { kind: event.currentTarget.value as Phone['kind'] })}>
                  {phoneKinds.map((kind) => <option key={kind} value={kind}>{t(`phone.${kind}`)}</option>)}
                </select>
              </label>
              <label class="mark-priority"><input type="checkbox" checked={phone.priority ?? false} onChange={(event) => put(i, { priority: event.currentTarget.checked || undefined })} /> {t('people.priority')}</label>
              <span class="end row">
                {i > 0 && <IconButton icon="up" label={t('people.phoneUp', { n: i + 1 })} onClick={() => up(i)} />}
                <IconButton icon="close" label={t('people.phoneRemove', { n: i + 1 })} onClick={() => onChange(phones.filter((_, n) => n !== i))} />
              </span>
            </div>
          </li>
        ))}
      </ol>
      <p class="sub">{t('people.priorityMeans')}</p>
      {phones.length < 8 && <Button icon="plus" onClick={() => onChange([...phones, { kind: phones.length === 0 ? 'mobile' : 'direct', number: '' }])}>{t('people.phoneAdd')}</Button>}
    </section>
  );
}
