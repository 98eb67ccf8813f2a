import { useEffect, useState } from 'preact/hooks';

/** Whether something has been so for a while, without a break. @param ms for how long (milliseconds) */
export function useLasting(is: boolean, ms: number): boolean {
  const [lasts, set] = useState(false);
  useEffect(() => {
    set(false);
    if (!is) return undefined;
    const timer = setTimeout(() => set(true), ms);
    return () => clearTimeout(timer);
  }, [is, ms]);
  return is && lasts;
}
