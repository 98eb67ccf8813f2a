import type { Id, Moment } from '@noroshi/foundations/kernel';

// Whether a value from anyone has a form. Elsewhere a library of shapes says so, and on a device a stand-in that finds everything well-formed, since there the
// server judges (apps/web/shapes.ts): but a record is checked on the device, without any server.

/** Tells whether a value has a form. */
export type Is<T> = (value: unknown) => value is T;
/** What has it. */
export type Of<I> = I extends Is<infer T> ? T : never;

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isTrueOrFalse = (value: unknown): value is boolean => typeof value === 'boolean';
export const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
/** A time before the year 2200: others no calendar can tell. */
export const isMoment = (value: unknown): value is Moment => isCount(value) && value <= 7_258_118_400_000;
export const isId = (value: unknown): value is Id => isText(value) && /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value);
/** SHA-256, in hex. */
export const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);
export const isAnything = (_value: unknown): _value is unknown => true;
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One of these and no other. */
export const oneOf = <const T extends string | number | boolean>(...all: readonly T[]): Is<T> => (value): value is T => all.some((one) => one === value);
/** What may be absent. */
export const maybe = <T>(is: Is<T>): Is<T | undefined> => (value): value is T | undefined => value === undefined || is(value);
export const listOf = <T>(is: Is<T>): Is<readonly T[]> => (value): value is readonly T[] => Array.isArray(value) && value.every(is);
/** An object with any names. */
export const tableOf = <T>(is: Is<T>): Is<Readonly<Record<string, T>>> => (value): value is Readonly<Record<string, T>> => isObject(value) && Object.values(value).every(is);

type Fields = Readonly<Record<string, Is<unknown>>>;
type Made<F extends Fields> = { readonly [K in keyof F]: Of<F[K]> };
/** An object with these fields, and any others. */
export const objectOf = <const F extends Fields>(fields: F): Is<Made<F>> => (value): value is Made<F> => isObject(value) && Object.entries(fields).every(([name, is]) => is(value[name]));
/** An object with these fields and no other. */
export function onlyOf<const F extends Fields>(fields: F): Is<Made<F>> {
  const is = objectOf(fields);
  return (value): value is Made<F> => is(value) && Object.keys(value).every((name) => Object.hasOwn(fields, name));
}
