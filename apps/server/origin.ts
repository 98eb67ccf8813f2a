import type { IncomingHttpHeaders } from 'node:http';

/** Names by which only programs of this machine reach it. */
export const isLoopbackName = (name: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(name);

/**
 * Whether a request comes from a page of this house, or from no page at all. A browser names the page's origin with
 * every POST and every socket; a program outside a browser carries nobody's cookie but its own.
 * @param publicUrl where the house is opened; null on this machine alone, at whatever port
 */
export function originGuard(publicUrl: URL | null): (headers: IncomingHttpHeaders) => boolean {
  return (headers) => {
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
    const { origin } = headers;
    if (origin === undefined) return true;
    if (publicUrl) return origin === publicUrl.origin;
    const page = URL.parse(origin);
    // Another name that leads to this machine (DNS rebinding) is not ours.
    return page !== null && page.protocol === 'http:' && page.host === headers.host && isLoopbackName(page.hostname);
  };
}
