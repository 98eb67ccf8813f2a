import type { Dictionary } from './words.ts';
import ja from './ja.json' with { type: 'json' };

export const japanese: Dictionary = ja;
