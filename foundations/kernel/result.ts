/** Values that fill the gaps of a sentence, such as `{ max: 50 }`. */
export type Params = Readonly<Record<string, string | number>>;

/** A word, not an exception: why something was not done. The sentence for `code` is in the language files. */
export interface Refusal {
  readonly ok: false;
  /** `room.reason`, for example `talk.notAMember`. */
  readonly code: string;
  readonly params?: Params;
}

export type Verdict = { readonly ok: true } | Refusal;

/** The deed may be done. */
export const allowed: Verdict = { ok: true };

/** The deed is not done, and this is why. */
export function refused(code: string, params?: Params): Refusal {
  return params ? { ok: false, code, params } : { ok: false, code };
}
