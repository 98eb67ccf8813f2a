import { Button, EmptyNote, HelpContext, Loading, Page } from '@noroshi/foundations/ui';
import { organization, type Organization } from '@noroshi/features/directory';
import { FilesContext } from '@noroshi/foundations/files/web';
import type { Words } from '@noroshi/foundations/i18n';
import { FrameContext, match, NamesContext, RoomsContext, RouteContext, StairContext, useFrame, useLive, useRooms, useSheet, useWords, WordsContext, type Line, type PageProps, type WebPage, type WebRoom } from '@noroshi/foundations/web';
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { firstRooms } from '../features.ts';
import { Bands, LineBands } from './Bands.tsx';
import { keptMe, type Me } from './me.ts';
import { MeContext, useMe } from './me-context.ts';
import { NewerContext } from './newer-context.ts';
import { Navigation, unreadInAll } from './Navigation.tsx';
import { RoomPane, Rooms } from './RoomPane.tsx';
import { useBrowserRoute } from './route.ts';
import { allWords } from './sentences.ts';
import { Sparing } from './Sparing.tsx';
import { hasRead, openStair } from './stair.ts';

/** All rooms of the house, the first among them: fetched behind the first screen, or with the first page of another. */
const allRooms = async (): Promise<readonly WebRoom[]> => (await import('../rooms.ts')).rooms;

const own: readonly WebPage[] = [
  { path: '/', load: async () => ({ default: (await import('./HomePage.tsx')).HomePage }) },
  { path: '/more', load: async () => ({ default: (await import('./MorePage.tsx')).MorePage }) },
  { path: '/waiting', load: async () => ({ default: (await import('./weather/WaitingPage.tsx')).WaitingPage }) },
  { path: '/settings', load: async () => ({ default: (await import('./SettingsPage.tsx')).SettingsPage }) },
];
/** These bring their sentences with them; a page that waits for none would stand there with bare buttons. */
const spokenAtOnce: ReadonlySet<string> = new Set(['/', '/talk', '/talk/:room']);
/** The page of this path. What one may not see does not exist. */
function pageAt(path: string, rooms: readonly WebRoom[], isGuest: boolean): WebPage | undefined {
  return [own, ...rooms.map(({ pages = [], inside }) => (inside && isGuest ? [] : pages))].flat().find((page) => match(page.path, path));
}

const loadHelp = async () => ({ default: (await import('./help/HelpSheet.tsx')).HelpSheet });
const loadTitle = async () => ({ default: (await import('./TabTitle.tsx')).TabTitle });

/** The house from within. */
export function App({ me, onSignedOut }: { me: Me; onSignedOut: () => void }) {
  const route = useBrowserRoute();
  const { t, language } = useWords();
  const [line, setLine] = useState<Line>({ state: 'connecting', since: Date.now(), bad: false });
  const [opened, setOpened] = useState<ReturnType<typeof openStair>>();
  const [stores, lose] = useState(0);
  const drafts = useRef(new Map<string, string>());
  useEffect(() => {
    const open = openStair(me, (state, code, bad) => {
      setLine((now) => (now.state === state && now.code === code ? now.bad === bad ? now : { ...now, bad } : { state, code, since: Date.now(), bad }));
      if (code === 'account.signedOut' || code === 'account.disabled') onSignedOut();
      // Deleted under us, or evicted: whoever is still here reads it anew. Who has just left does not.
    }, () => { if (keptMe()?.person === me.person) lose((times) => times + 1); }, drafts.current);
    setOpened(open);
    return () => open.close();
  }, [me, stores]);
  const [takeOver, setTakeOver] = useState<() => void>();
  const [settled, settle] = useState(false);
  const kept = useRef(false);
  const away = useRef(false);
  useEffect(() => {
    if (line.state === 'off') away.current = true;
  }, [line.state]);
  const [rooms, meetRooms] = useState(firstRooms);
  const [missed, miss] = useState(false);
  const isFurther = !pageAt(route.path, firstRooms, me.role === 'guest');
  useEffect(() => {
    // Behind what is to be read; a page that none of the first has cannot wait for that.
    void (isFurther ? Promise.resolve() : hasRead).then(allRooms).then(meetRooms, () => miss(true));
  }, [isFurther]);
  const [asks, ask] = useState(false);
  const Help = useSheet(asks ? loadHelp : undefined);
  const help = useMemo(() => ({ label: t('app.help'), open: () => ask(true) }), [t]);
  const Title = useSheet(settled ? loadTitle : undefined);
  useEffect(() => {
    if (line.state !== 'open') return;
    // The screen first; the application goes onto the device when the line has nothing better to do.
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    void hasRead.then(() => {
      if (gone) return;
      // What tells of a bad line must be here before it is: a part that a browser could not fetch once it does not fetch again.
      import('./weather/WeatherBands.tsx').catch(() => undefined);
      timer = setTimeout(async () => {
        // Behind all sentences, so that not both of them stand before what someone writes.
        await Promise.race([allWords(language), new Promise((go) => setTimeout(go, 20_000))]).catch(() => undefined);
        if (gone) return;
        settle(true);
        const before = kept.current;
        kept.current = true;
        void import('./installed.ts').then((its) => (before ? its.lookForNewer() : its.keepOnDevice((take) => setTakeOver(() => take), away.current)));
      }, 3_000);
    });
    return () => {
      gone = away.current = true;
      clearTimeout(timer);
    };
  }, [line.state === 'open']);
  useEffect(() => {
    if (settled) for (const room of rooms) room.starts?.(language, (path) => route.go(path)).catch((error: unknown) => console.warn(error));
  }, [settled, rooms]);
  const context = useMemo(() => opened && { stair: opened.stair, line }, [opened, line]);
  const frame = useMemo(() => ({ skipLabel: t('app.skip'), tabs: <Navigation />, bands: <Bands />, line: <LineBands />, rooms: <RoomPane />, roomRows: <Rooms /> }), [t]);
  if (!context || !opened) return null;
  return (
    <StairContext.Provider value={context}><Sparing>
      <FilesContext.Provider value={opened.files}>
      <MeContext.Provider value={{ me, signedOut: onSignedOut }}>
        <NewerContext.Provider value={takeOver}>
        <Named><RouteContext.Provider value={route}>
          <RoomsContext.Provider value={rooms}>
            <FrameContext.Provider value={frame}>
              <HelpContext.Provider value={help}><Screen path={route.path} gone={missed} /></HelpContext.Provider>
              {rooms.map(({ over: Over }) => Over && <Over />)}
              {Help && <Help onClose={() => ask(false)} />}
              {Title && <Title unreadIn={unreadInAll} />}
            </FrameContext.Provider>
          </RoomsContext.Provider>
        </RouteContext.Provider></Named>
        </NewerContext.Provider>
      </MeContext.Provider>
      </FilesContext.Provider>
    </Sparing></StairContext.Provider>
  );
}

