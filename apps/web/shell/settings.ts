import type { Language } from '@noroshi/foundations/i18n';

/** What a person has set on this device. */
export interface Settings {
  readonly language: Language;
  /** Percent. */
  readonly text: '100' | '115' | '130' | '150' | '200';
  readonly theme: 'system' | 'light' | 'dark';
  /** Low data: by itself on a bad line, always, or never by itself. */
  readonly data: 'auto' | 'low' | 'full';
}

const key = 'noroshi-settings';
const standard: Settings = { language: 'ja', text: '100', theme: 'system', data: 'auto' };

/** Settings of this device; what cannot be read is the standard. */
export function readSettings(): Settings {
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Settings>) };
  } catch {
    return standard;
  }
}

export function writeSettings(settings: Settings): void {
  localStorage.setItem(key, JSON.stringify(settings));
}

/** Puts settings onto the page. */
export function showSettings({ language, text, theme }: Settings): void {
  const root = document.documentElement;
  root.lang = language;
  root.dataset.text = text;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
}
