import type { WakeNeeds } from '@noroshi/features/wake/server';
import { androidDriver, mailDriver, postDriver } from '@noroshi/foundations/notify/server';
import type { Config } from './config.ts';

/** How this house tells people outside the application. */
export type Telling = Pick<WakeNeeds, 'base' | 'push' | 'drivers'>;

/** Where a house has no address in the world, push services are told one that cannot be anybody's. */
const nobody = 'mailto:noroshi@noroshi.invalid';

/** The channels that the settings name; push is always there. Invented people get neither mail nor calls. */
export function tellingBy(config: Config | null): Telling {
  const base = config?.publicUrl?.origin ?? '';
  const sms = config?.smsKind === 'android' ? androidDriver : postDriver.bind(undefined, 'sms');
  return {
    base,
    push: { subject: config?.pushContact ?? (base.startsWith('https:') ? base : nobody), inside: config?.pushInside ?? [] },
    drivers: config?.demo ? {} : {
      ...(config?.smtpUrl ? { mail: mailDriver({ server: config.smtpUrl, from: config.mailFrom }) } : {}),
      ...(config?.smsUrl ? { sms: sms({ gateway: config.smsUrl, token: config.smsToken ?? undefined }) } : {}),
      ...(config?.voiceUrl ? { voice: postDriver('voice', { gateway: config.voiceUrl, token: config.voiceToken ?? undefined }) } : {}),
    },
  };
}
