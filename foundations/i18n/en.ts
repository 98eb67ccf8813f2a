import type { Dictionary } from './words.ts';
import en from './en.json' with { type: 'json' };

// A sentence that English lacks does not compile here.
export const english: Dictionary = en;
