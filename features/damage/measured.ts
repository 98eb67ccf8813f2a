import type { Measured } from '@noroshi/foundations/measured';

/** What a drill is measured by in the reports: that a town, or the prefecture for it, has reported. */
export const measuredDamage: Measured = { act: ({ kind, org }) => (kind === 'damage.reported' ? { act: 'report', org } : undefined) };
