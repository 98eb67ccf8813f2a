import { pathSays } from '../form-set.ts';

/**
 * In which line of a text each value of its JSON begins, counted from 1.
 * @param text well-formed JSON
 */
export function placesIn(text: string): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let at = 0;
  let line = 1;
  const skip = (): void => {
    for (; /[\s,:]/.test(text[at] ?? ''); at++) if (text[at] === '\n') line++;
  };
  const string = (): string => {
    const from = at;
    for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++;
    at++;
    return JSON.parse(text.slice(from, at)) as string;
  };
  const value = (path: readonly (string | number)[]): void => {
    skip();
    places.set(pathSays(path), line);
    const opens = text[at];
    if (opens === '"') return void string();
    if (opens !== '{' && opens !== '[') {
      while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++;
      return;
    }
    at++;
    for (let n = 0; ; n++) {
      skip();
      if (text[at] === '}' || text[at] === ']') return void at++;
      value([...path, opens === '{' ? string() : n]);
    }
  };
  value([]);
  return places;
}
