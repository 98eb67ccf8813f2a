import { Loading } from '@noroshi/foundations/ui';
import type { ComponentChildren } from 'preact';
import { useLive } from './stair.web.ts';
import { useWords } from './words.web.ts';

/** What is said where nothing is: only once everything that this person may see has been on this device. Until then it may be on its way. */
export function WhenWhole({ children }: { children: ComponentChildren }) {
  const { t } = useWords();
  return useLive((stair) => stair.replica.isWhole()) ? <>{children}</> : <Loading>{t('app.loading')}</Loading>;
}
