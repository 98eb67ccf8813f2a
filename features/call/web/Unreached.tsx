import { listed } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { Button, State } from '@noroshi/foundations/ui';
import { useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { ClipButton } from './ClipButton.tsx';
import type { Session, SessionNow } from './session.ts';

/** Of the call, those who hear and see nothing of this device. */
export interface Unreached { readonly device: Id; readonly person: Id; readonly name: string }

/** With some of the others it stands, with these not: their names, and what goes nevertheless. (CA13) */
export function UnreachedSays({ session, now, of }: { session: Session; now: SessionNow; of: readonly Unreached[] }) {
  const words = useWords();
  const { t } = words;
  const { actor } = useStair();
  const people = [...new Map(of.map((one) => [one.person, one])).values()];
  const [filming, setFilming] = useState(false);
  // What is being filmed is not broken off by a line that comes back.
  if (people.length === 0 && !filming) return null;
  const name = listed(people.map((one) => t('call.named', { name: one.name })), words);
  return (
    <div class="call-fails">
      {people.length > 0 && <p role="alert" class="call-says"><State kind="short">{t('call.unreached', { name })}</State></p>}
      {people.length > 0 && <p class="hint">{t('call.unreachedNext')}</p>}
      {people.length > 0 && <div class="call-ways">
        <Button icon="loop" onClick={() => { for (const { device } of of) session.mend(device); }}>{t('call.connectAgain')}</Button>
        {actor.role !== 'guest' && people.map((one) => <Button key={one.person} icon="phone" href={`/people/${one.person}`}>{t('call.phoneOf', { name: one.name })}</Button>)}
      </div>}
      <ClipButton room={session.room} opens={() => session.films()} place={now.mine.place} main={false} onBusy={setFilming} />
    </div>
  );
}
