import type { Letter } from './letter.ts';

/**
 * What a push carries, in the form of Declarative Web Push: a browser that knows it (Safari 18.4 on) shows it by itself,
 * whatever has become of the service worker; in the others the service worker reads the same and shows it.
 */
export interface Declared {
  readonly web_push: 8030;
  /** The service worker may still be asked: only then can a trial be confirmed. */
  readonly mutable?: true;
  /** What stands on the application's icon. */
  readonly app_badge?: number;
  readonly notification: {
    readonly title: string;
    readonly body: string;
    readonly navigate: string;
    readonly tag: string;
    readonly lang: string;
    readonly silent: boolean;
    /** A browser that shows it by itself opens the thing for each of them; the service worker gives the answer where it stands. */
    readonly actions?: readonly { readonly action: string; readonly title: string; readonly navigate: string }[];
    readonly data: { readonly urgent: boolean; readonly confirm?: string; readonly acts?: readonly { readonly done: string; readonly deed: string; readonly input: unknown }[] };
  };
}

/** Push services take 4,096 bytes encrypted; in characters of three bytes, this is far below. */
const longestTitle = 80;
const longestBody = 200;

const longestAct = 20;

/** A text in one line, and no longer than that. What is cut says so. */
export function shortLine(text: string, most: number): string {
  const line = [...text.replace(/\s+/g, ' ').trim()];
  return line.length > most ? `${line.slice(0, most - 1).join('')}…` : line.join('');
}

/** A letter as push carries it. */
export function declared({ title, body, link, tag, language, urgent, silent = false, badge, confirm, acts = [] }: Letter): Declared {
  return {
    web_push: 8030,
    ...(confirm === undefined ? {} : { mutable: true as const }),
    ...(badge === undefined ? {} : { app_badge: badge }),
    notification: {
      title: shortLine(title, longestTitle), body: shortLine(body, longestBody), navigate: link, tag, lang: language, silent,
      ...(acts.length > 0 ? { actions: acts.map(({ label }, n) => ({ action: String(n), title: shortLine(label, longestAct), navigate: link })) } : {}),
      data: { urgent, ...(confirm === undefined ? {} : { confirm }), ...(acts.length > 0 ? { acts: acts.map(({ done, deed, input }) => ({ done: shortLine(done, longestTitle), deed, input })) } : {}) },
    },
  };
}
