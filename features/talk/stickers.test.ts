import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stickers } from './stickers.ts';

const folder = new URL('../../apps/web/public/stickers/', import.meta.url);
const drawing = (id: string) => new URL(`${id}.svg`, folder);

describe('stickers', () => {
  it('are at least 28, each with its own id and word', () => {
    expect(stickers.length).toBeGreaterThanOrEqual(28);
    expect(new Set(stickers.map((s) => s.id)).size).toBe(stickers.length);
    expect(new Set(stickers.map((s) => s.ja)).size).toBe(stickers.length);
  });

  it('have no drawing that is not listed', () => {
    const drawn = readdirSync(folder).map((name) => name.replace(/\.svg$/, ''));
    expect(drawn.sort()).toEqual(stickers.map((s) => s.id).sort());
  });

  it.each(stickers)('$id is small, square, named and still', ({ id, ja }) => {
    expect(existsSync(drawing(id))).toBe(true);
    const bytes = readFileSync(drawing(id));
    const svg = bytes.toString('utf8');
    expect(bytes.length).toBeLessThanOrEqual(7000);
    expect(svg).toContain(`<title>${ja}</title>`);
    expect(svg).toContain('viewBox="0 0 320 320"');
    // Words are outlines; nothing runs, moves or is fetched.
    expect(svg).not.toMatch(/<(script|style|text|image|use|foreignObject|animate|set|a)\b/i);
    expect(svg).not.toMatch(/\son\w+=|href|url\(|@import|<!|<\?/i);
    expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  });
});
