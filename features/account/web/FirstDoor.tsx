import type { Refusal } from '@noroshi/foundations/kernel';
import { Button, Field, FieldError } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { beginHouse } from '../invitation.ts';
import { shortestPassword } from '../password.ts';
import { askAtDoor } from './ask-at-door.ts';
import { claimOf } from './claim.ts';
import { PasswordField } from './PasswordField.tsx';

interface FirstDoorProps {
  readonly token: string;
  /** The prefecture's name, where the directory already has one. */
  readonly prefecture: string | undefined;
  readonly onEntered: () => void;
}

const places = ['prefecture', 'prefectureKana', 'prefectureRomaji', 'code', 'name', 'kana', 'login', 'password'] as const;
type Place = (typeof places)[number];

/** The very first link: who is the administrator, and which prefecture is it? */
export function FirstDoor({ token, prefecture, onEntered }: FirstDoorProps) {
  const { t, refusal, language } = useWords();
  const [told, tell] = useState<Readonly<Record<Place, string>>>({ prefecture: '', prefectureKana: '', prefectureRomaji: '', code: '', name: '', kana: '', login: '', password: '' });
  const [trouble, setTrouble] = useState<{ at: Place | 'form'; says: string }>();
  const [busy, setBusy] = useState(false);
  const asked = places.filter((place) => prefecture === undefined || !['prefecture', 'prefectureKana', 'prefectureRomaji', 'code'].includes(place));
  const error = (place: Place | 'form'): string | undefined => (trouble?.at === place ? trouble.says : undefined);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const empty = asked.find((place) => told[place].trim() === '' && place !== 'code');
    if (empty) return setTrouble({ at: empty, says: t('first.missing') });
    if (told.password.length < shortestPassword) return setTrouble({ at: 'password', says: t('account.passwordShort', { min: shortestPassword }) });
    setBusy(true);
    setTrouble(undefined);
    const { name, kana, login, password } = told;
    const answer = await askAtDoor(beginHouse, {
      token, name: name.trim(), kana: kana.trim(), login: login.trim(), password, language, claim: claimOf(token),
      ...(prefecture === undefined ? {
        organization: {
          name: told.prefecture.trim(), kana: told.prefectureKana.trim(), romaji: told.prefectureRomaji.trim(), short: t('first.mark'),
          ...(told.code.trim() ? { code: told.code.trim() } : {}),
        },
      } : {}),
    });
    setBusy(false);
    if (answer.ok) return onEntered();
    const at = placeOf(answer);
    setTrouble({ at, says: at === 'code' ? t('organizations.codeWrong') : refusal(answer.code, answer.params) });
  };
  const text = (place: Exclude<Place, 'password'>, more: { autocomplete?: string; inputMode?: 'numeric'; lang?: string } = {}) => (
    <Field label={t(`first.${place}`)} hint={place === 'code' ? t('first.codeHint') : place === 'login' ? t('first.loginHint') : undefined} error={error(place)}>
      {(wiring) => <input {...wiring} {...more} value={told[place]} onInput={(event) => { const { value } = event.currentTarget; tell((now) => ({ ...now, [place]: value })); }} />}
    </Field>
  );
  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      <h2>{t('first.title')}</h2>
      <p>{t('first.says')}</p>
      {prefecture === undefined && <>{text('prefecture')}{text('prefectureKana')}{text('prefectureRomaji', { lang: 'en' })}{text('code', { inputMode: 'numeric' })}</>}
      {text('name', { autocomplete: 'name' })}
      {text('kana')}
      {text('login', { autocomplete: 'username' })}
      <PasswordField fresh label={t('door.password')} hint={t('account.passwordHint', { min: shortestPassword })} error={error('password')} value={told.password} onValue={(password) => tell((now) => ({ ...now, password }))} />
      {error('form') && <FieldError>{error('form')}</FieldError>}
      <Button kind="main" type="submit" wide busy={busy ? t('door.entering') : undefined}>{t('first.begin')}</Button>
    </form>
  );
}

/** Beside which field a refusal stands. */
function placeOf({ code, params }: Refusal): Place | 'form' {
  if (code === 'account.passwordGuessable') return 'password';
  if (code === 'account.loginTaken') return 'login';
  const at = String(params?.['at'] ?? '');
  if (at === 'organization.code') return 'code';
  if (at === 'organization.name') return 'prefecture';
  return places.find((place) => place === at) ?? 'form';
}
