import { congestion, theCongestion, type Congestion } from '@noroshi/features/congestion';
import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { inMinutes } from '@noroshi/foundations/i18n';
import { Band, Button } from '@noroshi/foundations/ui';
import { LowDataContext, useLive, useNow, useStair, useWords } from '@noroshi/foundations/web';
import { useContext, useState } from 'preact/hooks';

/** That little is carried, what that means, why, and how to leave it. */
export function LowBand() {
  const { t, time } = useWords();
  const { why, turnOff } = useContext(LowDataContext);
  const order = useLive(async ({ replica }) => {
    const now = await replica.get<Congestion>(congestion.noun, theCongestion().id);
    return now && { ...now, who: [(await replica.get<Organization>(organization.noun, now.org))?.name, (await replica.get<Person>(person.noun, now.by))?.name].filter(Boolean).join(' ') };
  });
  if (why === undefined) return null;
  if (why === 'ordered') return <Band kind="low" href="/congestion"><b>{t('low.ordered')}</b> {order && t('low.orderedBy', { who: order.who, time: time(order.at) })} {t('low.says')}</Band>;
  return <Band kind="low" action={<Button onClick={turnOff}>{t('low.off')}</Button>}><b>{t(why === 'line' ? 'low.line' : 'low.chosen')}</b> {t('low.says')}</Band>;
}

/** When something last came from the server, while nothing does. */
export function HeardLast() {
  const words = useWords();
  const { time, moment, dayNumber } = words;
  const { skew } = useStair();
  const now = useNow();
  const heard = useLive(({ replica }) => replica.note<number>('heard'));
  if (heard === undefined) return null;
  const at = heard + skew;
  return <><br />{inMinutes('low.heard', Math.max(0, Math.round((now - at) / 60_000)), words, { time: dayNumber(at) === dayNumber(now) ? time(at) : moment(at) })}</>;
}

/** What waited on this device was lost with its store: how much, and since when it had waited. It stays until someone has read it. */
export function LostBand() {
  const { t, moment } = useWords();
  const { mark } = useStair().replica;
  const [lost, setLost] = useState(() => mark.lost());
  if (lost.length === 0) return null;
  const known = (): void => {
    mark.known();
    setLost([]);
  };
  return <Band kind="off" icon="square" action={<Button onClick={known}>{t('lost.known')}</Button>}><b>{t('lost.items', { n: lost.length })}</b> {t('lost.says', { first: moment(lost[0]!.at) })}</Band>;
}

export default { LowBand, HeardLast, LostBand };
