import type { WebRoom } from '@noroshi/foundations/web';

/** The address book, and its administration. */
export const directoryWeb: WebRoom = { name: 'directory' };
