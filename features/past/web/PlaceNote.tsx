import { Button, SectionHead } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords } from '@noroshi/foundations/web';
import { readImports } from './known.ts';

/** On the page about a room or board: what was said in it before, and for administrators how it comes here. */
export function PlaceNote({ room }: { readonly room: string }) {
  const { t } = useWords();
  const { actor } = useStair();
  const known = useLive((stair) => readImports(stair, room), [room]);
  if (!known || (known.all.length === 0 && actor.role !== 'administrator')) return null;
  const lines = known.all.reduce((sum, one) => sum + one.lines, 0);
  return (
    <>
      <SectionHead title={t('past.title')} {...(lines > 0 ? { aside: t('past.linesN', { n: lines.toLocaleString('en') }) } : {})} />
      <div class="form">
        {known.all.length > 0 ? <Button wide icon="doc" href={`/past/${room}`}>{t('past.readIt')}</Button> : <Button wide icon="save" href={`/past?place=${room}`}>{t('past.bring')}</Button>}
      </div>
    </>
  );
}
