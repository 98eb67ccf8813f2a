import { names } from './pressable.tsx';
import './units.css';

interface UnitsProps {
  needed: number;
  committed: number;
  /** Who has come, those who are home again among them. */
  arrived: number;
  home?: number | undefined;
  /** The same in words, for those who do not see squares. */
  label: string;
}

/** From here on squares are no longer counted at a glance. */
const mostSquares = 40;

/** One square a person: solid is here, grey has been here and is home, hatched is committed, dashed is an empty place, set apart is surplus. */
export function Units({ needed, committed, arrived, home = 0, label }: UnitsProps) {
  const total = Math.max(needed, committed, arrived);
  const here = arrived - home;
  if (total > mostSquares) {
    return <Shares label={label} parts={[
      { kind: 'solid', size: here }, { kind: 'gone', size: home }, { kind: 'hatch', size: committed - arrived }, { kind: 'lack', size: needed - committed },
    ]} />;
  }
  return (
    <div class="units" role="img" aria-label={label}>
      {Array.from({ length: total }, (_, n) => (
        <span key={n} class={names(n < here ? 'here' : n < arrived ? 'gone' : n < committed ? 'set' : 'lack', n >= needed && 'over')} />
      ))}
    </div>
  );
}

interface SharesProps {
  parts: { kind: 'solid' | 'gone' | 'hatch' | 'open' | 'lack'; size: number; tone?: 'ok' | 'urgent' | undefined }[];
  label: string;
}

/** Shares of a whole as one bar, told apart by pattern. The numbers stand in words beneath. */
export const Shares = ({ parts, label }: SharesProps) => (
  <div class="shares" role="img" aria-label={label}>
    {parts.filter((part) => part.size > 0).map((part) => (
      <span key={part.kind} class={names(part.kind, part.tone && `tone-${part.tone}`)} style={{ flex: part.size }} />
    ))}
  </div>
);
