import { State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { ClipButton } from './ClipButton.tsx';
import { isUp, type Session, type SessionNow } from './session.ts';
import { useLasting } from './use-lasting.ts';

/** Before it is said that a call does not stand (milliseconds): a thin line takes some seconds, and a line of the call that died comes back in as many. */
const patience = 8_000;

/** Neither sound nor picture comes through: it is said, and what goes nevertheless is offered there. The call goes on trying. (CA12) */
export function CannotStand({ session, now }: { session: Session; now: SessionNow }) {
  const { t } = useWords();
  const fails = useLasting(!isUp(now, session.isConnected), patience);
  const [filming, setFilming] = useState(false);
  // What is being filmed is not broken off by a line that comes back.
  if (!fails && !filming) return null;
  return (
    <div class="call-fails">
      <p role="alert" class="call-says"><State kind="short">{t('call.cannotStand')}</State></p>
      <ClipButton room={session.room} opens={() => session.films()} place={now.mine.place} main onBusy={setFilming} />
    </div>
  );
}
