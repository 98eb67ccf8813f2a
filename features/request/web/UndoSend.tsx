import { Button, FieldError, State } from '@noroshi/foundations/ui';
import { useLine, useLive, useStair, useWords, useSending } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { cancel } from '../close.ts';
import { mayUndo, type JustSent } from './just-sent.ts';
import './request.css';

/**
 * For ten seconds after sending: 取り消す. What has certainly not left this device is taken off its list, and nobody has
 * heard of it. Anything else is taken back as everything is, by a deed that all see. What was written is a draft again.
 */
export function UndoSend({ sent }: { sent: JustSent }) {
  const { t } = useWords();
  const stair = useStair();
  const sending = useSending();
  const { state: line } = useLine();
  // What the server refused has nothing to take back: it stands in the talk with its reason.
  const refused = useLive(async ({ replica }) => (await replica.outbox.item.where('id').equals(sent.request).first())?.state === 'refused', [sent.request]);
  const [state, setState] = useState<'offered' | 'unheard' | 'cancelled' | 'over'>('offered');
  const left = mayUndo - (stair.now() - sent.at);
  useEffect(() => {
    const timer = setTimeout(() => setState((now) => (now === 'offered' ? 'over' : now)), left);
    return () => clearTimeout(timer);
  }, []);
  const undo = async (): Promise<void> => {
    const unheard = await stair.takeBack(sent.request);
    if (!unheard && !(await sending.send(cancel, { room: sent.room, request: sent.request }))) return;
    await stair.replica.outbox.draft.put({ place: `request/${sent.room}`, text: sent.draft, at: stair.now() });
    setState(unheard ? 'unheard' : 'cancelled');
  };
  if (refused || (state === 'over' && !sending.busy && !sending.trouble)) return null;
  return (
    <div class="request-undo" role="status">
      {state === 'unheard' || state === 'cancelled'
        ? <><State kind="ok">{t(`request.undo.${state}`)}</State><Button low href={`/request/new?room=${sent.room}`}>{t('request.undo.again')}</Button></>
        : <><span>{t(line === 'open' ? 'request.undo.offer' : 'request.undo.offerKept', { n: mayUndo / 1000 })}</span><Button low kind="strong" busy={sending.busy ? t('request.undo.busy') : undefined} onClick={undo}>{t('request.undo')}</Button></>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
    </div>
  );
}
