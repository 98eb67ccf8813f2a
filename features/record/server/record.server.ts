/** The record at work: the log behind those who talk, and who signs it. */
export { RecordLog, type LoggerNeeds } from './logger.server.ts';
export type { PapersOf } from './export.server.ts';
export { mountRecord } from './mount.server.ts';
export { openSigner, type Signer } from './signer.server.ts';
export type { Stamper } from './stamper.server.ts';
