import { Bar, Button, EmptyNote, Page } from '@noroshi/foundations/ui';
import { useFrame, useStair, useWords } from '@noroshi/foundations/web';

/** All rooms I am in. On the desk they stand at the left already. */
export default function RoomsPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  return (
    <Page
      skipLabel={frame.skipLabel}
      tabs={frame.tabs}
      list={frame.rooms}
      head={<><Bar title={t('nav.talk')} actions={actor.role !== 'guest' && <Button icon="plus" href="/talk/new">{t('talk.newRoom')}</Button>} />{frame.bands}</>}
    >
      <div class="phone-only">{frame.roomRows}</div>
      <div class="desk-only"><EmptyNote>{t('talk.chooseRoom')}</EmptyNote></div>
    </Page>
  );
}
