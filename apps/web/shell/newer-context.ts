import { createContext } from 'preact';

/** Takes up a newer version that is already on the device; `undefined` while there is none. */
export const NewerContext = createContext<(() => void) | undefined>(undefined);
