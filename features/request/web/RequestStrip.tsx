import { incident, type Incident } from '@noroshi/features/incident';
import { FourNumbers, Icon } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords } from '@noroshi/foundations/web';
import { canAsk } from '../can-ask.ts';
import { addUp, sumsOf } from '../sums.ts';
import { isOver } from './duties.ts';
import { justSent } from './just-sent.ts';
import { readNames, readRequests } from './known.ts';
import { fourWords } from './words.ts';
import { useState } from 'preact/hooks';

/**
 * The four numbers of what is asked for in this room, always in view under its title. Until a hit town has asked for
 * anything, the way to ask stands there for its people.
 */
export function RequestStrip({ room }: { readonly room: string }) {
  const stair = useStair();
  const [sent] = useState(() => justSent(room, stair.now()));
  return <>{sent?.room === room && <sent.Undo sent={sent} />}<Numbers room={room} /></>;
}

function Numbers({ room }: { readonly room: string }) {
  const words = useWords();
  const { t, language } = words;
  const held = useLive(async (stair) => {
    const { org, role } = stair.actor;
    const requests = await readRequests(stair, { room });
    const incidents = role === 'guest' ? [] : (await stair.replica.all<Incident>(incident.noun)).map((doc) => doc.value);
    const mine = incidents.some((one) => one.affected.includes(org) && canAsk(one, org, room) && !requests.some(({ now }) => now.incident === one.id && now.org === org));
    return { requests, town: mine ? (await readNames(stair, undefined, language)).org(org) : undefined };
  }, [room, language]);
  const open = held?.requests.filter(({ now }) => !isOver(now)) ?? [];
  if (open.length === 0) {
    return held?.town === undefined ? null : <a class="strip" href={`/request/new?room=${room}`}><span>{t('request.strip.ask', { town: held.town })}　<b class="link">{t('request.strip.askNow')}</b></span><Icon name="next" /></a>;
  }
  const href = open.length === 1 ? `/request/${open[0]!.now.id}` : '/request';
  return <FourNumbers size="strip" {...addUp(open.map(({ now }) => sumsOf(now).total))} labels={fourWords(words)} href={href} />;
}
