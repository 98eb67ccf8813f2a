/** Somewhere on the map, in degrees (WGS84). */
interface Spot { readonly lat?: number | undefined; readonly lon?: number | undefined }

/** Great-circle distance in kilometres, or `undefined` where one of the two is not known. Near neighbours are hit together. */
export function kilometres(a: Spot, b: Spot): number | undefined {
  if (a.lat === undefined || a.lon === undefined || b.lat === undefined || b.lon === undefined) return undefined;
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = Math.sin(radians(b.lat - a.lat) / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
}
