import { Button, EmptyNote, FieldError, Loading } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { acceptInvitation, openInvitation } from '../invitation.ts';
import { askAtDoor } from './ask-at-door.ts';
import { claimOf } from './claim.ts';
import { FirstDoor } from './FirstDoor.tsx';

type Opened = Awaited<ReturnType<typeof look>>;
const look = (token: string) => askAtDoor(openInvitation, { token });

interface InviteDoorProps {
  readonly token: string;
  /** They are in, and go on at this place. */
  readonly onEntered: (next?: string) => void;
}

/** An invitation: open the link, say that it is you, begin. Three taps put a phone on the line. */
export function InviteDoor({ token, onEntered }: InviteDoorProps) {
  const { t, refusal, moment } = useWords();
  const [opened, setOpened] = useState<Opened>();
  const [state, setState] = useState<'asked' | 'busy' | 'in'>('asked');
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => void look(token).then(setOpened), [token]);

  if (!opened) return <Loading>{t('app.loading')}</Loading>;
  if (!opened.ok) {
    const away = opened.code === 'line.away';
    return (
      <>
        <h2>{t('invite.title')}</h2>
        <EmptyNote>{refusal(opened.code, opened.params)}</EmptyNote>
        {away
          ? <Button kind="main" onClick={() => { setOpened(undefined); void look(token).then(setOpened); }}>{t('door.again')}</Button>
          : <Button href="/">{t('invite.toDoor')}</Button>}
      </>
    );
  }
  const { kind, name, orgName, expiresAt } = opened.value;
  if (kind === 'first') return <FirstDoor token={token} prefecture={orgName} onEntered={() => onEntered('/admin/import')} />;
  if (state === 'in') {
    return (
      <>
        <h2>{t('invite.in')}</h2>
        <p>{t('invite.inSays')}</p>
        <Button kind="main" wide onClick={() => onEntered('/welcome')}>{t('invite.begin')}</Button>
        <Button wide onClick={() => onEntered('/account/password')}>{t('invite.password')}</Button>
      </>
    );
  }
  const accept = async (): Promise<void> => {
    setState('busy');
    setTrouble(undefined);
    const answer = await askAtDoor(acceptInvitation, { token, claim: claimOf(token) });
    if (answer.ok) return setState('in');
    setState('asked');
    setTrouble(refusal(answer.code, answer.params));
  };
  return (
    <>
      <h2>{t('invite.isThisYou')}</h2>
      <p class="invited"><span>{orgName}</span><b>{t('invite.name', { name: name ?? '' })}</b></p>
      <p class="sub">{t('invite.says', { until: moment(expiresAt) })}</p>
      {trouble && <FieldError>{trouble}</FieldError>}
      <Button kind="main" wide busy={state === 'busy' ? t('door.entering') : undefined} onClick={() => void accept()}>{t('invite.yes')}</Button>
      <details><summary>{t('invite.no')}</summary><p>{t('invite.noHelp')}</p></details>
    </>
  );
}
