import type { Words } from '@noroshi/foundations/i18n';
import { WholeWordsContext, WordsContext } from '@noroshi/foundations/web';
import '@noroshi/foundations/ui';
import type { ComponentType } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { doorPath, invitationPath, loadDoor } from '@noroshi/features/account/door';
import { App } from './App.tsx';
import { hasLeft } from '@noroshi/foundations/sync/web';
import { askMe, isKept, keepMe, keptMe, type Me } from './me.ts';
import type { Unsent } from './forget.ts';
import { forgetOthers } from './others.ts';
import { allWords, firstWords, someWords } from './sentences.ts';
import { readSettings, showSettings, writeSettings, type Settings } from './settings.ts';
import { SettingsContext } from './settings-context.ts';
import { hasRead } from './stair.ts';

type Door = ComponentType<{ readonly onEntered: () => void; readonly onLanguage: (language: Settings['language']) => void; readonly unsent: readonly Unsent[] }>;

const after = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
/** The first screen has the line to itself for a moment, and what is to be read on it until it is there. */
const settled = (): Promise<unknown> => Promise.all([after(4_000), hasRead]);

/** Finds out who is here and in which language, and opens the house or the door. */
export function Boot() {
  const [settings, setSettings] = useState(readSettings);
  const [speech, setSpeech] = useState<Words | undefined>(() => (settings.language === 'ja' ? firstWords() : undefined));
  const [me, setMe] = useState<Me | undefined | 'asking'>(() => {
    if (hasLeft()) keepMe(undefined);
    return keptMe() ?? 'asking';
  });
  const [unsent, setUnsent] = useState<readonly Unsent[]>([]);
  const forgetting = useRef<Promise<void>>(Promise.resolve());
  const [Door, setDoor] = useState<Door>();
  // An invitation is opened at the door even by a device that someone is signed in on: it may be for someone else.
  const atDoor = me === undefined || location.pathname === invitationPath || location.pathname === doorPath;

  useEffect(() => {
    const { language } = settings;
    let current = true;
    const say = (some: Words): void => { if (current) setSpeech(some); };
    // The door's own sentences are not among the first, and it has nothing else to wait for.
    const spoken = atDoor ? Promise.resolve() : someWords(language).then(say).then(settled);
    void spoken.then(() => allWords(language)).then(say).catch(() => undefined);
    return () => { current = false; };
  }, [settings.language, atDoor]);
  useEffect(() => showSettings(settings), [settings]);
  const whole = useCallback(async () => {
    // What people wrote, and what they write now, is not to wait behind all sentences of the house; but nobody waits for long.
    await Promise.race([after(10_000), hasRead]);
    setSpeech(await allWords(settings.language));
  }, [settings.language]);

  const ask = useCallback(async () => {
    const said = await askMe();
    // Out of reach is no reason to close the house to someone who was in it, nor is a session that nobody has ended.
    if (said === 'away' || said === 'unknown') return setMe((now) => (now === 'asking' ? undefined : now));
    const who = said === 'ended' ? undefined : said;
    // Whoever comes back at once is not to meet what is just being taken away.
    await forgetting.current;
    keepMe(who);
    if (!who && location.pathname !== invitationPath) history.replaceState(null, '', '/');
    // The same person again is no reason to come onto the line anew.
    setMe((now) => (JSON.stringify(now) === JSON.stringify(who) ? now : who));
  }, []);
  useEffect(() => void ask(), [ask]);
  useEffect(() => {
    // Whoever leaves in one window leaves in all.
    const hear = (change: StorageEvent): void => { if (isKept(change)) setMe(keptMe()); };
    addEventListener('storage', hear);
    return () => removeEventListener('storage', hear);
  }, []);
  const here = me === 'asking' ? me : me?.person;
  useEffect(() => {
    if (here !== 'asking') forgetting.current = forgetOthers(here).then(setUnsent).catch((error: unknown) => console.error(error));
  }, [here]);

  useEffect(() => {
    if (atDoor) void Promise.all([loadDoor(), allWords(settings.language)]).then(([{ DoorPage }]) => setDoor(() => DoorPage));
  }, [atDoor]);

  if (!speech || me === 'asking') return null;
  const change = (changed: Partial<Settings>): void => {
    const next = { ...settings, ...changed };
    writeSettings(next);
    setSettings(next);
  };
  return (
    <SettingsContext.Provider value={{ settings, change }}>
      <WholeWordsContext.Provider value={whole}><WordsContext.Provider value={speech}>
        {!atDoor ? <App key={me.person} me={me} onSignedOut={ask} /> : Door ? <Door unsent={unsent} onEntered={ask} onLanguage={(language) => change({ language })} /> : null}
      </WordsContext.Provider></WholeWordsContext.Provider>
    </SettingsContext.Provider>
  );
}
