import { isIP } from 'node:net';
import { isPublicAddress } from '@noroshi/foundations/notify/server';
import { isLoopbackName } from './origin.ts';

/** An address of a house: HTTPS, or plain on this machine; no path, no name, no question. */
export function publicAddress(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || url.pathname !== '/' || url.search || url.hash || url.username || url.password) return undefined;
  if (url.protocol === 'http:') return isLoopbackName(url.hostname) ? url : undefined;
  return url.protocol === 'https:' ? url : undefined;
}

/** Where SMS and calls are handed over: HTTPS, or plain to an address of this machine or of one's own network. */
export function gatewayAddress(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || url.hash) return undefined;
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && (isLoopbackName(url.hostname) || (isIP(url.hostname.replace(/^\[|\]$/g, '')) && !isPublicAddress(url.hostname))) ? url : undefined;
}

/** An address, or a network such as 10.1.0.0/16. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  return version > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)));
}
