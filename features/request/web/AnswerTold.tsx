import { State } from '@noroshi/foundations/ui';
import { useStair } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { mayUndo, type JustSent } from './just-sent.ts';
import './request.css';

/** Above the talk one comes back to: what one has just answered. It goes by itself; the answer stands on the card. */
export function AnswerTold({ sent }: { sent: JustSent }) {
  const stair = useStair();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), mayUndo - (stair.now() - sent.at));
    return () => clearTimeout(timer);
  }, []);
  return over ? null : <div class="request-undo" role="status"><State kind="ok">{sent.says}</State></div>;
}
