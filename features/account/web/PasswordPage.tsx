import { Bar, Button, FieldError, Loading, Note, Page, ToggleChips } from '@noroshi/foundations/ui';
import { useFrame, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { me } from '../me.ts';
import { changePassword, judgePassword, shortestPassword } from '../password.ts';
import { askAtDoor } from './ask-at-door.ts';
import './account.css';
import { PasswordField } from './PasswordField.tsx';

type Who = Awaited<ReturnType<typeof who>>;
const who = () => askAtDoor(me, {});

/** A password, for when one has to sign in anew. Who is on the line by an invitation may do without. */
export default function PasswordPage() {
  const { t, refusal } = useWords();
  const frame = useFrame();
  const [mine, setMine] = useState<Who>();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [endOthers, setEndOthers] = useState(false);
  const [trouble, setTrouble] = useState<{ at: 'current' | 'password' | 'form'; says: string }>();
  const [state, setState] = useState<'writing' | 'busy' | 'done'>('writing');
  useEffect(() => void who().then(setMine), []);

  const has = mine?.ok === true && mine.value.hasPassword;
  const login = mine?.ok === true ? mine.value.login : undefined;
  const own = mine?.ok === true ? [mine.value.name, mine.value.orgName, login ?? ''] : [];
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (state === 'busy') return;
    if (has && !current) return setTrouble({ at: 'current', says: t('door.passwordMissing') });
    if (password.length < shortestPassword) return setTrouble({ at: 'password', says: t('account.passwordShort', { min: shortestPassword }) });
    const judged = judgePassword(password, own);
    if (!judged.ok) return setTrouble({ at: 'password', says: refusal(judged.code) });
    setState('busy');
    setTrouble(undefined);
    const answer = await askAtDoor(changePassword, { ...(has ? { current } : {}), password, endOthers });
    if (answer.ok) {
      setCurrent('');
      setPassword('');
      void who().then(setMine);
      return setState('done');
    }
    setState('writing');
    const at = answer.code === 'account.wrongPassword' ? 'current' : answer.code === 'account.passwordGuessable' ? 'password' : 'form';
    setTrouble({ at, says: refusal(answer.code, answer.params) });
  };
  const error = (place: string): string | undefined => (trouble?.at === place ? trouble.says : undefined);
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('account.password')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {!mine && <Loading>{t('app.loading')}</Loading>}
      {mine && (
        <form class="form" onSubmit={(event) => void submit(event)} noValidate>
          <p class="sub">{t(has ? 'account.passwordSays' : 'account.passwordNone')}</p>
          {login && <p>{t('account.yourLogin')} <b>{login}</b></p>}
          {/* A password manager keeps it under this name. */}
          <input type="text" autocomplete="username" value={login ?? ''} readOnly hidden />
          {has && <PasswordField label={t('account.currentPassword')} error={error('current')} value={current} onValue={setCurrent} />}
          <PasswordField fresh label={t('account.newPassword')} hint={t('account.passwordHint', { min: shortestPassword })} error={error('password')} value={password} onValue={setPassword} />
          <ToggleChips legend={t('account.lostOne')} values={endOthers ? ['end'] : []} onChange={(values) => setEndOthers(values.length > 0)} choices={[{ value: 'end', label: t('account.endOthers'), whole: true }]} />
          {error('form') && <FieldError>{error('form')}</FieldError>}
          {state === 'done' && <div role="status"><Note>{t('account.passwordSet')}</Note></div>}
          <Button kind="main" type="submit" busy={state === 'busy' ? t('account.saving') : undefined}>{t('account.setPassword')}</Button>
        </form>
      )}
    </Page>
  );
}
