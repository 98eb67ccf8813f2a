import { amend, longestText, mostPins, pin, react, reactions, standing, unpin, withdraw, type Message } from '@noroshi/features/talk';
import { Button, Field, FieldError, Icon, RoomRow, Sheet } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords } from '@noroshi/foundations/web';
import type { Doc } from '@noroshi/foundations/sync';
import type { Refusal } from '@noroshi/foundations/kernel';
import type { Told } from '@noroshi/foundations/sync/web';
import { useState } from 'preact/hooks';
import { reactionKey } from './MessageRow.tsx';
import { oneLine } from '../newest-line.ts';
import { useOffers } from './use-offers.ts';
import type { RoomNow } from './use-room.ts';

export interface ActionsSheetProps {
  readonly doc: Doc<Message>;
  readonly now: RoomNow;
  readonly onReply: () => void;
  readonly onReaders: () => void;
  readonly onClose: () => void;
}

const days = [1, 3, 7, 30] as const;

/** What one can do with a message. */
export function ActionsSheet({ doc, now, onReply, onReaders, onClose }: ActionsSheetProps) {
  const words = useWords();
  const { t, refusal, day } = words;
  const stair = useStair();
  const offers = useOffers();
  const message = doc.value;
  const further = useLive(async (s) => {
    const all = offers?.actions ?? [];
    const offered = await Promise.all(all.map((action) => action.when?.(s, now.room.id, message.id) ?? true));
    return all.filter((_, i) => offered[i]);
  }, [message.id, offers]);
  const me = now.me?.person ?? '';
  const mine = message.by === me && !message.note;
  const [step, setStep] = useState<'amend' | 'withdraw' | 'pin'>();
  const [text, setText] = useState(message.text ?? '');
  const [reason, setReason] = useState('');
  const [trouble, setTrouble] = useState<Refusal>();
  const [copied, setCopied] = useState(false);
  const at = { room: now.room.id, message: message.id };
  const done = (told: Told): void => (told.ok ? onClose() : setTrouble(told));
  const open = now.room.closedAt === undefined && now.me !== undefined;
  const guest = now.me?.card.guest ?? false;
  const isPinned = standing(now.room.pins, stair.now()).some((p) => p.message === message.id);
  const said = trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>;
  const by = now.byPerson.get(message.by)?.card.name ?? t('talk.someone');

  if (step === 'amend') {
    const tooLong = text.length > longestText;
    return (
      <Sheet title={t('talk.amend')} closeLabel={t('app.close')} onClose={onClose}
        foot={<Button kind="main" wide onClick={async () => (tooLong ? setTrouble({ ok: false, code: 'talk.tooLong', params: { max: longestText, n: text.length } }) : done(await stair.send(amend, { ...at, text })))}>{t('talk.amendSave')}</Button>}>
        <div class="form">
          <Field label={t('talk.amendWords')} hint={t('talk.amendHint')} error={trouble && refusal(trouble.code, trouble.params)}>
            {(w) => <textarea {...w} value={text} onInput={(e) => { setText(e.currentTarget.value); setTrouble(undefined); }} />}
          </Field>
        </div>
      </Sheet>
    );
  }
  if (step === 'withdraw') {
    return (
      <Sheet title={t('talk.withdrawAsk')} closeLabel={t('app.close')} onClose={onClose}
        foot={<><Button kind="main" wide onClick={async () => done(await stair.send(withdraw, { ...at, ...(reason.trim() ? { reason } : {}) }))}>{t('talk.withdraw')}</Button><Button wide onClick={onClose}>{t('talk.leaveIt')}</Button></>}>
        <div class="form">
          <p>{t('talk.withdrawMeans')}</p>
          <p class="quote">{oneLine(message, words)}</p>
          <Field label={mine ? t('talk.reasonOptional') : t('talk.reason')} error={trouble && refusal(trouble.code, trouble.params)}>
            {(w) => <input {...w} value={reason} maxLength={200} onInput={(e) => setReason(e.currentTarget.value)} />}
          </Field>
        </div>
      </Sheet>
    );
  }
  if (step === 'pin') {
    return (
      <Sheet title={t('talk.pinUntil')} closeLabel={t('app.close')} onClose={onClose}>
        {days.map((n) => {
          const until = stair.now() + n * 86_400_000;
          return <RoomRow key={n} onClick={async () => done(await stair.send(pin, { ...at, until }))} mark={<Icon name="calendar" />} name={t('talk.pinDays', { n })} says={t('talk.pinUntilDay', { day: day(until) })} />;
        })}
        <div class="sheet-pad">{said}<p class="sub">{t('talk.pinMost', { max: mostPins })}</p></div>
      </Sheet>
    );
  }
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(message.text ?? oneLine(message, words)).then(() => setCopied(true), () => setTrouble({ ok: false, code: 'talk.cannotCopy' }));
  };
  return (
    <Sheet title={t('talk.actions')} closeLabel={t('app.close')} onClose={onClose}>
      <div class="sheet-pad"><p class="sub"><b>{by}</b> {oneLine(message, words)}</p>{said}</div>
      {open && !message.note && (
        <div class="sheet-pad">
          <h3>{t('talk.reactTitle')}</h3>
          <div class="added">
            {reactions.map((reaction) => {
              const people = message.reactions?.[reaction] ?? [];
              const on = people.includes(me);
              return (
                <Button key={reaction} pressed={on} kind={on ? 'strong' : 'plain'} onClick={async () => done(await stair.send(react, { ...at, reaction, on: !on }))}>
                  {t(reactionKey(reaction))}{people.length > 0 && <> <span class="n">{people.length}</span></>}
                </Button>
              );
            })}
          </div>
          {reactions.filter((r) => message.reactions?.[r]).map((r) => (
            <p class="sub" key={r}><b>{t(reactionKey(r))}</b> {message.reactions![r]!.map((id) => now.byPerson.get(id)?.card.name ?? t('talk.someone')).join(t('talk.and'))}</p>
          ))}
        </div>
      )}
      {open && <RoomRow onClick={onReply} mark={<Icon name="undo" />} name={t('talk.reply')} />}
      <RoomRow onClick={onReaders} mark={<Icon name="eye" />} name={t('talk.readers')} />
      <RoomRow onClick={copy} mark={<Icon name="doc" />} name={copied ? t('talk.copied') : t('talk.copy')} />
      {open && !guest && (isPinned
        ? <RoomRow onClick={async () => done(await stair.send(unpin, at))} mark={<Icon name="star" />} name={t('talk.unpin')} />
        : <RoomRow onClick={() => setStep('pin')} mark={<Icon name="star" />} name={t('talk.pin')} />)}
      {further?.map((action) => <RoomRow key={action.label} href={action.href(now.room.id, message.id)} mark={<Icon name={action.icon} />} name={t(action.label)} />)}
      {open && mine && !message.sticker && <RoomRow onClick={() => setStep('amend')} mark={<Icon name="edit" />} name={t('talk.amend')} />}
      {open && !message.note && (mine || stair.actor.role === 'administrator') && <RoomRow onClick={() => setStep('withdraw')} mark={<Icon name="close" />} name={t('talk.withdraw')} />}
    </Sheet>
  );
}
