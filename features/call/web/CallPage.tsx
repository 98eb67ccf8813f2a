import { Bar, Button, EmptyNote, Loading, Page } from '@noroshi/foundations/ui';
import { useFrame, useLive, useStair, useWatched, useWords, WhenWhole, type PageProps } from '@noroshi/foundations/web';
import { Before } from './Before.tsx';
import { ClipButton } from './ClipButton.tsx';
import { readRoom, type Known } from './known.ts';
import { sessionOf, type Session } from './session.ts';
import { Within } from './Within.tsx';
import './call.css';

/** 通話: before one joins, while one is in it, and when it is over. */
export default function CallPage({ params }: PageProps) {
  const { t } = useWords();
  const frame = useFrame();
  const room = params['room']!;
  const known = useLive((stair) => readRoom(stair, room), [room]);
  const session = useWatched<Session | undefined>(sessionOf);
  if (known) return session?.room === room ? <InCall session={session} known={known} /> : <Before key={room} known={known} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('call.title')} back={{ label: t('app.back'), href: '/talk' }} />{frame.bands}</>}>
      {known === null ? <WhenWhole><EmptyNote>{t('refusal.talk.roomNotFound')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function InCall({ session, known }: { session: Session; known: Known }) {
  const { t, refusal } = useWords();
  const frame = useFrame();
  const stair = useStair();
  const now = useWatched(() => session.now, [session]);
  if (!now) return null;
  if (now.stage !== 'over') return <Within session={session} now={now} known={known} />;
  const again = (): void => sessionOf(stair).set(undefined);
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} content="form" head={<><Bar title={t('call.title')} subtitle={known.title} back={{ label: t('talk.toTalk'), href: `/talk/${session.room}` }} />{frame.bands}</>}>
      <EmptyNote>{refusal(now.code ?? 'call.over', now.params)}</EmptyNote>
      {now.code === 'call.full' && <ClipButton room={session.room} opens={() => session.films()} place={now.mine.place} main={false} />}
      <Button kind="main" wide href={`/talk/${session.room}`} onClick={again}>{t('talk.toTalk')}</Button>
      <Button wide onClick={again}>{t(known.call ? 'call.goIn' : 'call.callAgain')}</Button>
    </Page>
  );
}
