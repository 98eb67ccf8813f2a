import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function TheirPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="save">{t('setup.sample')}</Button></Point>
      <Point n={2}><Button icon="doc">{t('setup.choose')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of setting the house up. */
export const help: readonly Topic[] = [
  { at: ['/admin/import'], title: 'setup.title', says: 'help.setup', steps: ['help.setup.1', 'help.setup.2'], offline: 'needsLine', picture: TheirPicture, tends: true },
];
