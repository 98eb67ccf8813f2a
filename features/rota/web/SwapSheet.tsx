import type { Book } from '@noroshi/features/directory/web';
import { Button, Chips, EmptyNote, FieldError, Sheet } from '@noroshi/foundations/ui';
import { useSending, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { askSwap } from '../swap.ts';
import type { Turn } from './known.ts';

/** Whom one asks to take over a turn. Until they answer it stays with whom it is. */
export function SwapSheet({ turn, book, onClose }: { turn: Turn; book: Book; onClose: () => void }) {
  const { t, moment } = useWords();
  const sending = useSending();
  const [to, choose] = useState<string>();
  const others = book.peopleOf(turn.org).filter(({ id, role }) => id !== turn.person && role !== 'guest');
  const send = async (): Promise<void> => {
    if (to && await sending.send(askSwap, { org: turn.org, month: turn.month, shift: turn.id, to })) onClose();
  };
  return (
    <Sheet title={t('rota.askTitle', { from: moment(turn.from) })} closeLabel={t('app.close')} onClose={onClose}
      foot={<Button kind="main" wide icon="send" disabled={!to} busy={sending.busy ? t('talk.sending') : undefined} onClick={() => void send()}>{t('rota.askThem')}</Button>}>
      <div class="form">
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        <p>{t('rota.askSays')}</p>
        {others.length === 0 ? <EmptyNote>{t('rota.noOther')}</EmptyNote>
          : <Chips legend={t('rota.toWhom')} value={to ?? ''} onChange={choose} choices={others.map(({ id, name }) => ({ value: id, label: name, note: book.postsOf(id)[0]?.title ?? '', whole: true }))} />}
      </div>
    </Sheet>
  );
}
