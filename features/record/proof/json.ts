import type { Is } from './shape.ts';

/** So deep lies nothing in what was taken out. Whatever walks a value that lies deeper runs out of room, and says nothing of it. */
const deepest = 64;

function isTooDeep(text: string): boolean {
  let [depth, isQuoted] = [0, false];
  for (let i = 0; i < text.length; i++) {
    const at = text[i]!;
    if (isQuoted) {
      if (at === '\\') i += 1;
      else isQuoted = at !== '"';
    } else if (at === '"') isQuoted = true;
    else if (at === '[' || at === '{') depth += 1;
    else if (at === ']' || at === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** What a text from anyone says in JSON, as far as it has this shape; `undefined` where it has not. */
export function readAs<T>(is: Is<T>, text: string): T | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return is(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
