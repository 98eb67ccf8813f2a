import type { ComponentChildren } from 'preact';

/** Around everything that belongs to a drill: stripes on four sides, a band that does not scroll away, purple for blue and red. */
export const DrillFrame = ({ band, children }: { band: ComponentChildren; children: ComponentChildren }) => (
  <div class="drill"><div class="drillband" role="status">{band}</div>{children}</div>
);

/** The drill's word before a title or message. */
export const DrillWord = ({ children }: { children: ComponentChildren }) => <span class="drill-word">{children}</span>;
