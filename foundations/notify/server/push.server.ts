import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type webpush from 'web-push';
import { declared } from '../declared.ts';
import type { Driver, Letter, Place, Sent } from '../letter.ts';
import { Poster } from './post.server.ts';
import { isPublicAddress } from './public-address.server.ts';
import type { PushKeys } from './push-keys.server.ts';

export interface PushNeeds {
  readonly keys: PushKeys;
  /** Who answers for what is sent, for the push services: `https:` or `mailto:`. Apple refuses what is no such address. */
  readonly subject: string;
  /** Hosts of push services of one's own, which may lie inside the network. */
  readonly inside: readonly string[];
  readonly ca?: string | undefined;
  readonly patience?: number;
}

/** A device that was off for longer than this is not told of what it missed (seconds). What is owed stands on its first screen. */
const timeToLive = 12 * 60 * 60;
/** How long a signature holds, in seconds; push services take none of more than a day. */
const signedFor = 12 * 60 * 60;
/** So many push services are kept in mind. */
const mostSigned = 100;
/** A push service that asks to be left alone for longer than this is not asked again (seconds). */
const longestWait = 5;

/** Read when the first push goes out: a start does not wait for it. */
let library: Promise<typeof webpush> | undefined;
const loaded = (): Promise<typeof webpush> => (library ??= import('web-push').then((module) => module.default));

/** Whether an address can be a push service's: HTTPS, nothing but host and path, and no address inside the network. */
export function isPushEndpoint(text: string, inside: readonly string[]): boolean {
  const url = URL.parse(text);
  if (!url || url.protocol !== 'https:' || url.username || url.password || url.hash) return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (inside.includes(host)) return true;
  return isIP(host) ? isPublicAddress(host) : host.includes('.') && !/(^|\.)(localhost|local|internal|lan|home\.arpa)$/.test(host);
}

/** Web push: encrypted to the browser (RFC 8291), signed by the house (RFC 8292), always something that is shown. */
export function pushDriver({ keys, subject, inside, ca, patience }: PushNeeds): Driver {
  const poster = new Poster({
    mayReach: (address, host) => inside.includes(host) || isPublicAddress(address),
    ...(ca ? { ca } : {}), ...(patience ? { patience } : {}),
  });
  // Signing takes longer than all the rest, and what is signed is the same for a whole push service.
  const signed = new Map<string, { readonly authorization: string; readonly until: number }>();
  const authorization = async (audience: string): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000);
    let one = signed.get(audience);
    if (!one || one.until < now) {
      const { Authorization } = (await loaded()).getVapidHeaders(audience, subject, keys.publicKey, keys.privateKey, 'aes128gcm', now + signedFor);
      one = { authorization: Authorization, until: now + signedFor / 2 };
      if (signed.size >= mostSigned) signed.clear();
      signed.set(audience, one);
    }
    return one.authorization;
  };
  const send = async (place: Place, letter: Letter, again = true): Promise<Sent> => {
    if (!place.keys || !isPushEndpoint(place.to, inside)) return { ok: false, code: 'notify.refused', gone: true };
    let made: ReturnType<typeof webpush.generateRequestDetails>;
    try {
      made = (await loaded()).generateRequestDetails({ endpoint: place.to, keys: place.keys }, JSON.stringify(declared(letter)), {
        TTL: timeToLive, urgency: letter.silent ? 'normal' : 'high', topic: topicOf(letter.tag), contentEncoding: 'aes128gcm',
      });
    } catch {
      return { ok: false, code: 'notify.refused', gone: true };
    }
    try {
      const { status, retryAfter } = await poster.post(new URL(place.to), { ...made.headers as Record<string, string | number>, authorization: await authorization(new URL(place.to).origin) }, made.body ?? '');
      if (status >= 200 && status < 300) return { ok: true };
      if (status === 404 || status === 410) return { ok: false, code: 'notify.gone', gone: true };
      if (status !== 429 && status !== 503) return { ok: false, code: status >= 500 ? 'notify.away' : 'notify.refused' };
      // It has not been taken: asking again tells nobody twice.
      if (!again || (retryAfter ?? 1) > longestWait) return { ok: false, code: 'notify.busy' };
      await pause((retryAfter ?? 1) * 1_000, undefined, { ref: false });
      return await send(place, letter, false);
    } catch {
      return { ok: false, code: 'notify.away' };
    }
  };
  return { send: (place, letter) => send(place, letter), close: () => poster.close() };
}

/** As push services take it: what still waits there under the same topic is replaced. */
const topicOf = (tag: string): string => createHash('sha256').update(tag).digest('base64url').slice(0, 32);
