/** What is written now of an export. */
export const makingParts = ['events', 'log', 'table', 'attachments', 'papers'] as const;

/** How far an export is: not begun (here), under way, written whole, broken off, or called off by who asked for it. */
export type Making =
  | { readonly state: 'none' | 'brokeOff' | 'calledOff' }
  /** `done` of `of` events of the log, or files, in this part; `bytes` written in all. */
  | { readonly state: 'making'; readonly part: (typeof makingParts)[number]; readonly done: number; readonly of: number; readonly bytes: number }
  | { readonly state: 'made'; readonly bytes: number };
