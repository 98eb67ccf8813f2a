import type { Language } from '@noroshi/foundations/i18n';
import { Band, Bar, Button, EmptyNote, Loading, Page } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { demoPeople } from '../demo.ts';
import { askAtDoor } from './ask-at-door.ts';
import { DemoDoor } from './DemoDoor.tsx';
import './account.css';
import './door.css';
import { doorPath, invitationPath } from './invitation-path.ts';
import { InviteDoor } from './InviteDoor.tsx';
import { NumberDoor } from './NumberDoor.tsx';
import { SignInDoor } from './SignInDoor.tsx';

interface DoorPageProps {
  /** Someone is in: ask again who. */
  readonly onEntered: () => void;
  /** The language of this device changes. */
  readonly onLanguage?: ((language: Language) => void) | undefined;
  /** Who has said something on this device that could not be sent before they were signed out. */
  readonly unsent?: readonly { readonly person: string; readonly name: string | undefined; readonly count: number }[] | undefined;
}

/** The door of the house, for whoever is not in yet. It stands outside the stair and knows only words. */
export function DoorPage({ onEntered, onLanguage, unsent = [] }: DoorPageProps) {
  const { t, language } = useWords();
  const [invitation] = useState(() => (location.pathname === invitationPath ? location.hash.slice(1) : undefined));
  const entered = useCallback((next = '/') => {
    // The invitation is used up: its secret stays neither in the address nor in the history.
    if (invitation !== undefined || location.pathname === doorPath) history.replaceState(null, '', next);
    onEntered();
  }, [invitation, onEntered]);
  const other: Language = language === 'ja' ? 'en' : 'ja';
  return (
    <Page
      skipLabel={t('app.skip')}
      content="form door"
      head={
        <Bar
          title={t('app.name')}
          subtitle={t('door.what')}
          logo={<img src="/icon.svg" alt="" width="44" height="44" />}
          actions={onLanguage && <Button kind="quiet" onClick={() => onLanguage(other)}><span lang={other}>{other === 'en' ? 'English' : '日本語'}</span></Button>}
        />
      }
    >
      {unsent.map(({ person, name, count }) => <Band key={person} kind="off">{name === undefined ? t('door.unsentSomeone', { n: count }) : t('door.unsent', { name, n: count })}</Band>)}
      {invitation === undefined ? <UsualDoor onEntered={entered} /> : <InviteDoor token={invitation} onEntered={entered} />}
      {/* Whoever has an invitation is led to the icon, and a telephone is nobody's but theirs: a first screen says only what is to be done on it. */}
      {invitation === undefined && <p class="sub">{t('door.install')}</p>}
      {(invitation === undefined || matchMedia('(pointer: fine)').matches) && <p class="sub">{t('door.shared')}</p>}
    </Page>
  );
}

const askDemo = () => askAtDoor(demoPeople, {});

/** Signing in; in the demo, choosing whom to be. Which of the two, only the server knows. */
function UsualDoor({ onEntered }: { onEntered: () => void }) {
  const { t, refusal } = useWords();
  const [people, setPeople] = useState<Awaited<ReturnType<typeof askDemo>>>();
  // Opened from an icon, it is most often the first time: whoever put it there is in beside it, and has a number.
  const [byNumber, choose] = useState(() => matchMedia('(display-mode: standalone)').matches);
  const ask = useCallback(async () => setPeople(await askDemo()), []);
  useEffect(() => void ask(), [ask]);
  if (!people) return <Loading>{t('app.loading')}</Loading>;
  if (people.ok) return <DemoDoor people={people.value} onEntered={onEntered} />;
  if (people.code === 'command.unknown') {
    return byNumber
      ? <NumberDoor onEntered={onEntered} onOther={() => choose(false)} />
      : <SignInDoor onEntered={onEntered} onOther={() => choose(true)} />;
  }
  return (
    <>
      <EmptyNote>{refusal(people.code, people.params)}</EmptyNote>
      <Button kind="main" onClick={() => { setPeople(undefined); void ask(); }}>{t('door.again')}</Button>
    </>
  );
}
