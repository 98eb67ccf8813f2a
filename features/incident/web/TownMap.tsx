import type { Id } from '@noroshi/foundations/kernel';
import { emptyCorner, TileMap, ToggleChips, type Tile } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import type { SupportRole } from '../disaster.ts';
import { isMunicipality } from '../roles-for.ts';
import { type Known } from './known.ts';
import { nameOf } from './names.ts';

interface TownMapProps {
  readonly known: Known;
  readonly label: string;
  readonly hit: readonly Id[];
  readonly roles: readonly SupportRole[];
  /** With it towns are pressed to say that they are hit. */
  readonly onPick?: (town: Id) => void;
}

/** All municipalities where they lie: who is hit, who helps. As a list on demand, and where there is no room for tiles. */
export function TownMap({ known, label, hit, roles, onPick }: TownMapProps) {
  const { t, language, beside } = useWords();
  const [asList, setAsList] = useState(false);
  const towns = known.organizations.filter(isMunicipality);
  const hasMap = towns.every((town) => town.tile);
  const change = hasMap && <button type="button" class="incident-turn link" onClick={() => setAsList(!asList)}>{t(asList ? 'incident.open.asMap' : 'incident.open.asList')}</button>;
  // Where several towns are hit, whose primary or secondary it is.
  const towards = (helps: readonly SupportRole[]) => roles.length > 1 && <span class="towards"> {beside(helps.map((role) => towns.find((town) => town.id === role.affected)?.short))}</span>;
  const look = (town: Id): Pick<Tile, 'state' | 'word'> => {
    if (hit.includes(town)) return { state: 'hit', word: t('incident.part.affected') };
    const first = roles.filter((role) => role.primary === town);
    if (first.length > 0) return { state: 'first', word: <>{t('incident.tile.primary')}{towards(first)}</> };
    const second = roles.filter((role) => role.secondaries.includes(town));
    return second.length > 0 ? { state: 'second', word: <>{t('incident.tile.secondary')}{towards(second)}</> } : {};
  };
  if (onPick && (asList || !hasMap)) {
    return (
      <div>
        <ToggleChips legend={label} quiet values={[...hit]} onChange={(values) => {
          const changed = [...values.filter((v) => !hit.includes(v)), ...hit.filter((v) => !values.includes(v))];
          for (const town of changed) onPick(town);
        }} choices={towns.map((town) => ({ value: town.id, label: nameOf(known, town.id, language), note: look(town.id).word }))} />
        {change}
      </div>
    );
  }
  const columns = Math.max(1, ...towns.map((town) => town.tile?.column ?? 1));
  return (
    <TileMap
      label={label}
      columns={columns}
      tiles={towns.map((town) => ({
        // In another language the mark stays, as beside every message; the name follows where there is room.
        id: town.id, name: language === 'ja' ? town.name : `${town.short} ${nameOf(known, town.id, language)}`, shortName: town.short,
        row: town.tile?.row ?? 1, column: town.tile?.column ?? 1, ...look(town.id),
      }))}
      chosen={hit}
      {...(onPick ? { onPick } : {})}
      legend={{
        at: emptyCorner(towns.map((town) => town.tile ?? { row: 1, column: 1 }), columns),
        words: <>{onPick ? <><b>{t('incident.open.chosen', { n: hit.length })}</b> {t('incident.open.chosenAre')}</> : t('incident.hitTowns', { towns: t('incident.open.chosen', { n: hit.length }) })}<br />{t('incident.open.solid')}<br />{t('incident.open.dashed')}{onPick && <><br />{change}</>}</>,
      }}
    />
  );
}
