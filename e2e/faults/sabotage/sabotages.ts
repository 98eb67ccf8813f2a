/** Which end is broken on purpose, or both, and by which module, loaded before everything else. */
export const sabotages = {
  'ack-before-commit': { breaks: 'server', module: new URL('./ack-before-commit.ts', import.meta.url).href },
  'no-dedupe': { breaks: 'server', module: new URL('./no-dedupe.ts', import.meta.url).href },
  'skip-gap': { breaks: 'device', module: new URL('./skip-gap.ts', import.meta.url).href },
  /** Only with `--pair`. */
  pair: { breaks: 'server', module: new URL('./pair.ts', import.meta.url).href },
  rooms: { breaks: 'both', module: new URL('./rooms.ts', import.meta.url).href },
} as const;

export type Sabotage = keyof typeof sabotages;
