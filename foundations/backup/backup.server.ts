/** Backup and restore: everything as one file, taken beside a working server and proven when it comes back. */
export { backUp, filesIn, type ArchiveEnd, type ArchiveHead } from './back-up.server.ts';
export { restore } from './restore.server.ts';
