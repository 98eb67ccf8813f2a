import type { Language } from '@noroshi/foundations/i18n';
import { resync } from './this-device.ts';

/** What waking has to do at each start: tell the house where this device is, and go where a notification leads. */
export async function start(language: Language, go: (path: string) => void): Promise<void> {
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<{ go?: unknown } | undefined>) => {
    if (typeof data?.go === 'string' && data.go.startsWith('/')) go(data.go);
  });
  await resync(language);
}
