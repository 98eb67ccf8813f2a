import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Why little is carried: chosen on this device, because its line is bad, or because everyone is asked to. */
export type LowDataWhy = 'chosen' | 'line' | 'ordered';

/** Whether this device is in low data, why, and how to leave it where one may. */
export interface LowData {
  readonly why: LowDataWhy | undefined;
  readonly turnOff: () => void;
}

export const LowDataContext = createContext<LowData>({ why: undefined, turnOff: () => undefined });

/** Whether this device carries as little as it can: pictures wait for a press. */
export const useLowData = (): boolean => useContext(LowDataContext).why !== undefined;
