/** How a room explains its screens: a few sentences and a picture for each, drawn by whoever shows them. */
import type { Key } from '@noroshi/foundations/i18n';
import type { ComponentType } from 'preact';

export { Nothing, Picture, Point } from './Picture.web.tsx';

/** What stands about a line that is gone. One of these is said of every screen. */
export type Offline = 'reads' | 'writes' | 'works' | 'needsLine';

/** What is explained of a screen. */
export interface Topic {
  /** The pages it is about: their paths, or where one path has several pages, the path of the one. */
  readonly at: readonly string[];
  /** What the screen is called, as its own bar says. */
  readonly title: Key;
  /** What it is for. */
  readonly says: Key;
  /** What one does there, in order. The picture marks where with the same numbers. */
  readonly steps: readonly Key[];
  /** What it can without a line. */
  readonly offline: Offline;
  /** The parts of the screen themselves, drawn from what could be in them: no photograph of it grows old. */
  readonly picture: ComponentType;
  /** For those who tend the house: not offered to others among all that is explained. */
  readonly tends?: true;
}

/** How exactly a pattern means a path: the more of it is written out, the better. */
const written = (pattern: string): number => pattern.split('/').filter((part) => !part.startsWith(':')).length;

/**
 * The explanation of a page.
 * @param match tells whether a path is one of this pattern
 * @returns the one that means it most exactly; `undefined` where there is none
 */
export function topicAt(topics: readonly Topic[], path: string, match: (pattern: string, path: string) => unknown): Topic | undefined {
  const found = topics.flatMap((topic) => topic.at.filter((pattern) => match(pattern, path)).map((pattern) => ({ topic, exact: written(pattern) })));
  return found.toSorted((a, b) => b.exact - a.exact)[0]?.topic;
}
