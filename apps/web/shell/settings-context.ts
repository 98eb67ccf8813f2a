import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Settings } from './settings.ts';

export const SettingsContext = createContext<{ settings: Settings; change: (changed: Partial<Settings>) => void } | undefined>(undefined);

/** This device's settings, and how to change them. */
export function useSettings(): { settings: Settings; change: (changed: Partial<Settings>) => void } {
  const context = useContext(SettingsContext);
  if (!context) throw new Error('this screen has no settings');
  return context;
}
