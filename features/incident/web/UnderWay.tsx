import { Button, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Incident } from '../disaster.ts';
import { type Known } from './known.ts';
import { namesOf } from './names.ts';
import './incident.css';

/**
 * A town chosen here is in a disaster already, or another's disaster of this kind was opened a while ago: that one can be
 * given more towns, or its right name. Another one may still be opened, since an earthquake can follow a flood; but nobody
 * opens it unawares.
 */
export function UnderWay({ one, known, hit, own, mayRename }: { one: Incident; known: Known; hit: readonly string[]; own: boolean; mayRename: boolean }) {
  const { t, language } = useWords();
  const towns = hit.filter((town) => one.affected.includes(town));
  return (
    <div class="incident-under-way" role="status">
      <p><State kind="short">{towns.length > 0 ? t('incident.open.already', { towns: namesOf(known, towns, language), name: one.name }) : t('incident.open.beside', { towns: namesOf(known, one.affected, language), name: one.name })}</State></p>
      <div class="cols">
        {!own && <Button wide icon="plus" href={`/incident/${one.id}/widen`}>{t('incident.open.widenThat')}</Button>}
        <Button wide icon="next" href={`/incident/${one.id}`}>{t(mayRename ? 'incident.open.renameThat' : 'incident.open.showThat')}</Button>
      </div>
    </div>
  );
}