/** Organizations have a name in Latin letters, for who reads in another language than the record's. */
function Named({ children }: { children: ComponentChildren }) {
  const { language } = useWords();
  const names = useLive(async (stair) => (language === 'ja' ? undefined : new Map((await stair.replica.all<Organization>(organization.noun)).flatMap(({ value }) => (value.romaji ? [[value.id, value.romaji] as const] : [])))), [language]);
  return <NamesContext.Provider value={language === 'ja' ? undefined : names}>{children}</NamesContext.Provider>;
}

/** The page of this path, loaded when first opened; the one before stays until it is there. `gone`: the further rooms cannot be had. */
function Screen({ path, gone }: { path: string; gone: boolean }) {
  const words = useWords();
  const { language } = words;
  const rooms = useRooms();
  const isGuest = useMe().me.role === 'guest';
  const [shown, show] = useState<{ at: string; Shown: ComponentType<PageProps>; params: Record<string, string>; spoken?: Words | undefined }>();
  const [failed, fail] = useState<unknown>();
  const page = pageAt(path, rooms, isGuest);
  // Those of which nothing stands on the first screens are on their way.
  const comes = !page && rooms === firstRooms;
  useEffect(() => {
    fail(undefined);
    if (comes) return;
    if (!page) return show({ at: path, Shown: NotHere, params: {} });
    let current = true;
    const spoken = spokenAtOnce.has(page.path) ? undefined : allWords(language);
    Promise.all([page.load(), spoken]).then(
      ([{ default: Shown }, whole]) => { if (current) show({ at: path, Shown, params: match(page.path, path)!, spoken: whole }); },
      (error: unknown) => { if (current) fail(error); },
    );
    return () => { current = false; };
  }, [path, page, comes]);
  if (failed !== undefined || (comes && gone)) return <Broken />;
  if (!shown) return <Waiting />;
  // It waited for all sentences, so it speaks with all of them, also while the rest of the house has only the first.
  const spoken = shown.spoken?.language === language ? shown.spoken : words;
  // By the place it was made for: one that only waits for the next keeps what was typed and chosen on it.
  return <Guard key={shown.at}><WordsContext.Provider value={spoken}><shown.Shown params={shown.params} /></WordsContext.Provider></Guard>;
}

class Guard extends Component<{ children?: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: true });
  }
  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Waiting() {
  const { t } = useWords();
  return <Page {...usual(useFrame())}><Loading>{t('app.loading')}</Loading></Page>;
}

function NotHere() {
  const { t } = useWords();
  return (
    <Page {...usual(useFrame())} content="form">
      <h1>{t('app.notHere')}</h1>
      <EmptyNote>{t('app.notHereNext')}</EmptyNote>
      <Button kind="main" href="/">{t('app.toHome')}</Button>
    </Page>
  );
}

function Broken() {
  const { t } = useWords();
  return (
    <Page {...usual(useFrame())} content="form">
      <h1>{t('app.failed')}</h1>
      <EmptyNote>{t('app.failedNext')}</EmptyNote>
      <Button kind="main" onClick={() => location.reload()}>{t('app.reload')}</Button>
    </Page>
  );
}

const usual = ({ skipLabel, tabs }: ReturnType<typeof useFrame>) => ({ skipLabel, tabs });
