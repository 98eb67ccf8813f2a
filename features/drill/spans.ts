import type { Words } from '@noroshi/foundations/i18n';

/** Minutes, as one says them: 0.4 for a few seconds, 12 for twelve. @param ms milliseconds */
export const minutesIn = (ms: number): number => (ms < 600_000 ? Math.round(ms / 6_000) / 10 : Math.round(ms / 60_000));

/** A span in minutes, or that there was none. */
export const spanSays = (ms: number | undefined, { t }: Words): string => (ms === undefined ? t('drill.notYet') : t('drill.min', { n: minutesIn(ms) }));

/** The share of those who had read, or that nobody was asked. */
export const shareSays = ({ read, of }: { readonly read: number; readonly of: number }, { t }: Words): string => (of === 0 ? t('drill.notYet') : `${Math.round((read / of) * 100)}%`);

/** The year at the prefecture's clock. */
export const yearSays = (at: number, { t }: Words): string => t('drill.year', { y: new Date(at + 9 * 3_600_000).getUTCFullYear() });
