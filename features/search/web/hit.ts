import type { Shelf } from '@noroshi/foundations/found';
import type { Moment } from '@noroshi/foundations/kernel';
import type { Excerpt } from '../fold.ts';

/** One thing that was found. */
export interface Hit { readonly noun: string; readonly id: string; readonly room?: string; readonly by?: string; readonly at?: Moment; readonly excerpt: Excerpt }

/** What was found on one shelf; with `more`, there are at least so many. */
export interface Shelved { readonly shelf: Shelf; readonly count: number; readonly more: boolean; readonly hits: readonly Hit[] }

/** What is looked for. */
export interface Wanted { readonly text: string; readonly shelf?: Shelf | undefined; readonly room?: string | undefined; readonly by?: string | undefined; readonly from?: Moment | undefined; readonly until?: Moment | undefined }
