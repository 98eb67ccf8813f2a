import type { Question } from './form.ts';

/** The questions page by page. A page whose questions are all not asked is none. */
export function pagesOf(shown: readonly Question[]): Question[][] {
  const pages: Question[][] = [];
  for (const one of shown) {
    if (pages.length === 0 || one.page) pages.push([]);
    pages.at(-1)!.push(one);
  }
  return pages;
}
