import { Band } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { stateNow } from './this-device.ts';

/** One line where this device cannot be woken, unless its owner wants that. */
export default function HomeNote() {
  const { t } = useWords();
  const [cannot, set] = useState(false);
  useEffect(() => {
    let current = true;
    void stateNow().then((state) => { if (current) set(state !== 'on' && state !== 'off'); });
    return () => { current = false; };
  }, []);
  return cannot ? <Band kind="duty" icon="bell" href="/account/waking">{t('home.notWoken')}</Band> : null;
}
