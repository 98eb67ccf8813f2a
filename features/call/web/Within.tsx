import type { Id } from '@noroshi/foundations/kernel';
import { Button, Bar, FieldError, Page, State } from '@noroshi/foundations/ui';
import { useFrame, useNow, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ringsFor } from '../call-noun.ts';
import type { DeviceState } from '../signal.ts';
import { CannotBeRung } from './CannotBeRung.tsx';
import { CannotStand } from './CannotStand.tsx';
import { Controls } from './Controls.tsx';
import type { Known } from './known.ts';
import { photographed } from './photograph.ts';
import { isUp, sessionOf, type Session, type SessionNow } from './session.ts';
import { Tile, type Shown } from './Tile.tsx';
import { TroubleSays } from './TroubleSays.tsx';
import { UnreachedSays } from './Unreached.tsx';
import { useUnreached } from './use-unreached.ts';
import { useKeepingFiles } from './use-keeping-files.ts';
import { Words as WordsBeside } from './Words.tsx';

/** Whose picture stands large where nobody has been chosen: a screen first, then whoever shows, then whoever came first with a picture. */
function firstOf(all: readonly Shown[], by: Id | undefined): Shown {
  // Whom one does not reach shows nothing.
  const others = all.filter(({ mine }) => !mine).toSorted((a, b) => Number(a.unreached) - Number(b.unreached));
  return others.find(({ state }) => state.picture === 'screen') ?? all.find(({ person, state }) => person === by && state.picture !== 'none')
    ?? others.find(({ state }) => state.picture !== 'none') ?? others[0] ?? all[0]!;
}

/** A call that one is in: one large picture, the others beside it, and what one can do. */
export function Within({ session, now, known }: { session: Session; now: SessionNow; known: Known }) {
  const { t, time } = useWords();
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const [chosen, choose] = useState<Id>();
  const [beside, setBeside] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLVideoElement>(null);
  const shots = useKeepingFiles(session.room);
  const unreached = useUnreached(now.seats.map(({ device }) => device), session.isConnected);
  const of = (device: Id, person: Id, state: DeviceState, mine = false): Shown => {
    const card = known.byPerson.get(person)?.card;
    return { device, person, state, mine, name: card?.name ?? '', org: card?.orgName ?? '', stream: session.streamOf(device), connected: mine || session.isConnected(device), unreached: unreached.has(device) };
  };
  const called = known.call;
  const shower = now.kind === 'show' ? known.call?.by : undefined;
  // Where one shows, the others are heard and not seen: their lines are for what is shown.
  const isWatcher = shower !== undefined && shower !== stair.actor.person;
  const all = [...now.seats.map(({ device, person, state }) => of(device, person, state)), of(session.device, stair.actor.person, now.mine, true)];
  const large = all.find(({ device }) => device === chosen) ?? firstOf(all, shower);
  const small = all.filter((one) => one !== large);
  useEffect(() => session.looks({ large: large.mine ? undefined : large.device }), [session, large.device]);
  const mayPoint = shower === undefined || !isWatcher || now.lets === session.device;
  const shoot = (): Promise<void> => shots.keep(async () => photographed(picture.current!), { caption: t('call.photoOf', { name: large.name }), takenAt: stair.now(), ...large.state.place });
  const leave = (): void => {
    session.end();
    sessionOf(stair).set(undefined);
    route.go(`/talk/${session.room}`, { replace: true });
  };
  const minutes = Math.max(0, Math.floor((useNow(20_000) - (known.call?.at ?? stair.now())) / 60_000));
  const states = now.stage === 'in' ? t('call.since', { time: time(known.call?.at ?? stair.now()), n: minutes }) : t(now.stage === 'away' ? 'call.comesBack' : 'call.entering');
  return (
    <Page skipLabel={frame.skipLabel} content="call" footFlush
      head={<><Bar title={known.title} subtitle={states} back={{ label: t('talk.toTalk'), href: `/talk/${session.room}` }} />{frame.line}</>}
      foot={<Controls session={session} now={now} canShoot={large.state.picture !== 'none'} shooting={shots.busy} onShoot={() => void shoot()} beside={beside} onBeside={() => setBeside(!beside)} onLeave={leave} mayEnd={known.call?.by === stair.actor.person || stair.actor.role === 'administrator'} room={session.room} />}>
      <div class={`call-stage${beside ? ' with-words' : ''}`}>
        <div class="call-pictures" ref={stage}>
          <Tile large shown={large} sees={now.mine.sees || large.mine} handle={picture} points={now.points.filter(({ device }) => device === large.device)} nameOf={(device) => all.find((one) => one.device === device)?.name ?? ''}
            onPoint={mayPoint && large.state.picture !== 'none' ? (x, y) => session.point(large.device, x, y) : undefined} onSee={() => session.looks({ sees: true })} />
          {small.length > 0 && <ul class="call-others">{small.map((one) => <li key={one.device}><Tile shown={one} sees={now.mine.sees || one.mine} onChoose={() => { choose(one.device); stage.current?.querySelector<HTMLElement>('.large')?.focus({ preventScroll: true }); }} /></li>)}</ul>}
          <p class="call-says" role="status">
            {now.stage !== 'in' && <State kind="doing">{states}</State>}
            {now.stage === 'in' && now.mine.picture !== 'none' && now.tier === 'sound' && <State kind="short">{t('call.soundOnly')}</State>}
            {now.seats.length === 0 && now.stage === 'in' && <State kind="quiet">{t('call.alone')}</State>}
            {shots.done && <State kind="ok">{t('call.photoSent')}</State>}
          </p>
          {now.stage === 'in' && called && called.by === stair.actor.person && <CannotBeRung room={session.room} of={known.others.filter(({ person }) => ringsFor(called, person))} />}
          <CannotStand session={session} now={now} />
          <UnreachedSays session={session} now={now} of={now.stage === 'in' && isUp(now, session.isConnected) ? all.filter((one) => one.unreached) : []} />
          {shots.trouble && <FieldError>{shots.trouble}</FieldError>}
          {now.trouble && <TroubleSays of={now.trouble.of} why={now.trouble.why} />}
          {shower !== undefined && !isWatcher && now.seats.length > 0 && (
            <p class="row call-lets"><label>{t('call.lets')} <select class="input" value={now.lets ?? ''} onChange={(e) => session.lets(e.currentTarget.value || null)}>
              <option value="">{t('call.letsNobody')}</option>
              {now.seats.map((one) => <option key={one.device} value={one.device}>{known.byPerson.get(one.person)?.card.name}</option>)}
            </select></label></p>
          )}
          {isWatcher && mayPoint && <p class="hint">{t('call.youMayPoint')}</p>}
          {!now.mine.sees && <Button icon="eye" onClick={() => session.looks({ sees: true })}>{t('call.seePictures')}</Button>}
        </div>
        {beside && <WordsBeside known={known} />}
      </div>
    </Page>
  );
}
