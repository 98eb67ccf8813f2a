/** Where a text stands that PostgreSQL cannot hold: with a NUL, or with half of a surrogate pair. */
export function wrongCharacters(value: unknown, at: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at || '·' : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const wrong = wrongCharacters(key, at) ?? wrongCharacters(inner, at ? `${at}.${key}` : key);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
