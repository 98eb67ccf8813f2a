/** What a line of the past was, as the other tool says it. Of all but words and notes only the name is in its file. */
export const lineKinds = ['text', 'note', 'post', 'sticker', 'photo', 'video', 'file', 'voice', 'album', 'place'] as const;
export type LineKind = (typeof lineKinds)[number];

/** Letters at most. What is longer is not cut: it is left, and told. */
export const longest = { text: 10_000, who: 120, title: 400 } as const;
