import type { Excerpt } from '../fold.ts';

/** One message that was found. */
export interface Hit { readonly id: string; readonly room: string; readonly by: string; readonly at: number; readonly excerpt: Excerpt }
