import type { Schema } from '@noroshi/server/openapi';

/** One thing that someone may send: what it is, and the body as text, since JSON can say more than JavaScript writes. */
export interface Hostile { readonly what: string; readonly json: string }

/** Texts tried where a form asks for a certain one; the first that fits is taken. */
const candidates = [
  'あ', 'aa', '12', '380008', '2026-11-23', '2026-11', '07:40', '0893-00-0000', 'a@b.example', 'A'.repeat(43), 'A'.repeat(22), 'A'.repeat(87), 'a'.repeat(64), 'https://a.example/', 'image/jpeg', 'Aa1-bb',
];
const isId = (schema: Schema): boolean => schema.type === 'string' && (schema.pattern?.includes('[1-8][0-9a-f]{3}') ?? false);

/**
 * An input of the right form.
 * @param full with the fields that may be left out as well
 * @param idOf an id for a field of this name
 */
export function sample(schema: Schema, full: boolean, idOf: (field: string) => string, field = ''): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return sample(either[0]!, full, idOf, field);
  if (schema.properties) {
    const keys = Object.keys(schema.properties).filter((key) => full || schema.required?.includes(key));
    return Object.fromEntries(keys.map((key) => [key, sample(schema.properties![key]!, full, idOf, key)]));
  }
  if (schema.prefixItems) return schema.prefixItems.map((one) => sample(one, full, idOf, field));
  if (schema.type === 'array') {
    const length = Math.max(schema.minItems ?? 0, full ? 1 : 0);
    return Array.from({ length }, () => (typeof schema.items === 'object' ? sample(schema.items, full, idOf, field) : 0));
  }
  if (isId(schema)) return idOf(field);
  if (schema.type === 'string') {
    const fits = (text: string): boolean => [...text].length >= (schema.minLength ?? 0) && (!schema.pattern || new RegExp(schema.pattern, 'u').test(text));
    const long = [candidates[0]!.repeat(schema.minLength ?? 1), 'a'.repeat(schema.minLength ?? 1)];
    return [...long, ...candidates].find(fits) ?? 'x';
  }
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, Math.min(1, schema.maximum ?? 1));
  return {};
}

interface Leaf { readonly path: readonly (string | number)[]; readonly schema: Schema }

function* leaves(schema: Schema, value: unknown, path: readonly (string | number)[] = []): Generator<Leaf> {
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return yield* leaves(either[0]!, value, path);
  yield { path, schema };
  if (schema.properties && value && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) if (schema.properties[key]) yield* leaves(schema.properties[key]!, inner, [...path, key]);
  }
  if (schema.type === 'array' && Array.isArray(value) && typeof schema.items === 'object' && value.length > 0) yield* leaves(schema.items, value[0], [...path, 0]);
}

/** A copy with another value at a place. */
function withAt(value: unknown, [key, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((one, i) => (i === key ? withAt(one, rest, put) : one));
  return { ...(value as object), [key]: withAt((value as Record<string, unknown>)[key], rest, put) };
}

/** A copy without a field. */
function without(value: unknown, path: readonly (string | number)[]): unknown {
  const { [path.at(-1)!]: _gone, ...rest } = path.slice(0, -1).reduce((here, key) => (here as Record<string, unknown>)[key], value) as Record<string, unknown>;
  return withAt(value, path.slice(0, -1), rest);
}

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
/** Stands where a value is put in as text: an input is written once for each place in it, and not once for each value. */
const mark = '\u2603raw';
const marker = JSON.stringify(mark);
/** What is long is the same at many places: it is made and written once. */
const long = new Map<string, string>();
function repeated(text: string, times: number): string {
  const key = `${text}${times}`;
  return long.get(key) ?? long.set(key, JSON.stringify(text.repeat(times))).get(key)!;
}

/** Which of the wrong values are tried at each field: all, or each `every`-th, beginning with another for each role. */
export interface Share { readonly every: number; readonly from: number }

/**
 * Everything hostile that follows from a form, the well-formed ones among them: by whom they are sent makes them hostile.
 * @param known ids of things that exist and are not the sender's
 */
export function* hostileInputs(schema: Schema, idOf: (field: string) => string, known: Readonly<Record<string, string>>, share: Share): Generator<Hostile> {
  const least = sample(schema, false, idOf);
  const full = sample(schema, true, idOf);
  yield { what: 'the least that is well-formed', json: JSON.stringify(least) };
  yield { what: 'all that is well-formed', json: JSON.stringify(full) };
  for (const json of ['{}', 'null', '[]', '"text"', '12345', 'true', '[[]]', nested(2_000), `[${'['.repeat(2_000)}${']'.repeat(2_000)}]`]) yield { what: `instead of an input: ${json.slice(0, 20)}`, json };
  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', '', 'a\u0000b', '\ud800', '狼'.repeat(500)]) {
    yield { what: `an unknown field ${JSON.stringify(key).slice(0, 20)}`, json: `{${JSON.stringify(key)}:{"polluted":1}${JSON.stringify(least).length > 2 && JSON.stringify(least).startsWith('{') ? `,${JSON.stringify(least).slice(1)}` : '}'}` };
  }
  const all = [...leaves(schema, full)];
  for (const [place, { path, schema: form }] of all.entries()) {
    if (path.length === 0) continue;
    const at = path.join('.');
    yield { what: `without ${at}`, json: JSON.stringify(typeof path.at(-1) === 'string' ? without(full, path) : withAt(full, path, undefined)) };
    const around = JSON.stringify(withAt(full, path, mark));
    const from = around.indexOf(marker);
    const [before, behind] = [around.slice(0, from), around.slice(from + marker.length)];
    const text = sample(form, true, idOf);
    // Written only where it is tried.
    const wrong: (() => string)[] = [];
    const add = (...values: unknown[]): void => { for (const value of values) wrong.push(() => JSON.stringify(value)); };
    add(null, {}, [], true, '', 'text', -1, 0.5, 1e308, 2 ** 53, ['__proto__'], { $ne: null });
    if (form.type === 'string') {
      add(`${String(text)}\u0000`, '\u0000', `${String(text)}\ud800`, '\udfff', "'; drop table event; --", '<script>alert(1)</script>', '\u202e\ufeff\u200b');
      wrong.push(() => repeated('狼', (form.maxLength ?? 20_000) + 1), () => repeated('💥', 5_000));
    }
    // What is larger than a message may be is the same everywhere: tried at a few places.
    if (form.type === 'string' && place < 4) wrong.push(() => repeated('a', 300_000));
    if (isId(form)) add('not-an-id', '00000000-0000-0000-0000-000000000000', '0197A000-0000-7000-8000-000000000001', '../../etc/passwd');
    if (form.type === 'array') add(Array.from({ length: (form.maxItems ?? 1_000) + 1 }, () => 0), Array.from({ length: 3 }, () => (text as unknown[])[0] ?? null));
    const some = wrong.filter((_, i) => (i + place + share.from) % share.every === 0).map((put) => put());
    if (isId(form)) some.push(...Object.values(known).map((id) => JSON.stringify(id)));
    for (const put of some) yield { what: `${at} is ${put.slice(0, 40)}`, json: before + put + behind };
    for (const raw of ['1e400', '-0', '123456789012345678901234567890'].filter((_, i) => (i + place + share.from) % share.every === 0)) {
      yield { what: `${at} is ${raw}`, json: before + raw + behind };
    }
  }
}
