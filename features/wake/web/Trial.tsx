import { Button, State } from '@noroshi/foundations/ui';
import { ask, useWords } from '@noroshi/foundations/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import { useEffect, useRef, useState } from 'preact/hooks';
import { mine, tryOut, type Mine } from '../device.ts';

/** A push that has not come by then will hardly come (milliseconds). */
const patience = 30_000;
const look = 1_000;

type Ran = { readonly how: 'sending' | 'late' } | { readonly how: 'came'; readonly took: number } | { readonly how: 'refused'; readonly why: Refusal };

/** Sends a push to this device, and says after how long it has come. */
export function Trial({ onTried, onRefused }: { readonly onTried: (how: Mine) => void; readonly onRefused: () => void }) {
  const { t, refusal } = useWords();
  const [ran, set] = useState<Ran>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (): Promise<void> => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    set({ how: 'sending' });
    const sent = await ask(tryOut, {});
    if (!sent.ok) {
      set({ how: 'refused', why: sent });
      return onRefused();
    }
    for (const end = Date.now() + patience; !signal.aborted && Date.now() < end;) {
      const told = await ask(mine, {});
      if (told.ok && told.value.took !== undefined) {
        onTried(told.value);
        return set({ how: 'came', took: told.value.took });
      }
      await new Promise((turn) => setTimeout(turn, look));
    }
    if (!signal.aborted) set({ how: 'late' });
  };
  return (
    <div class="waking">
      <Button kind="main" icon="bell" busy={ran?.how === 'sending' ? t('wake.trying') : undefined} onClick={() => void run()}>{t('wake.try')}</Button>
      <div role="status">
        {ran?.how === 'came' && <State kind="ok">{t('wake.came', { s: (ran.took / 1_000).toFixed(1) })}</State>}
        {ran?.how === 'late' && <State kind="short">{t('wake.late')}</State>}
        {ran?.how === 'refused' && <State kind="short">{refusal(ran.why.code, ran.why.params)}</State>}
      </div>
    </div>
  );
}
