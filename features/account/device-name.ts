import * as z from 'zod/mini';

/** What a person calls a device, or what it says of itself. */
export const deviceNameShape = z.string().check(z.minLength(1), z.maxLength(60));

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/CrOS/, 'ChromeOS'], [/Mac OS X|Macintosh/, 'Mac'], [/Linux/, 'Linux'],
];
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'], [/SamsungBrowser\//, 'Samsung'], [/OPR\//, 'Opera'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrome\/|CriOS\//, 'Chrome'], [/Safari\//, 'Safari'],
];

/** A short name for a device from what its browser says of itself: `iPhone · Safari`. Only a help to recognise it. */
export function deviceName(agent: string): string {
  const of = (list: typeof systems): string | undefined => list.find(([pattern]) => pattern.test(agent))?.[1];
  return [of(systems), of(browsers)].filter((part) => part !== undefined).join(' · ') || '—';
}
