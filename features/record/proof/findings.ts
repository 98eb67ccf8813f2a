/** Something that is not as it was recorded. `code` names its sentence: `record.found.<code>`. */
export interface Found { readonly code: string; readonly line?: number; readonly params: Readonly<Record<string, string | number>> }

/** Tells that something is not as it was recorded. @param line of the part that is looked at */
export type Finds = (code: string, params?: Found['params'], line?: number) => void;

/** So much is listed. Where more is wrong, more of the same is no help. */
const mostFound = 30;

/** What a check has found so far. */
export class Findings {
  readonly list: Found[] = [];
  /** More was found than is listed. */
  more = 0;

  readonly finds: Finds = (code, params = {}, line) => {
    if (this.list.length < mostFound) this.list.push({ code, params, ...(line === undefined ? {} : { line }) });
    else this.more += 1;
  };
}
