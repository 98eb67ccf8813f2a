import { listed } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import type { Member } from '@noroshi/foundations/sync';
import { Button, State } from '@noroshi/foundations/ui';
import { ask, useLine, useNow, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { rings } from '../rings.ts';

/** More than so many are opened by a press: the way on is one for each. */
const mostAtOnce = 4;

/** Of those whom one calls, the ones whose devices all stay silent: by name, with the way to their telephone. Nothing is said of it to a guest. (CA15) */
export function CannotBeRung({ room, of }: { room: Id; of: readonly Member[] }) {
  const words = useWords();
  const { t } = words;
  const { actor } = useStair();
  const line = useLine();
  const [none, set] = useState<readonly Id[]>([]);
  // Whoever opens a screen meanwhile is rung there.
  const now = useNow(20_000);
  const asks = line.state === 'open' && actor.role !== 'guest' && of.length > 0;
  useEffect(() => {
    let isGone = false;
    if (asks) void ask(rings, { room }).then((told) => { if (!isGone && told.ok) set(told.value.none); });
    return () => { isGone = true; };
  }, [room, asks, now]);
  const people = of.filter(({ person }) => none.includes(person));
  if (people.length === 0) return null;
  const ways = <div class="call-ways">{people.map(({ person, card }) => <Button key={person} icon="phone" href={`/people/${person}`}>{t('call.phoneOf', { name: card.name })}</Button>)}</div>;
  return (
    <div class="call-fails">
      <p role="status" class="call-says"><State kind="short">{t('call.noDevice', { who: listed(people.map(({ card }) => t('call.named', { name: card.name })), words) })}</State></p>
      <p class="hint">{t('call.noDeviceNext')}</p>
      {people.length > mostAtOnce ? <details><summary>{t('call.phonesOf', { n: people.length })}</summary>{ways}</details> : ways}
    </div>
  );
}
