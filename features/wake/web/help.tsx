import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, IconLine, RoomRow, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function WakingPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button kind="main" wide icon="bell">{t('wake.turnOn')}</Button></Point>
      <Point n={2}><Button>{t('wake.try')}</Button></Point>
      <Point n={3}><IconLine icon="clock">{t('wake.hours')}</IconLine></Point>
    </Picture>
  );
}

function EveryonePicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><RoomRow mark={t('help.sample.seiyoMark')} name={t('help.sample.taro')} says={t('wake.short.none')} /></Point>
      <Point n={2}><State kind="quiet">{t('wake.title')}</State></Point>
    </Picture>
  );
}

/** What explains the screens of notifications. */
export const help: readonly Topic[] = [
  { at: ['/account/waking'], title: 'wake.title', says: 'help.wake', steps: ['help.wake.1', 'help.wake.2', 'help.wake.3'], offline: 'needsLine', picture: WakingPicture },
  { at: ['/admin/waking'], title: 'wake.admin', says: 'help.wake.admin', steps: ['help.wake.admin.1', 'help.wake.admin.2'], offline: 'needsLine', picture: EveryonePicture, tends: true },
];
