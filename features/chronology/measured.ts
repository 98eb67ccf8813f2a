import type { Measured } from '@noroshi/foundations/measured';

/** What a drill is measured by in the chronology: that someone wrote a line. */
export const measuredChronology: Measured = { act: ({ kind, org }) => (kind === 'chronology.entered' ? { act: 'enter', org } : undefined) };
