import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Me } from './me.ts';

export const MeContext = createContext<{ me: Me; signedOut: () => void } | undefined>(undefined);

/** Who this device speaks for. */
export function useMe(): { me: Me; signedOut: () => void } {
  const context = useContext(MeContext);
  if (!context) throw new Error('nobody is here');
  return context;
}
