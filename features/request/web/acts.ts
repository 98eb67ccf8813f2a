import { nameIn, type Organization, type Person } from '@noroshi/features/directory';
import { prepareWords } from '@noroshi/features/talk/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Sight, SightAct } from '@noroshi/foundations/web';
import type { DispatchRequest } from '../dispatch-request.ts';
import { sumsOf } from '../sums.ts';
import { takeOver } from '../take-over.ts';
import { isTakenUp } from '../taken-up.ts';
import { dutyOfOrg, leads } from './duties.ts';

interface Names { readonly towns: ReadonlyMap<Id, Organization>; readonly people: ReadonlyMap<Id, Person> }

/**
 * What headquarters can do about a town that is short, or late with its answer, from the situation board: see to it (R57), take it
 * up to the nation (R43), ask for the answer. The deeds themselves say who may; whom it is not for is shown none.
 * @param requests those of one incident that are not over
 */
export function actsOn(stair: LowerEnd, { org, state }: Sight, requests: readonly DispatchRequest[], names: Names): Pick<Sight, 'inHand' | 'acts'> {
  const { actor } = stair;
  if (actor.role === 'guest') return {};
  const led = requests.filter((one) => leads(one, actor.org));
  if (state === 'short') return aboutShort(stair, led.filter((one) => one.org === org && sumsOf(one).total.short > 0), names);
  if (state === 'late') return aboutLate(stair, org, led.filter((one) => isLate(one, org, stair.now())), names);
  return {};
}

const isLate = (request: DispatchRequest, org: Id, now: number): boolean => {
  const duty = dutyOfOrg(request, org);
  return duty?.owes === 'answer' && duty.due !== undefined && duty.due <= now;
};

function aboutShort(stair: LowerEnd, short: readonly DispatchRequest[], { people }: Names): Pick<Sight, 'inHand' | 'acts'> {
  const open = short.filter(({ inHand }) => inHand?.by !== stair.actor.person);
  const hands = short.flatMap(({ inHand }) => (inHand ? [inHand] : []));
  const last = hands.toSorted((a, b) => b.at - a.at)[0];
  const up = short.find((one) => !isTakenUp(one, 'nation'));
  const acts: SightAct[] = [
    ...(open.length > 0 ? [{
      label: 'request.takeOver.short' as const, icon: 'check' as const,
      run: async () => {
        for (const one of open) {
          const told = await stair.send(takeOver, { room: one.room, request: one.id });
          if (!told.ok) return told;
        }
        return { ok: true as const };
      },
    }] : []),
    ...(short[0] ? [{ label: 'request.inviteOthers' as const, icon: 'people' as const, href: `/request/${short[0].id}?ask=1` }] : []),
    ...(up ? [{ label: 'request.escalate.nation' as const, icon: 'up' as const, href: `/request/${up.id}?up=1` }] : []),
  ];
  return {
    ...(last && { inHand: ({ t, time }) => t('request.inHand', { who: people.get(last.by)?.name ?? '', time: time(last.at) }) }),
    acts,
  };
}

function aboutLate(stair: LowerEnd, org: Id, late: readonly DispatchRequest[], { towns }: Names): Pick<Sight, 'acts'> {
  const [first] = late.toSorted((a, b) => a.at - b.at);
  const town = towns.get(org);
  if (!first || !town) return {};
  return {
    acts: [{
      label: 'request.askForAnswer', icon: 'talk',
      run: async (words) => {
        await prepareWords(stair, first.room, {
          text: words.t('request.askForAnswer.words', { town: town.name, no: first.no, asker: nameIn(towns.get(first.org), words.language), n: sumsOf(first).total.short }),
          urgency: 'urgent', incident: first.incident, naming: [{ id: org, name: town.name }],
        });
        return { ok: true, go: `/talk/${first.room}` };
      },
    }],
  };
}
