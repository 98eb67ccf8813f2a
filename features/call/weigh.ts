/** Where a line is measured before a call: so many bytes come, and as many go. */
export const weighPath = '/line/weigh';
/** As many bytes as a second of large pictures. */
export const weight = 96 * 1_024;
