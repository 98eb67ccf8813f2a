import { useRooms, type TalkOffers } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';

/** What the other rooms of the house offer in a talk, once that has come. What cannot be had offers nothing: the sheet that asks serves without it. */
export function useOffers(): TalkOffers | undefined {
  const rooms = useRooms();
  const [offers, set] = useState<TalkOffers>();
  useEffect(() => {
    let current = true;
    void Promise.all(rooms.map((room) => room.offers?.().catch(() => undefined))).then((all) => {
      if (current) set({ actions: all.flatMap((one) => one?.actions ?? []), plus: all.flatMap((one) => one?.plus ?? []) });
    });
    return () => { current = false; };
  }, [rooms]);
  return offers;
}
