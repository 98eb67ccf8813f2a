import type { Refusal } from '@noroshi/foundations/kernel';
import { ask, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { mine, type DeviceState, type Mine } from '../device.ts';
import { registered, resync, stateHere, subscribe } from './this-device.ts';

export interface Waking {
  readonly state: DeviceState;
  /** What the house knows of it; absent until it has said. */
  readonly how: Mine | undefined;
  readonly trouble: Refusal | undefined;
  readonly busy: boolean;
  /** Whether it can be turned on in a press. */
  readonly ready: boolean;
  readonly on: boolean;
  /** Takes in what the house said. */
  readonly took: (told: { ok: true; value: Mine } | Refusal) => void;
  readonly setHow: (how: Mine) => void;
  /** Shows that a deed is under way until it has been answered. */
  readonly press: (deed: ReturnType<typeof subscribe>) => void;
  /** To be called in the press itself: Safari asks its owner only then. */
  readonly turnOn: () => void;
}

/** How it stands with waking on this device, told to the house on the way. */
export function useWaking(): Waking {
  const { language } = useWords();
  const [state, setState] = useState<DeviceState>(stateHere);
  const [how, setHow] = useState<Mine>();
  const [trouble, setTrouble] = useState<Refusal>();
  const [registration, setRegistration] = useState<ServiceWorkerRegistration>();
  const [busy, setBusy] = useState(false);
  const took: Waking['took'] = (told) => {
    setState(stateHere());
    if (told.ok) setHow(told.value);
    setTrouble(told.ok ? undefined : told);
  };
  useEffect(() => {
    void (async () => {
      took(await resync(language));
      // Known before it is pressed: Safari asks only in the press itself.
      const known = await ask(mine, {});
      if (known.ok) setHow(known.value);
      if ('serviceWorker' in navigator) setRegistration(await registered());
    })().catch((error: unknown) => console.warn(error));
  }, []);
  const press: Waking['press'] = (deed) => {
    setBusy(true);
    void deed.then(took).finally(() => setBusy(false));
  };
  return {
    state, how, trouble, busy, took, setHow, press,
    ready: registration !== undefined && how !== undefined,
    on: how?.on === true && state === 'on',
    turnOn: () => { if (registration && how) press(subscribe(registration, how.publicKey, language)); },
  };
}
