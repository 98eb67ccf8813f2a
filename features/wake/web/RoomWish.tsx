import { Button, FieldError, SectionHead, State } from '@noroshi/foundations/ui';
import { ask, useWords } from '@noroshi/foundations/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import { useEffect, useState } from 'preact/hooks';
import { mine, type Mine } from '../device.ts';
import { muteRoom } from '../wishes.ts';

/** Whether the usual talk of one room wakes its reader. Without a line it is not known, and nothing is said. */
export default function RoomWish({ room }: { readonly room: string }) {
  const { t, refusal } = useWords();
  const [how, setHow] = useState<Mine>();
  const [trouble, setTrouble] = useState<Refusal>();
  const took = (told: { ok: true; value: Mine } | Refusal): void => {
    if (told.ok) setHow(told.value);
    setTrouble(told.ok ? undefined : told);
  };
  useEffect(() => void ask(mine, {}).then((told) => told.ok && setHow(told.value)), [room]);
  if (!how) return null;
  const muted = how.mutes.includes(room);
  return (
    <>
      <SectionHead title={t('wake.title')} action={<Button icon="bell" onClick={() => void ask(muteRoom, { room, on: !muted }).then(took)}>{t(muted ? 'wake.unmute' : 'wake.mute')}</Button>} />
      {muted && <div class="form"><p><State kind="quiet">{t('wake.muted')}</State></p><p class="sub">{t('wake.roomsSay')}</p></div>}
      {trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>}
    </>
  );
}
