import { Button, Note } from '@noroshi/foundations/ui';
import { useLive, useWords, type CardProps } from '@noroshi/foundations/web';
import { roomStream } from '@noroshi/foundations/sync';
import { incident, type Incident } from '../disaster.ts';
import { readKnown } from './known.ts';
import { nameOf, namesOf } from './names.ts';
import type { Key } from '@noroshi/foundations/i18n';

/** Lines after which one wants to know who helps whom. */
const tellsParts = new Set(['incident.opened', 'incident.drillOpened', 'incident.widened', 'incident.succeeded', 'incident.tookOver', 'incident.notPlanned']);

/** What happened to a disaster, as it stands in the talk; a guest reads the line, the others also who helps whom here. */
export default function IncidentCard({ id, stream, line, params }: CardProps) {
  const { t, language } = useWords();
  const held = useLive(async (stair) => ({ one: await stair.replica.get<Incident>(incident.noun, id), known: await readKnown(stair) }), [id]);
  const says = t(`note.${line}` as Key, params);
  const { one, known } = held ?? {};
  if (!one || !known || !tellsParts.has(line)) return <Note>{says}</Note>;
  const here = one.roles.filter((role) => roomStream(role.room) === stream);
  return (
    <div class="note">
      <p>{says}</p>
      {line.endsWith('pened') && here.map((role) => (
        <p key={role.affected}>
          <b>{t('incident.tile.primary')}</b> {nameOf(known, role.primary, language)}{'　'}
          {role.secondaries.length > 0 && <><b>{t('incident.tile.secondary')}</b> {namesOf(known, role.secondaries, language)}</>}
        </p>
      ))}
      <Button kind="quiet" low href={`/incident/${id}`}>{t('incident.open.parts')}</Button>
    </div>
  );
}
