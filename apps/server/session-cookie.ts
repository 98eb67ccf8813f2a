import { sessionLasts } from '@noroshi/features/account/server';
import type { FastifyReply } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';

/** How a device keeps its session: out of reach of scripts, and sent to this house alone. */
export interface SessionCookie {
  readonly read: (headers: IncomingHttpHeaders) => string | undefined;
  /** Puts the secret into the device, or takes it away. */
  readonly write: (reply: FastifyReply, secret: string | undefined) => void;
}

/**
 * @param secure whether the house is reached by HTTPS. Then the name begins with `__Host-`, so that no other host of
 *   the same domain can set it (RFC 6265bis §4.1.3.2).
 * @param demo whether it is the demo, which may run beside the real one on the same machine: cookies know no ports
 */
export function sessionCookie({ secure, demo }: { secure: boolean; demo: boolean }): SessionCookie {
  const name = `${secure ? '__Host-' : ''}noroshi${demo ? '-demo' : ''}`;
  const prefix = `${name}=`;
  return {
    read: (headers) => headers.cookie?.split(/;\s*/).find((one) => one.startsWith(prefix))?.slice(prefix.length),
    write(reply, secret) {
      const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
      if (secret === undefined) reply.clearCookie(name, options);
      else reply.setCookie(name, secret, { ...options, maxAge: sessionLasts / 1000 });
    },
  };
}
