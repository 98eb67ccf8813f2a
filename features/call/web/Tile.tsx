import type { Id } from '@noroshi/foundations/kernel';
import { Icon } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { DeviceState } from '../signal.ts';
import { useState } from 'preact/hooks';
import { Picture } from './Picture.tsx';
import type { Pointed } from './session.ts';

/** A device in the call, as it is drawn. */
export interface Shown {
  readonly device: Id;
  readonly person: Id;
  readonly state: DeviceState;
  readonly mine: boolean;
  readonly name: string;
  readonly org: string;
  readonly stream: MediaStream | undefined;
  readonly connected: boolean;
  /** It has been waited for long enough. */
  readonly unreached: boolean;
}

interface TileProps {
  readonly shown: Shown;
  readonly large?: boolean;
  /** Whether pictures are wanted at all. */
  readonly sees: boolean;
  readonly handle?: { current: HTMLVideoElement | null };
  readonly points?: readonly Pointed[];
  readonly nameOf?: (device: Id) => string;
  readonly onPoint?: ((x: number, y: number) => void) | undefined;
  readonly onSee?: () => void;
  readonly onChoose?: () => void;
}

const middle = { x: 0.5, y: 0.5 };
const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const within = (n: number): number => Math.min(1, Math.max(0, n));

/** Someone in the call: their picture, and always their name and organization, and in words what one does not see. */
export function Tile({ shown, large = false, sees, handle, points = [], nameOf, onPoint, onSee, onChoose }: TileProps) {
  const { t } = useWords();
  const { name, org, state, mine, stream, connected, unreached } = shown;
  // The frame is exactly as large as the picture: a place in it is the same place on every screen.
  const [ratio, setRatio] = useState(16 / 9);
  const hasPicture = state.picture !== 'none' && stream !== undefined;
  const says = [
    ...(!connected ? [t(unreached ? 'call.notConnected' : 'call.connecting')] : []),
    ...(connected && state.picture === 'none' ? [t('call.noPicture')] : []),
    ...(state.picture === 'screen' ? [t('call.showsScreen')] : []),
    ...(!state.sound ? [t('call.muted')] : []),
  ];
  // Whoever has no mouse moves a mark by the arrows, and points with Enter.
  const [aim, setAim] = useState<{ readonly x: number; readonly y: number }>();
  if (aim) says.push(t('call.pointKeys'));
  const key = (event: KeyboardEvent): void => {
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.01 : 0.05;
    const { x, y } = aim ?? middle;
    setAim({ x: within(x + dx * step), y: within(y + dy * step) });
  };
  const press = (event: MouseEvent & { currentTarget: HTMLElement }): void => {
    const box = event.currentTarget.getBoundingClientRect();
    // Pressed by a key, it was pressed nowhere.
    const { x, y } = event.detail === 0 ? aim ?? middle : { x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height) };
    onPoint?.(x, y);
  };
  const picture = hasPicture && sees
    ? <Picture stream={stream} mirrored={mine && state.picture === 'camera' && !large} whole={large || state.picture === 'screen'} handle={handle} onRatio={large ? setRatio : undefined} />
    : <span class="call-blank"><Icon name={hasPicture ? 'video' : 'people'} /></span>;
  const label = (
    <>
      <span class="call-name"><b>{mine ? t('call.you') : name}</b> <span>{org}</span>{says.map((one) => <span key={one} class="call-state">{one}</span>)}</span>
    </>
  );
  if (!large) return <button type="button" class="call-tile" onClick={onChoose}>{picture}{label}<span class="sr">{t('call.enlarge')}</span></button>;
  return (
    <figure class="call-tile large" tabIndex={-1}>
      <div class="call-view">
        <div class="call-frame" style={{ '--ratio': String(ratio) }}>
          {picture}
          {hasPicture && !sees && <button type="button" class="btn call-ask" onClick={onSee}>{t('call.seePictures')}</button>}
          {onPoint && sees && <button type="button" class="call-point" aria-label={t('call.point')} aria-describedby="call-point-keys" onClick={press} onKeyDown={key} onFocus={(e) => { if (e.currentTarget.matches(':focus-visible')) setAim(middle); }} onBlur={() => setAim(undefined)} />}
          {onPoint && sees && <span id="call-point-keys" class="sr">{t('call.pointKeys')}</span>}
          {aim && <span class="call-aim" style={{ left: `${aim.x * 100}%`, top: `${aim.y * 100}%` }} />}
          {points.map(({ by, x, y }) => <span key={by} class="call-pointed" style={{ left: `${x * 100}%`, top: `${y * 100}%` }}><b style={{ '--x': `${-x * 100}%` }} class={y > 0.8 ? 'over' : undefined}>{nameOf?.(by)}</b></span>)}
        </div>
      </div>
      {label}
    </figure>
  );
}
