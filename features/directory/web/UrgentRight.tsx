import { Button, FieldError, State } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { giveUrgent } from '../give-urgent.ts';
import { mayRule, mayTend } from '../may-administer.ts';
import type { Person } from '../person.ts';
import type { Book } from './book.ts';

/** Whether someone may send as urgent. Whoever looks after them takes it here, and gives it back. */
export function UrgentRight({ who, book }: { who: Person; book: Book }) {
  const { t, refusal, moment } = useWords();
  const stair = useStair();
  const [asking, ask] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const isMe = who.id === stair.actor.person;
  const may = !isMe && (who.role === 'administrator' ? mayRule(stair.actor) : mayTend(stair.actor, who.org)).ok;
  const give = async (given: boolean): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setTrouble(undefined);
    const told = await stair.send(giveUrgent, { id: who.id, given });
    const answer = told.ok ? await told.answer : told;
    setBusy(false);
    ask(false);
    if (!answer.ok) setTrouble(refusal(answer.code, answer.params));
  };
  const taken = who.noUrgent;
  return (
    <>
      <div role="status">
        <p><State kind={taken ? 'short' : 'ok'}>{t(taken ? 'people.urgentNot' : 'people.urgentMay')}</State></p>
        {taken && <p class="sub">{t('people.urgentTakenBy', { name: book.personOf(taken.by)?.name ?? t('talk.someone'), at: moment(taken.at) })} {isMe && t('people.urgentBack')}</p>}
      </div>
      {trouble && <FieldError>{trouble}</FieldError>}
      {may && (taken
        ? <Button icon="undo" busy={busy ? t('account.saving') : undefined} onClick={() => void give(true)}>{t('people.urgentGive')}</Button>
        : asking
          ? <div class="asks"><p>{t('people.urgentTakeMeans', { name: who.name })}</p><div class="row"><Button kind="danger" busy={busy ? t('account.saving') : undefined} onClick={() => void give(false)}>{t('people.urgentTakeReally')}</Button><Button kind="quiet" onClick={() => ask(false)}>{t('admin.no')}</Button></div></div>
          : <Button icon="close" onClick={() => ask(true)}>{t('people.urgentTake')}</Button>)}
    </>
  );
}
