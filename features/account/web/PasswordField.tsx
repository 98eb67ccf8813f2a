import { Button, Field } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';

interface PasswordFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Tells a password manager which of the two it is. */
  readonly fresh?: boolean | undefined;
}

/** A password, which one may look at while writing it: many fail on a phone's keyboard and not on their memory. */
export function PasswordField({ label, hint, error, value, onValue, fresh }: PasswordFieldProps) {
  const { t } = useWords();
  const [shown, show] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <div class="password">
          <input {...wiring} {...(shown ? { type: 'text' as const } : { type: 'password' as const })} autocomplete={fresh ? 'new-password' : 'current-password'} autocapitalize="none" spellcheck={false}
            value={value} onInput={(event) => onValue(event.currentTarget.value)} />
          <Button icon="eye" pressed={shown} onClick={() => show(!shown)}>{t('door.showPassword')}</Button>
        </div>
      )}
    </Field>
  );
}
