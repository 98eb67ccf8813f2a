import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';
import { names } from './pressable.tsx';
import './map.css';

/** `first` and `second` are the two ranks of supporters; `silent` has not reported; `framed` is hit beneath another state. */
export type TileState = 'plain' | 'hit' | 'first' | 'second' | 'short' | 'urgent' | 'doing' | 'ok' | 'silent';

export interface Tile {
  id: string;
  name: string;
  /** Begins the name, as 西予 begins 西予市: the tile then shows the one and says the other. */
  shortName: string;
  row: number;
  column: number;
  state?: TileState | undefined;
  /** The state in a word. Always given with a state, since colour alone says nothing. */
  word?: ComponentChildren;
  framed?: boolean | undefined;
}

interface TileMapProps {
  /** Names the map. */
  label: string;
  tiles: readonly Tile[];
  columns?: number | undefined;
  /** With it tiles are pressed to choose; without it the map is only looked at. */
  onPick?: ((id: string) => void) | undefined;
  chosen?: readonly string[] | undefined;
  /** What the looks mean, in an empty corner of the map: its place as a grid area, as `6 / 4 / 9 / 8`. */
  legend?: { at: string; words: ComponentChildren } | undefined;
}

const shapes: Partial<Record<TileState, IconName>> = { short: 'triangle', urgent: 'square', doing: 'dot', ok: 'check', silent: 'ring' };
const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Where words find room on a map, as a grid area: the lower right corner, from the row on under which nothing stands to the right; else a row of its own. */
export function emptyCorner(tiles: readonly Pick<Tile, 'row' | 'column'>[], columns: number): string {
  const lastRow = Math.max(1, ...tiles.map(({ row }) => row));
  for (let from = Math.ceil(columns / 2) + 1; from <= columns - 2; from++) {
    const lowest = Math.max(0, ...tiles.filter(({ column }) => column >= from).map(({ row }) => row));
    if (lastRow - lowest >= 3) return `${lowest + 1} / ${from} / ${lastRow + 1} / ${columns + 1}`;
  }
  return `${lastRow + 1} / 1 / ${lastRow + 2} / ${columns + 1}`;
}

/** One tile a town, roughly where it lies. Where a tile would be smaller than a finger it becomes a list, by CSS alone. */
export function TileMap({ label, tiles, columns = 7, onPick, chosen = [], legend }: TileMapProps) {
  const sorted = [...tiles].sort((a, b) => a.row - b.row || a.column - b.column);
  /** Arrow keys go to the nearest town that way; Tab goes through all of them. */
  const walk = (event: KeyboardEvent, from: Tile) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    let best: [number, number] | undefined;
    sorted.forEach((tile, n) => {
      const down = tile.row - from.row, right = tile.column - from.column;
      const ahead = down * step[0] + right * step[1], aside = Math.abs(down * step[1]) + Math.abs(right * step[0]);
      const far = ahead + aside * 2;
      if (ahead > 0 && aside <= ahead && (!best || far < best[1])) best = [n, far];
    });
    if (best) (event.currentTarget as HTMLElement).closest('.tiles')?.querySelectorAll<HTMLElement>('.tile')[best[0]]?.focus();
  };
  return (
    <div class="tilemap">
      <div class="tiles" role={onPick ? 'group' : 'list'} aria-label={label} style={{ '--columns': columns }}>
        {sorted.map((tile) => {
          const { id, name, shortName, state = 'plain', word, framed } = tile;
          const shape = shapes[state];
          const wiring = { class: names('tile', state, framed && 'framed'), style: { '--at': `${tile.row} / ${tile.column}` } };
          const inside = (
            <>
              <span class={names('name', [...shortName].length === 3 && 'three')}>{name.startsWith(shortName) ? <>{shortName}<span class="rest">{name.slice(shortName.length)}</span></> : name}</span>
              {word && <span class="word">{shape && <Icon name={shape} />}{word}</span>}
            </>
          );
          return onPick
            ? <button key={id} type="button" aria-pressed={chosen.includes(id)} onClick={() => onPick(id)} onKeyDown={(event) => walk(event, tile)} {...wiring}>{inside}</button>
            : <div key={id} role="listitem" {...wiring}>{inside}</div>;
        })}
        {legend && <div class="legend" role={onPick ? undefined : 'listitem'} style={{ '--at': legend.at }}>{legend.words}</div>}
      </div>
    </div>
  );
}
