import { inMinutes } from '@noroshi/foundations/i18n';
import { HelpButton, Icon } from '@noroshi/foundations/ui';
import { useLine, useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';

interface WallHeadProps {
  readonly title: string;
  readonly drill?: boolean;
  /** Nothing real is under way: no red stands anywhere. */
  readonly calm?: boolean;
  /** For how long it has been going on. */
  readonly since?: string;
  readonly now: number;
  /** Where one comes from the wall. */
  readonly leave: string;
  readonly children: ComponentChildren;
}

/** A wall screen: what it shows, whether it is told anything new, and the hour. */
export function WallHead({ title, drill, calm, since, now, leave, children }: WallHeadProps) {
  const words = useWords();
  const { t, time } = words;
  const line = useLine();
  const on = line.state === 'open';
  return (
    <div class={drill ? 'wall wall-drill' : 'wall'} data-stale={!on || undefined}>
      <header>
        {!calm && <span class="live"><Icon name="square" />{t(drill ? 'incident.drillBand' : 'situation.live')}</span>}
        <h1>{title}</h1>
        {since && <span>{since}</span>}
        <span class={on ? 'line' : 'line off'} role="status">
          <Icon name={on ? 'check' : 'square'} />{on ? t('situation.lineOpen') : inMinutes('situation.lineOff', Math.floor((now - line.since) / 60_000), words)}
        </span>
        <a href={leave}>{t('situation.leave')}</a>
        <time class="clock">{time(now)}</time>
        <HelpButton />
      </header>
      {children}
    </div>
  );
}
