import { wallAhead, type Id, type Moment } from '@noroshi/foundations/kernel';
import type { Hours } from './device.ts';
import type { Message } from '@noroshi/features/talk';

/** What someone does not want to be woken for. */
export interface Wishes { readonly muted: boolean; readonly hours: Hours | undefined }


/** Whether a moment lies in quiet hours. They end with the minute before `ends`. */
export function isQuiet(hours: Hours | undefined, at: Moment): boolean {
  if (!hours) return false;
  const minute = Math.floor((at + wallAhead) / 60_000) % 1_440;
  return hours.begins < hours.ends ? hours.begins <= minute && minute < hours.ends : minute >= hours.begins || minute < hours.ends;
}

/**
 * Whether a message wakes someone, and whether it may be heard:
 * urgent, always; important, also in a muted room, and without a sound in quiet hours; what names them, also in a
 * muted room, and not in quiet hours; all else, neither there nor then.
 */
export function whether({ urgency, mentions = [], mentionOrgs = [] }: Pick<Message, 'urgency' | 'mentions' | 'mentionOrgs'>, who: { readonly person: Id; readonly org: Id }, { muted, hours }: Wishes, at: Moment): 'heard' | 'silent' | undefined {
  if (urgency === 'urgent') return 'heard';
  const quiet = isQuiet(hours, at);
  if (urgency === 'important') return quiet ? 'silent' : 'heard';
  const named = mentions.includes(who.person) || mentionOrgs.includes(who.org);
  return quiet || (muted && !named) ? undefined : 'heard';
}
