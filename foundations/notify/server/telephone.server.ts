import { words, type Language } from '@noroshi/foundations/i18n';
import type { Driver, Letter, Sent } from '../letter.ts';
import { outside } from '../outside.ts';
import { dictionaries } from './dictionaries.server.ts';
import { Poster, type Posted } from './post.server.ts';

export interface TelephoneNeeds {
  /** The only address that is ever called. */
  readonly gateway: URL;
  /** The bearer token of `postDriver`. */
  readonly token?: string | undefined;
  readonly patience?: number;
}

/** A number as telephone networks write it: a leading 0 is Japan's. */
export function international(number: string): string {
  const digits = number.replace(/[^\d+]/g, '');
  return digits.startsWith('+') ? digits : digits.startsWith('0') ? `+81${digits.slice(1)}` : `+${digits}`;
}

/** What an SMS says, or a voice reads out. */
function say(letter: Letter, channel: 'sms' | 'voice'): string {
  const said = outside(letter, words(letter.language, dictionaries[letter.language]));
  return channel === 'sms' ? said.text : said.spoken;
}

async function told(call: Promise<Posted>): Promise<Sent> {
  try {
    const { status } = await call;
    if (status >= 200 && status < 300) return { ok: true };
    return { ok: false, code: status === 429 || status === 503 ? 'notify.busy' : status >= 500 ? 'notify.away' : 'notify.refused' };
  } catch {
    return { ok: false, code: 'notify.away' };
  }
}

/**
 * SMS or voice through a gateway of one's own, by the form that docs/operating.md describes:
 * `POST`, `Authorization: Bearer …`, `{ id, channel, to, text, language }`; 2xx means that it was taken. The id is also
 * the `Idempotency-Key`.
 */
export function postDriver(channel: 'sms' | 'voice', { gateway, token, patience }: TelephoneNeeds): Driver {
  const poster = new Poster(patience ? { patience } : {});
  return {
    send: ({ to }, letter) => {
      const body: { id: string; channel: string; to: string; text: string; language: Language } = { id: letter.id, channel, to: international(to), text: say(letter, channel), language: letter.language };
      return told(poster.post(gateway, { 'content-type': 'application/json', 'idempotency-key': letter.id, ...(token ? { authorization: `Bearer ${token}` } : {}) }, JSON.stringify(body)));
    },
    close: () => poster.close(),
  };
}

/** SMS through a telephone at headquarters that runs SMS Gateway for Android in its local mode: one SIM card, no company between. */
export function androidDriver({ gateway, patience }: TelephoneNeeds): Driver {
  const poster = new Poster(patience ? { patience } : {});
  const address = new URL(gateway.pathname === '/' ? '/message' : gateway.pathname, gateway);
  const who = Buffer.from(`${decodeURIComponent(gateway.username)}:${decodeURIComponent(gateway.password)}`).toString('base64');
  address.username = address.password = '';
  return {
    send: ({ to }, letter) => told(poster.post(address, { 'content-type': 'application/json', authorization: `Basic ${who}` },
      JSON.stringify({ id: letter.id, message: say(letter, 'sms'), phoneNumbers: [international(to)] }))),
    close: () => poster.close(),
  };
}
