import { busyWith } from '@noroshi/foundations/testing';
import { demoHouse } from '@noroshi/server/features';
import { calls, schemaOf, type Schema } from '@noroshi/server/openapi';
import { describe, expect, it } from 'vitest';

/** Every pattern that anything sent to the house is held against. */
function* patterns(schema: Schema): Generator<string> {
  if (schema.pattern) yield schema.pattern;
  for (const inner of [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.prefixItems ?? []), schema.items]) {
    if (inner && typeof inner === 'object') yield* patterns(inner);
  }
}
const all = [...new Set(calls(demoHouse).flatMap(({ of }) => [...patterns(schemaOf(of.input, 'input'))]))];

// A length is checked beside the pattern, not before it: a pattern meets texts as long as a whole command.
const length = 20_000;
const beginnings = ['', '0', 'a', 'a@', 'a@a.', '+0', '2026-01-', 'https://a'];
const repeated = ['.', 'a', '0', '-', 'a.', '@', 'a@', ' ', 'あ'];
const ends = ['', '@', ' ', '!', '\n'];

it('there are some', () => expect(all.length).toBeGreaterThan(4));

describe('a pattern that the house holds texts against', () => {

  it.each(all)('%s takes no longer for a text that was made to hurt it', (pattern) => {
    const slow: string[] = [];
    for (const flags of ['', 'u']) {
      const how = new RegExp(pattern, flags);
      for (const begin of beginnings) for (const again of repeated) for (const end of ends) {
        const text = begin + again.repeat(length / again.length) + end;
        if (busyWith(() => how.test(text)) > 150) slow.push(JSON.stringify(`${begin}${again}…${end}`));
      }
    }
    expect(slow).toEqual([]);
  });
});
