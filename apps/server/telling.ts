import type { WakeNeeds } from '@noroshi/features/wake/server';
import type { Driver } from '@noroshi/foundations/notify/server';
import type { Config } from './config.ts';

/** How this house tells people outside the application. */
export type Telling = Pick<WakeNeeds, 'base' | 'push' | 'drivers'>;

/** Where a house has no address in the world, push services are told one that cannot be anybody's. */
const nobody = 'mailto:noroshi@noroshi.invalid';

const drivers = () => import('@noroshi/foundations/notify/drivers');

/** A driver that is read with its first letter: a start has no use for it. */
function lasting(make: (all: Awaited<ReturnType<typeof drivers>>) => Driver): Driver {
  let made: Promise<Driver> | undefined;
  return {
    send: async (place, letter) => (await (made ??= drivers().then(make))).send(place, letter),
    close: () => void made?.then((driver) => driver.close?.()),
  };
}

/** The channels that the settings name; push is always there. Invented people get neither mail nor calls. */
export function tellingBy(config: Config | null): Telling {
  const base = config?.publicUrl?.origin ?? '';
  return {
    base,
    push: { subject: config?.pushContact ?? (base.startsWith('https:') ? base : nobody), inside: config?.pushInside ?? [] },
    drivers: config?.demo ? {} : {
      ...(config?.smtpUrl ? { mail: lasting(({ mailDriver }) => mailDriver({ server: config.smtpUrl!, from: config.mailFrom })) } : {}),
      ...(config?.smsUrl ? { sms: lasting(({ androidDriver, postDriver }) => (config.smsKind === 'android' ? androidDriver : postDriver.bind(undefined, 'sms'))({ gateway: config.smsUrl!, token: config.smsToken ?? undefined })) } : {}),
      ...(config?.voiceUrl ? { voice: lasting(({ postDriver }) => postDriver('voice', { gateway: config.voiceUrl!, token: config.voiceToken ?? undefined })) } : {}),
    },
  };
}
