import { Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

function KeepingPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button>{t('keeping.agree')}</Button></Point>
      <Point n={2}><Button>{t('keeping.agreeSure')}</Button></Point>
    </Picture>
  );
}

function AuditPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><Button kind="main" wide icon="search">{t('audit.find')}</Button></Point>
      <Point n={2}><Button icon="save">{t('audit.csv')}</Button></Point>
    </Picture>
  );
}

/** What explains the screens of keeping and the audit. */
export const help: readonly Topic[] = [
  { at: ['/keeping'], title: 'keeping.title', says: 'help.keeping', steps: ['help.keeping.1', 'help.keeping.2'], offline: 'needsLine', picture: KeepingPicture, tends: true },
  { at: ['/audit'], title: 'audit.title', says: 'help.audit', steps: ['help.audit.1', 'help.audit.2'], offline: 'needsLine', picture: AuditPicture, tends: true },
];
