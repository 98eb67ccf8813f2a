import type { PlusEntry } from '@noroshi/foundations/web';

/** What one can put into a talk. */
export const plus: readonly PlusEntry[] = [{ label: 'call.plus', icon: 'video', href: (room) => `/call/${room}` }];
