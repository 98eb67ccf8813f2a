import type { Words } from '@noroshi/foundations/i18n';
import type { Moment } from '@noroshi/foundations/kernel';
import type { Contact } from '../contact.ts';
import { ageSays } from './looks.ts';

/** One municipality, or one person of it. */
type Counted = Pick<Contact['towns'][number], 'heard' | 'devices' | 'unread' | 'unanswered'>;

/** An hour, with its day whenever that is not today. */
export const hourSays = (at: Moment, now: Moment, { time, moment, dayNumber }: Words): string => (dayNumber(at) === dayNumber(now) ? time(at) : moment(at));

/** 最終連絡 07:42 */
export const heardSays = ({ heard }: Counted, now: Moment, words: Words): string => (heard === undefined ? words.t('situation.neverHeard') : words.t('situation.heard', { time: hourSays(heard, now, words) }));

/** 最終連絡 0:31前: on the wall ages say how long nothing was heard. */
export const silenceSays = ({ heard }: Counted, now: Moment, { t }: Words): string => (heard === undefined ? t('situation.neverHeard') : t('situation.heardAgo', { age: ageSays(now - heard) }));

/** 接続中 2台. Where there are several servers, no more is said than this one knows. */
export function devicesSay({ devices }: Counted, { all }: Contact, { t }: Words): string {
  if (devices === 0) return t(all ? 'situation.noDevices' : 'situation.noDevicesHere');
  return t(all ? 'situation.devices' : 'situation.devicesAtLeast', { n: devices });
}

/** 未読 2人・未回答 1人 */
export const waitsSay = ({ unread, unanswered }: Counted, { t, beside }: Words): string =>
  beside([unread > 0 && t('situation.unread', { n: unread }), unanswered > 0 && t('situation.unanswered', { n: unanswered })]) || t('situation.allRead');
