import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';

/** Being fetched: in words, with the time up to which the screen is true. What the device has is shown meanwhile. */
export const Loading = ({ children, asOf }: { children: ComponentChildren; asOf?: ComponentChildren }) => (
  <p class="loading" role="status"><Icon name="clock" /><span>{children}</span>{asOf && <time>{asOf}</time>}</p>
);
