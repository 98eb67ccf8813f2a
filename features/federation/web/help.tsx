import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function PartnersPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button icon="doc">{t('federation.copy')}</Button></Point>
      <Point n={2}><Button kind="main" wide icon="phone">{t('federation.confirm')}</Button></Point>
      <Point n={3}><Button wide>{t('federation.offerNow')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of the partners. */
export const help: readonly Topic[] = [
  { at: ['/partners'], title: 'federation.title', says: 'help.federation', steps: ['help.federation.1', 'help.federation.2', 'help.federation.3'], offline: 'needsLine', picture: PartnersPicture, tends: true },
];
