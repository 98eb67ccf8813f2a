import { Button, Field, FieldError } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { signIn } from '../sign-in.ts';
import { askAtDoor } from './ask-at-door.ts';
import { PasswordField } from './PasswordField.tsx';

/** Signing in with a password. What was written stays, whatever comes of it. */
export function SignInDoor({ onEntered, onOther }: { onEntered: () => void; onOther: () => void }) {
  const { t, refusal } = useWords();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [trouble, setTrouble] = useState<{ at: 'login' | 'password' | 'form'; says: string }>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (!login.trim()) return setTrouble({ at: 'login', says: t('door.loginMissing') });
    if (!password) return setTrouble({ at: 'password', says: t('door.passwordMissing') });
    setBusy(true);
    setTrouble(undefined);
    const answer = await askAtDoor(signIn, { login: login.trim(), password });
    setBusy(false);
    if (answer.ok) return onEntered();
    const says = refusal(answer.code, answer.params);
    setTrouble({ at: answer.code === 'account.wrong' ? 'password' : 'form', says });
  };
  const at = (place: string): string | undefined => (trouble?.at === place ? trouble.says : undefined);
  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('door.signIn')}</h2>
      <Field label={t('door.login')} hint={t('door.loginHint')} error={at('login')}>
        {(wiring) => <input {...wiring} autocomplete="username" autocapitalize="none" spellcheck={false} value={login} onInput={(event) => setLogin(event.currentTarget.value)} />}
      </Field>
      <PasswordField label={t('door.password')} error={at('password')} value={password} onValue={setPassword} />
      {at('form') && <FieldError>{at('form')}</FieldError>}
      <Button kind="main" type="submit" wide busy={busy ? t('door.entering') : undefined}>{t('door.enter')}</Button>
      <Button wide onClick={onOther}>{t('number.toNumber')}</Button>
      <details><summary>{t('door.lost')}</summary><p>{t('door.lostHelp')}</p></details>
    </form>
  );
}
