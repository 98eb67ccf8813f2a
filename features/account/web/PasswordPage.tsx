import { Bar, Loading, Page } from '@noroshi/foundations/ui';
import { useFrame, useWords } from '@noroshi/foundations/web';

/** A new password. */
export function PasswordPage() {
  const { t } = useWords();
  const frame = useFrame();
  return <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('account.password')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}><Loading>{t('app.loading')}</Loading></Page>;
}
