/**
 * Stands in for `zod/mini` in the built application. A device judges by `may`, as a courtesy; shapes are judged by the
 * server, which has the real library. All that a device needs of a shape is the names of its fields, in their order,
 * since they are the order of the wire. It saves a phone 13 kB and the making of several hundred schemas at each start.
 */
interface Shape { readonly def: { readonly shape: Readonly<Record<string, unknown>> }; check(...checks: unknown[]): Shape; safeParse(given: unknown): { readonly success: true; readonly data: unknown } }

const withFields = (shape: Readonly<Record<string, unknown>>): Shape => {
  // Whatever is asked of it, it finds well-formed.
  const made: Shape = { def: { shape }, check: () => made, safeParse: (data) => ({ success: true, data }) };
  return made;
};
const plain = withFields({});
/** Is such a shape itself as well: the build names it where a field's own shape stood. */
const anything = Object.assign((): Shape => plain, plain);
const fields = (shape: Readonly<Record<string, unknown>>): Shape => withFields(shape);

export {
  anything as string, anything as number, anything as int, anything as boolean, anything as array, anything as optional, anything as nullable, anything as union,
  anything as tuple, anything as record, anything as partialRecord, anything as literal, anything as unknown, anything as any, anything as discriminatedUnion,
  anything as minLength, anything as maxLength, anything as length, anything as minimum, anything as maximum, anything as regex, anything as refine, anything as trim,
  anything as iso, anything as url, anything as email, anything as base64, anything as uuid, anything as nonnegative, anything as positive, anything as gte, anything as lte,
  anything as readonly, anything as null, anything as lazy, anything as check, anything as superRefine,
  fields as object, fields as strictObject, fields as looseObject,
};

export { choice as enum };
const choice = anything;

export const omit = (shape: Shape, without: Readonly<Record<string, true>>): Shape => withFields(Object.fromEntries(Object.entries(shape.def.shape).filter(([name]) => !without[name])));
export const pick = (shape: Shape, only: Readonly<Record<string, true>>): Shape => withFields(Object.fromEntries(Object.entries(shape.def.shape).filter(([name]) => only[name])));
export const extend = (shape: Shape, more: Readonly<Record<string, unknown>>): Shape => withFields({ ...shape.def.shape, ...more });
export const partial = (shape: Shape): Shape => shape;
