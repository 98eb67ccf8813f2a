import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function TheirPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><State kind="ok">{t('congestion.off')}</State></Point>
      <Point n={2}><Button>{t('congestion.ask')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the congestion mode. */
export const help: readonly Topic[] = [
  { at: ['/congestion'], title: 'congestion.title', says: 'help.congestion', steps: ['help.congestion.1', 'help.congestion.2'], offline: 'writes', picture: TheirPicture },
];
