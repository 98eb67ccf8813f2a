import { offlineCode } from '@noroshi/foundations/sync/web';
import { Band } from '@noroshi/foundations/ui';
import { useLine, useLive, useRooms, useWords } from '@noroshi/foundations/web';
import { useContext, useEffect, useState } from 'preact/hooks';
import { doorPath } from '@noroshi/features/account/web';
import { NewerContext } from './newer-context.ts';

/** A line that has only just gone is not yet worth a sentence, unless the browser itself says that there is no network. */
const patience = 2_500;

/** What holds for the whole screen: incident, drill, and the line when it is down. */
export function Bands() {
  const rooms = useRooms();
  return (
    <>
      {rooms.flatMap((room) => (room.bands ?? []).map((RoomBand, i) => <RoomBand key={`${room.name}${i}`} />))}
      <LineBands />
    </>
  );
}

/** What holds for the line: that it is down, that a newer version is here. */
export const LineBands = () => <><LineBand /><NewerBand /></>;

/** Another version is on the device. It is taken up when someone says so: what is half written is not lost. */
function NewerBand() {
  const { t } = useWords();
  const takeOver = useContext(NewerContext);
  return takeOver ? <Band kind="duty" icon="loop" onClick={takeOver}>{t('app.newer')}</Band> : null;
}

/** The state of the line is a sentence, in its place, until it ends. */
function LineBand() {
  const { t } = useWords();
  const line = useLine();
  const waiting = useLive((stair) => stair.replica.outbox.item.where('state').equals('waiting').count());
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (line.state === 'open') return;
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, [line.state === 'open']);
  if (line.code === 'line.oldClient') return <Band kind="off" onClick={() => location.reload()}>{t('line.oldClient')}</Band>;
  // Nobody has ended it, so the house stays open: to read, and to write what goes out when one is in again.
  if (line.code === 'account.signedOut') return <Band kind="off" onClick={() => location.assign(doorPath)}>{t('line.refused')}</Band>;
  if (line.state === 'open' || (!late && line.code !== offlineCode)) return null;
  return (
    <Band kind="off">
      {waiting ? <><b>{t('line.off.word')}</b> {t('line.waiting', { n: waiting })}</> : t('line.offSays')}
    </Band>
  );
}
