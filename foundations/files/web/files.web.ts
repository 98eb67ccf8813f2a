/** Files on a device: kept before their message is sent, and sent behind it. */
export { FilesContext, openFilesEnd, useFiles, type FilesEnd } from './context.web.ts';
export { KeptFiles, type KeptFile } from './kept.web.ts';
export { previewUrl } from './preview.web.ts';
export type { Prepared } from './prepare.web.ts';

/** Fetched when someone is taken off this device. */
export const loadForgetFiles = (): Promise<typeof import('./forget.web.ts')> => import('./forget.web.ts');

/** Fetched when something is picked: the first screen does not need it. */
export const loadPrepare = async (): Promise<typeof import('./prepare.web.ts').prepare> => (await import('./prepare.web.ts')).prepare;
