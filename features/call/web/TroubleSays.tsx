import { State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { MediaTrouble } from './media.ts';

/** Why there is no picture or sound of this device, and what to do. (CA10) */
export function TroubleSays({ of, why }: { of: 'sound' | 'camera' | 'screen'; why: MediaTrouble }) {
  const { t } = useWords();
  return <p role="alert" class="call-says"><State kind="short">{t(`call.trouble.${of}.${why}`)}</State></p>;
}
