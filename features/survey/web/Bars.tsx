import { Icon, type IconName } from '@noroshi/foundations/ui';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import '@noroshi/foundations/ui/units.css';

export interface BarLine {
  readonly key: string;
  readonly label: string;
  readonly n: number;
  /** Told apart by pattern and word, never by colour alone. */
  readonly look: 'solid' | 'hatch' | 'open' | 'lack';
  readonly tone?: 'ok' | 'urgent' | undefined;
  readonly icon?: IconName | undefined;
  /** So many stand before these: the bar begins behind theirs. */
  readonly before?: number | undefined;
  /** What all of them come to, in words. */
  readonly total?: string | undefined;
  /** What stands behind the number. */
  readonly inside?: ComponentChildren;
}

/** What stands behind a number is drawn once it is opened: of a prefecture it is a thousand names, three times. */
function Opens({ head, children }: { head: ComponentChildren; children: ComponentChildren }) {
  const [open, set] = useState(false);
  return <details onToggle={(e) => set(e.currentTarget.open)}><summary>{head}</summary>{open && children}</details>;
}

/** How many of how many, line by line: a word, a bar with a pattern, a number. Each number opens the names it is made of. */
export function Bars({ lines, of, unit }: { lines: readonly BarLine[]; of: number; unit: (n: number) => string }) {
  const most = Math.max(1, of);
  const row = ({ label, n, look, tone, icon, before = 0, total }: BarLine) => <>
    <span class="survey-label">{icon && <Icon name={icon} />}{label}</span>
    <span class={`survey-bar shares ${tone ? `tone-${tone}` : ''}`} aria-hidden="true">{before > 0 && <span class="open" style={{ width: `${(before / most) * 100}%` }} />}{n > 0 && <span class={look} style={{ width: `${(n / most) * 100}%` }} />}</span>
    <b class="survey-n">{unit(n)}{total && <small>{total}</small>}</b>
  </>;
  return (
    <div class="survey-bars">{lines.map((line) => (line.n > 0 && line.inside
      ? <Opens key={line.key} head={row(line)}>{line.inside}</Opens>
      : <div key={line.key} class="survey-line">{row(line)}</div>))}</div>
  );
}
