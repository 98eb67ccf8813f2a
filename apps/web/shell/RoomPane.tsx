import { Bar, Pane } from '@noroshi/foundations/ui';
import { useLoaded, useWords } from '@noroshi/foundations/web';
import { useDesk } from './use-desk.ts';

const load = async () => ({ default: (await import('./RoomRows.tsx')).RoomRows });

/** The rooms I am in, fetched where they are shown. */
export function Rooms() {
  const Rows = useLoaded(load);
  return Rows ? <Rows /> : null;
}

/** The same beside the content on the desk. The phone fetches and reads nothing for what it does not show. */
export function RoomPane() {
  const { t } = useWords();
  if (!useDesk()) return null;
  return <Pane at="list" label={t('home.rooms')} head={<Bar level={2} title={t('home.rooms')} />}><Rooms /></Pane>;
}
