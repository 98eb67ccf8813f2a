/** The record at work: the log behind those who talk, who signs it, and what is taken out of it. */
export { exportZip, type ExportNeeds } from './export.server.ts';
export { RecordLog, type LoggerNeeds } from './logger.server.ts';
export { mountRecord } from './mount.server.ts';
export { openSigner, type Signer } from './signer.server.ts';
export { checkSignature, sourceOf } from './shore.server.ts';
export { zip, type ZipPart } from './zip.server.ts';
