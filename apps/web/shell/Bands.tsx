import { offlineCode } from '@noroshi/foundations/sync/web';
import { Band } from '@noroshi/foundations/ui';
import { LowDataContext, useLine, useLive, useRooms, useSheet, useStair, useWords } from '@noroshi/foundations/web';
import { useContext, useEffect, useState } from 'preact/hooks';
import { doorPath } from '@noroshi/features/account/door';
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

const loadWeather = () => import('./weather/WeatherBands.tsx');

/** What holds for the line: that it is down or bad, that something was lost here, that a newer version is here. */
export function LineBands() {
  const { why } = useContext(LowDataContext);
  const lost = useStair().replica.mark.lost().length > 0;
  const Weather = useSheet(why || lost ? loadWeather : undefined);
  return <><LineBand />{Weather && <><Weather.LostBand /><Weather.LowBand /></>}<NewerBand /></>;
}

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
  const off = line.state !== 'open' && (late || line.code === offlineCode);
  // Before anything has been heard, there is nothing to tell of when it was.
  const isWhole = useLive(({ replica }) => replica.isWhole());
  const Weather = useSheet(off && isWhole ? loadWeather : undefined);
  if (line.code === 'line.oldClient') return <Band kind="off" onClick={() => location.reload()}>{t('line.oldClient')}</Band>;
  // Nobody has ended it, so the house stays open: to read, and to write what goes out when one is in again.
  if (line.code === 'account.signedOut') return <Band kind="off" onClick={() => location.assign(doorPath)}>{t('line.refused')}</Band>;
  if (!off) return null;
  return (
    <Band kind="off" href={waiting ? '/waiting' : undefined}>
      {waiting ? <><b>{t('line.off.word')}</b> {t('line.waiting', { n: waiting })}</> : t('line.offSays')}{Weather && <Weather.HeardLast />}
    </Band>
  );
}
