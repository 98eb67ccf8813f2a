import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function TheirPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button kind="main" wide icon="bell">{t('wake.turnOn')}</Button></Point>
      <Point n={2}><Button kind="quiet" wide>{t('welcome.later')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the first day. */
export const help: readonly Topic[] = [
  { at: ['/welcome'], title: 'welcome.title', says: 'help.welcome', steps: ['help.welcome.1', 'help.welcome.2'], offline: 'writes', picture: TheirPicture },
];
