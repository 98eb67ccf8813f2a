import { useEffect, useState } from 'preact/hooks';

/** Whether there is room beside the content. The phone fetches and reads nothing for what it does not show. */
export function useDesk(): boolean {
  const wide = '(min-width: 60em)';
  const [desk, set] = useState(() => matchMedia(wide).matches);
  useEffect(() => {
    const watched = matchMedia(wide);
    const tell = (): void => set(watched.matches);
    watched.addEventListener('change', tell);
    return () => watched.removeEventListener('change', tell);
  }, []);
  return desk;
}
