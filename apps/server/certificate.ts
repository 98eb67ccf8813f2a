import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import { CannotStart } from '@noroshi/foundations/database';

/** Files in PEM form: the certificate with those that sign it, and its private key. */
export interface Certificate { readonly cert: string; readonly key: string }

/** Reads both files. @throws CannotStart with a sentence that names the setting */
export function readCertificate({ cert, key }: Certificate): { cert: Buffer; key: Buffer } {
  const pair = { cert: read('NOROSHI_TLS_CERT', cert), key: read('NOROSHI_TLS_KEY', key) };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new CannotStart(`NOROSHI_TLS_CERT と NOROSHI_TLS_KEY のファイルが、証明書とその鍵になっていません：${(error as Error).message}`, `The files that NOROSHI_TLS_CERT and NOROSHI_TLS_KEY name are no certificate and its key: ${(error as Error).message}.`);
  }
  return pair;
}

function read(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CannotStart(`${setting} のファイルを読めません：${(error as Error).message}`, `The file that ${setting} names cannot be read: ${(error as Error).message}.`);
  }
}

/**
 * Takes up a renewed certificate without a restart: those on the line keep theirs, new ones get the new one. Looks at
 * the files again and again, since what renews them may swap a link, which no watcher of folders sees everywhere.
 * @param every how often to look, in milliseconds
 * @returns how to stop looking
 */
export function followCertificate(server: Server, files: Certificate, every: number, failed: (error: unknown) => void): () => void {
  const renew = (): void => {
    try {
      server.setSecureContext(readCertificate(files));
    } catch (error) {
      // Half written: the next look finds the other half. Until then the old one serves.
      failed(error);
    }
  };
  for (const path of [files.cert, files.key]) watchFile(path, { interval: every, persistent: false }, renew);
  return () => {
    for (const path of [files.cert, files.key]) unwatchFile(path, renew);
  };
}
