import type { Id } from '@noroshi/foundations/kernel';
import { useEffect, useRef, useState } from 'preact/hooks';

/** So long it is only said that one is being connected (milliseconds): over a thin line, and from relay to relay, it takes some seconds. */
const patience = 12_000;

/** Which of the others have not come through for a while. Whoever was connected is waited for again. */
export function useUnreached(devices: readonly Id[], isConnected: (device: Id) => boolean): ReadonlySet<Id> {
  const since = useRef(new Map<Id, number>());
  const [, again] = useState(0);
  const away = devices.filter((device) => !isConnected(device));
  const now = performance.now();
  for (const device of since.current.keys()) if (!away.includes(device)) since.current.delete(device);
  for (const device of away) if (!since.current.has(device)) since.current.set(device, now);
  const waits = [...since.current.values()].map((from) => from + patience - now).filter((left) => left > 0);
  const next = waits.length > 0 ? Math.min(...waits) : undefined;
  useEffect(() => {
    if (next === undefined) return undefined;
    const timer = setTimeout(() => again((n) => n + 1), next + 1);
    return () => clearTimeout(timer);
  });
  return new Set(away.filter((device) => now - since.current.get(device)! >= patience));
}
