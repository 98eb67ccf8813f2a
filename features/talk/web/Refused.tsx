import type { Content } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import type { OutboxItem } from '@noroshi/foundations/sync/web';
import { Bubble, Button } from '@noroshi/foundations/ui';
import { useRooms, useSheet, useWords } from '@noroshi/foundations/web';
import { emptyDraft, type Draft } from './draft.ts';

export interface RefusedProps {
  readonly item: OutboxItem;
  /** Why. */
  readonly sentence: string;
  readonly onMend: () => void;
  readonly onDrop: () => void;
}

/** What the server would not take: the words are kept, the reason stands beside them. */
export function Refused({ item, sentence, onMend, onDrop }: RefusedProps) {
  const { t } = useWords();
  const words = (item.input as { text?: string; word?: string }).text ?? (item.input as { word?: string }).word;
  const said = item.name === 'talk.say';
  const undone = useRooms().map((room) => room.undone?.[item.name]).find((one) => one);
  const Words = useSheet(undone?.words);
  return (
    <Bubble state="refused" meta={<><span role="alert">{sentence}</span>{said && <Button kind="strong" onClick={onMend}>{t('talk.mendAndSend')}</Button>}{undone && <Button kind="strong" href={undone.mend(item)}>{t('talk.mendAndSend')}</Button>}<Button onClick={onDrop}>{t('talk.discard')}</Button></>}>
      {!said && <b>{t('talk.notDone')}{words || Words ? '：' : ''}</b>}{Words ? <Words item={item} /> : words ?? (said ? t('talk.sentFile') : '')}
    </Bubble>
  );
}

/** What was refused, to be written anew; what is being written now is not thrown away for it. */
export function draftOf(item: OutboxItem, now: Draft): Draft {
  const { text, urgency, place, attachments, incident } = item.input as Content & { incident?: Id };
  return {
    ...emptyDraft, text: now.text.trim() ? `${now.text}\n${text ?? ''}` : text ?? '',
    ...(urgency ? { urgency } : {}), ...(place ? { place } : {}), ...(attachments ? { attachments } : {}), ...(incident ? { incident } : {}),
  };
}
