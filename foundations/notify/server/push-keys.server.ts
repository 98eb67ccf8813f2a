import type { Moment } from '@noroshi/foundations/kernel';
import { createECDH } from 'node:crypto';
import type pg from 'pg';

/** The house's own pair of keys (VAPID, P-256, base64url): subscriptions are made for it, and pushes signed with it. */
export interface PushKeys { readonly publicKey: string; readonly privateKey: string }

/**
 * The keys of this house, made at its first start. They lie in the database, beside the subscriptions that hang on them:
 * a backup brings both back, and with other keys every device would have to subscribe anew.
 */
export async function pushKeys(pool: pg.Pool, now: Moment): Promise<PushKeys> {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url');
  const privateKey = pair.getPrivateKey().toString('hex').padStart(64, '0');
  // However many nodes start at once, one pair stays.
  await pool.query('insert into notify_key (public, private, made) values ($1, $2, $3) on conflict do nothing', [publicKey, Buffer.from(privateKey, 'hex').toString('base64url'), now]);
  return (await pool.query<PushKeys>('select public as "publicKey", private as "privateKey" from notify_key where workspace = 1')).rows[0]!;
}

/** Whether these are keys that a browser could have made: a point of P-256, and 16 bytes. */
export function areSubscriptionKeys({ p256dh, auth }: { readonly p256dh: string; readonly auth: string }): boolean {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  try {
    pair.computeSecret(p256dh, 'base64url');
    return Buffer.from(p256dh, 'base64url').length === 65 && Buffer.from(auth, 'base64url').length === 16;
  } catch {
    return false;
  }
}
