import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * A key of this machine (Ed25519): made at the first start, readable by its owner alone.
 * @param path such as `record-key.pem` in the data folder; undefined: a key of this process alone, for a test
 */
export async function secretKey(path?: string): Promise<KeyObject> {
  if (path === undefined) return generateKeyPairSync('ed25519').privateKey;
  const known = await read(path);
  if (known) return known;
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await file.sync();
    } finally {
      await file.close();
    }
    return privateKey;
  } catch (error) {
    // Another node on the same folder was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await read(path))!;
  }
}

/** The public half of a key, as its 32 bytes. */
export const publicHalf = (secret: KeyObject): Buffer => Buffer.from(createPublicKey(secret).export({ format: 'jwk' }).x!, 'base64url');

/** Those 32 bytes as a key by which a signature is checked. @throws where they are none */
export const publicKeyOf = (bytes: Uint8Array): KeyObject => createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') } });

async function read(path: string): Promise<KeyObject | undefined> {
  try {
    return createPrivateKey(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
