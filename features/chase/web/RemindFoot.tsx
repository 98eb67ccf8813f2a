import { organization, type Organization } from '@noroshi/features/directory';
import { theMessage, type Message } from '@noroshi/features/talk';
import { Button, FieldError } from '@noroshi/foundations/ui';
import { useLine, useLive, useNow, useSending, useStair, useWords, type RemindProps } from '@noroshi/foundations/web';
import { remind, remindEvery } from '../remind.ts';
import { theReminder, type Reminder } from '../reminder.ts';

/** 未読の人にもう一度知らせる: for who said it and for headquarters, once in a few minutes. */
export default function RemindFoot({ room, message, unread }: RemindProps) {
  const { t, time } = useWords();
  const { actor } = useStair();
  const line = useLine();
  const now = useNow();
  const sending = useSending();
  const known = useLive(async ({ replica }) => {
    const [said, last, mine] = await Promise.all([
      replica.get<Message>(theMessage(message).noun, message), replica.get<Reminder>(theReminder(message).noun, message), replica.get<Organization>(organization.noun, actor.org),
    ]);
    return { may: actor.role !== 'guest' && (said?.by === actor.person || mine?.kind === 'prefecture'), last };
  }, [message]);
  if (!known?.may || unread === 0) return null;
  // What one has just done may be later than the clock on the screen.
  const wait = known.last ? Math.min(remindEvery * 60_000, known.last.at + remindEvery * 60_000 - now) : 0;
  const told = known.last?.told;
  const reached = told?.find(({ result }) => result === 'sent')?.people.length ?? 0;
  const rest = (told ?? []).reduce((sum, { people }) => sum + people.length, 0) - reached;
  return (
    <>
      {known.last && <p class="sub" role="status">{told ? t('chase.remindedTold', { time: time(known.last.at), n: reached, rest }) : t('chase.reminded', { time: time(known.last.at) })}</p>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {line.state !== 'open' && <p class="sub">{t('chase.remindQueued')}</p>}
      <Button kind="main" wide icon="bell" disabled={wait > 0} busy={sending.busy ? t('chase.sending') : undefined} onClick={() => void sending.send(remind, { room, message })}>{wait > 0 ? t('chase.remindWait', { n: Math.ceil(wait / 60_000) }) : t('chase.remind', { n: unread })}</Button>
    </>
  );
}
