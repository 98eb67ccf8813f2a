import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, Icon } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function TheirPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p class="icon-line"><Icon name="search" />{t('search.words')}</p></Point>
      <Point n={2}><Button>{t('search.narrow')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the search. */
export const help: readonly Topic[] = [
  { at: ['/search'], title: 'search.title', says: 'help.search', steps: ['help.search.1', 'help.search.2'], offline: 'reads', picture: TheirPicture },
];
