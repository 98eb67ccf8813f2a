import { Button, Field, IconButton, SectionHead } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { phoneKinds, type Phone } from '../person.ts';

/** A number while it is being written. */
export interface PhoneDraft<K extends string = Phone['kind']> { readonly kind: K; readonly number: string; readonly priority?: boolean | undefined }

interface NumbersFieldProps<K extends string> {
  readonly phones: readonly PhoneDraft<K>[];
  readonly onChange: (phones: readonly PhoneDraft<K>[]) => void;
  /** Why a number was refused, under `phone0`, `phone1` … */
  readonly errors: Readonly<Record<string, string>>;
  readonly kinds: readonly K[];
  readonly kindSays: (kind: K) => string;
  /** Of which kind one is that is added. */
  readonly usual: (no: number) => K;
  /** Whether one can be a priority line. */
  readonly priority?: boolean;
}

/** Several numbers, in the order in which they are to be tried. */
export function NumbersField<K extends string>({ phones, onChange, errors, kinds, kindSays, usual, priority }: NumbersFieldProps<K>) {
  const { t } = useWords();
  const put = (at: number, changed: Partial<PhoneDraft<K>>): void => onChange(phones.map((phone, i) => (i === at ? { ...phone, ...changed } : phone)));
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
                <select class="input" value={phone.kind} onChange={(event) => { const kind = kinds[event.currentTarget.selectedIndex]; if (kind !== undefined) put(i, { kind }); }}>
                  {kinds.map((kind) => <option key={kind} value={kind}>{kindSays(kind)}</option>)}
                </select>
              </label>
              {priority && <label class="mark-priority"><input type="checkbox" checked={phone.priority ?? false} onChange={(event) => put(i, { priority: event.currentTarget.checked || undefined })} /> {t('people.priority')}</label>}
              <span class="end row">
                {i > 0 && <IconButton icon="up" label={t('people.phoneUp', { n: i + 1 })} onClick={() => up(i)} />}
                <IconButton icon="close" label={t('people.phoneRemove', { n: i + 1 })} onClick={() => onChange(phones.filter((_, n) => n !== i))} />
              </span>
            </div>
          </li>
        ))}
      </ol>
      {priority && <p class="sub">{t('people.priorityMeans')}</p>}
      {phones.length < 8 && <Button icon="plus" onClick={() => onChange([...phones, { kind: usual(phones.length), number: '' }])}>{t('people.phoneAdd')}</Button>}
    </section>
  );
}

/** The numbers of someone with an account. */
export function PhonesField(props: Pick<NumbersFieldProps<Phone['kind']>, 'phones' | 'onChange' | 'errors'>) {
  const { t } = useWords();
  return <NumbersField {...props} kinds={phoneKinds} kindSays={(kind) => t(`phone.${kind}`)} usual={(no) => (no === 0 ? 'mobile' : 'direct')} priority />;
}
