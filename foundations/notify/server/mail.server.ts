import { words } from '@noroshi/foundations/i18n';
import type { Driver } from '../letter.ts';
import { outside } from '../outside.ts';
import { dictionaries } from './dictionaries.server.ts';
import { isPlain } from './is-plain.server.ts';

export interface MailNeeds {
  /** Where the mail server is, and who we are there. */
  readonly server: URL;
  /** Such as `狼煙 <noroshi@example.jp>`. */
  readonly from: string;
}

/** In milliseconds. */
const patience = 15_000;

/** Mail by SMTP: TLS from the start (`smtps:`) or before anything is said (`smtp:`). */
export function mailDriver({ server, from }: MailNeeds): Driver {
  const secure = server.protocol === 'smtps:';
  const options = {
    host: server.hostname.replace(/^\[|\]$/g, ''), port: Number(server.port) || (secure ? 465 : 587), secure,
    requireTLS: !secure && !isPlain(server), ignoreTLS: isPlain(server),
    ...(server.username ? { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) } } : {}),
    pool: true, maxConnections: 4, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience,
    // Nothing is read from a disk or fetched, whatever stands in a mail.
    disableFileAccess: true, disableUrlAccess: true,
  } as const;
  // Read when the first mail goes out: a start does not wait for it.
  const open = async () => (await import('nodemailer')).createTransport(options);
  let opened: ReturnType<typeof open> | undefined;
  return {
    async send({ to }, letter) {
      const { subject, text } = outside(letter, words(letter.language, dictionaries[letter.language]));
      try {
        await (await (opened ??= open())).sendMail({
          from, to: { name: '', address: to }, subject, text, messageId: `<${letter.id}@noroshi>`,
          ...(letter.urgent ? { priority: 'high' as const } : {}),
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { ok: true };
      } catch (error) {
        // What is wrong between us and our own server is not its reader's fault.
        const { code = '', responseCode = 0 } = error as { code?: string; responseCode?: number };
        return { ok: false, code: responseCode >= 500 && /^(EENVELOPE|EMESSAGE)$/.test(code) ? 'notify.refused' : 'notify.away' };
      }
    },
    close: () => void opened?.then((transport) => transport.close()),
  };
}
