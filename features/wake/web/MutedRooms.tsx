import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { Button, EmptyNote, FieldError, ItemRow, SectionHead, State } from '@noroshi/foundations/ui';
import { ask, useLive, useWords } from '@noroshi/foundations/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import { useState } from 'preact/hooks';
import type { Mine } from '../device.ts';
import { muteRoom } from '../wishes.ts';

/** One's rooms, each with whether its usual talk wakes. */
export function MutedRooms({ mutes, onChanged }: { readonly mutes: readonly string[]; readonly onChanged: (how: Mine) => void }) {
  const { t, refusal } = useWords();
  const rooms = useLive(async (stair) => (await stair.replica.all<Room>(roomNoun.noun)).map(({ value }) => value).filter(({ closedAt }) => closedAt === undefined));
  const [trouble, setTrouble] = useState<Refusal>();
  const set = async (room: string, on: boolean): Promise<void> => {
    const told = await ask(muteRoom, { room, on });
    setTrouble(told.ok ? undefined : told);
    if (told.ok) onChanged(told.value);
  };
  return (
    <>
      <SectionHead title={t('wake.rooms')} />
      <p class="sub">{t('wake.roomsSay')}</p>
      {trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>}
      {rooms?.length === 0 && <EmptyNote>{t('home.noRooms')}</EmptyNote>}
      <ul>
        {rooms?.map(({ id, name }) => {
          const muted = mutes.includes(id);
          return (
            <ItemRow key={id} end={<Button onClick={() => void set(id, !muted)}>{t(muted ? 'wake.unmute' : 'wake.mute')}<span class="sr"> {name}</span></Button>}>
              <b>{name}</b> {muted && <State kind="quiet">{t('wake.muted')}</State>}
            </ItemRow>
          );
        })}
      </ul>
    </>
  );
}
