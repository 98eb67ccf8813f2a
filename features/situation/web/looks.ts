import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Sight } from '@noroshi/foundations/web';
import { nameIn, type Organization } from '@noroshi/features/directory';
import type { Incident } from '@noroshi/features/incident';
import type { StateKind, Tile, TileState } from '@noroshi/foundations/ui';
import type { Row, State } from '../rows.ts';

/** How each state looks as a line and as a tile: colour, shape and word. */
const looks: Record<State, { readonly kind: StateKind; readonly tile: TileState }> = {
  short: { kind: 'short', tile: 'short' },
  late: { kind: 'urgent', tile: 'urgent' },
  unreached: { kind: 'urgent', tile: 'urgent' },
  unreported: { kind: 'urgent', tile: 'urgent' },
  silent: { kind: 'quiet', tile: 'silent' },
  considers: { kind: 'doing', tile: 'doing' },
  helps: { kind: 'doing', tile: 'doing' },
  served: { kind: 'ok', tile: 'ok' },
  standsBy: { kind: 'quiet', tile: 'plain' },
  calm: { kind: 'quiet', tile: 'plain' },
};

export const kindOf = (state: State): StateKind => looks[state].kind;

/** 不足 7, 未回答 … */
export const stateSays = ({ state, first }: Row<Sight>, { t }: Words): string => [t(`situation.state.${state}` as Key), first?.n].filter((part) => part !== undefined).join(' ');

/** `0:34`: hours and minutes. */
export function ageSays(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** What stands behind a row's state: why, and how much more there is. */
export const reasonOf = ({ state, first, others }: Row<Sight>, words: Words): string =>
  words.beside([state === 'silent' ? words.t('situation.silentSays') : first?.says?.(words), others.length > 0 && words.t('situation.more', { n: others.length })]);

/** A tile for each municipality, where it lies. None where the map knows not all of them. */
export function tilesOf(rows: readonly Row<Sight>[], towns: ReadonlyMap<string, Organization>, words: Words): Tile[] {
  const tiles = rows.flatMap((row): Tile[] => {
    const town = towns.get(row.org);
    if (!town?.tile) return [];
    return [{
      id: row.org, name: words.language === 'ja' ? town.name : `${town.short} ${nameIn(town, words.language)}`, shortName: town.short,
      row: town.tile.row, column: town.tile.column, state: looks[row.state].tile, framed: row.role === 'affected',
      // Who weighs has promised nothing: a tile shows no number for it.
      ...(row.state !== 'calm' && { word: row.state === 'considers' ? words.t('situation.state.considers') : stateSays(row, words) }),
    }];
  });
  return tiles.length === rows.length ? tiles : [];
}

/** What a row is made of: the first thing seen, or else the talk in which this organization has its part. */
export function opens({ org, first }: Row<Sight>, { roles }: Incident): string | undefined {
  const role = roles.find(({ affected, primary, secondaries }) => [affected, primary, ...secondaries].includes(org));
  return first?.href ?? (role && `/talk/${role.room}`);
}

/** The four words, in their order. */
export const fourWords = ({ t }: Words) => ({
  needed: t('request.needed'), committed: t('request.committed'), arrived: t('request.arrived'), short: t('request.short'), surplus: t('request.surplus'), home: t('request.home'),
});
