import { Loading } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

/** An invitation: three taps put a phone on the line. */
export function InviteDoor(_: { token: string; onEntered: () => void }) {
  const { t } = useWords();
  return <Loading>{t('app.loading')}</Loading>;
}
