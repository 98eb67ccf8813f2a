import { useLive } from '@noroshi/foundations/web';
import { useEffect } from 'preact/hooks';

/**
 * Asks the browser not to evict what lies on this device. Some browsers put that to the person, so it is asked when it can
 * be understood: the application was installed, or something was given here that nobody else has yet.
 */
export function useLastingStores(): void {
  const given = useLive(async ({ replica }) => (await replica.outbox.item.count()) > 0);
  useEffect(() => {
    const ask = (): void => void keep().catch(() => undefined);
    if (given || matchMedia('(display-mode: standalone)').matches) ask();
    addEventListener('appinstalled', ask);
    return () => removeEventListener('appinstalled', ask);
  }, [given]);
}

async function keep(): Promise<void> {
  // Not every browser has it, and none has it on a page without HTTPS.
  if (navigator.storage?.persist && !(await navigator.storage.persisted())) await navigator.storage.persist();
}
