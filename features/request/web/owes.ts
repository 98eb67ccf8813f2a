import type { Words } from '@noroshi/foundations/i18n';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { clock, joined, mapped, type LowerEnd, type Watched } from '@noroshi/foundations/sync/web';
import type { Owe } from '@noroshi/foundations/web';
import { nameIn, organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { incident, type Incident } from '@noroshi/features/incident';
import { dutyOfOrg } from './duties.ts';
import { readRequests, type Shown } from './known.ts';
import { sumsOf } from '../sums.ts';
import { dutyOf, oweWords } from './words.ts';

/** What this organization owes to requests, for Home. A guest owes nothing. */
export const owes = (stair: LowerEnd): Watched<readonly Owe[]> =>
  mapped(joined([stair.together('request/owes', () => read(stair)), clock(5_000)] as const), ([known]) => owesOf(stair, known, stair.now()));

interface Known {
  readonly requests: readonly Shown[];
  readonly towns: ReadonlyMap<Id, Organization>;
  readonly people: ReadonlyMap<Id, string>;
}

async function read(stair: LowerEnd): Promise<Known> {
  if (stair.actor.role === 'guest') return { requests: [], towns: new Map(), people: new Map() };
  const ended = new Set((await stair.replica.all<Incident>(incident.noun)).filter(({ value }) => value.drill && value.closedAt !== undefined).map(({ id }) => id));
  // When a drill is over nobody owes it anything, and its talk is closed.
  const requests = (await readRequests(stair)).filter(({ now }) => !ended.has(now.incident));
  const towns = new Map((await stair.replica.all<Organization>(organization.noun)).map((doc) => [doc.value.id, doc.value]));
  const people = new Map((await stair.replica.all<Person>(person.noun)).map((doc) => [doc.value.id, doc.value.name]));
  return { requests, towns, people };
}

function owesOf(stair: LowerEnd, { requests, towns, people }: Known, now: Moment): Owe[] {
  return requests.flatMap(({ now: request, held, refused }): Owe[] => {
    const common = {
      href: `/request/${request.id}`, drill: request.drill,
      title: (words: Words): string => `${nameIn(towns.get(request.org), words.language)}　${words.beside(sumsOf(request).lines.filter((l) => l.needed > 0).map((l) => `${dutyOf(l.line, words)} ${words.t('request.people', { n: l.needed })}`))}`,
      sub: held ? request.no : undefined,
    };
    const back: Owe[] = refused.length > 0 ? [{ ...common, key: `request/refused/${request.id}`, weight: 'urgent', since: refused[0]!.at, tag: { key: 'request.owes.refused' } }] : [];
    const duty = held && dutyOfOrg(request, stair.actor.org);
    if (!duty) return back;
    const inHand = duty.owes === 'stepIn' && request.inHand;
    const late = duty.due !== undefined && duty.due <= now;
    return [...back, {
      ...common,
      key: `request/${duty.owes}/${request.id}`,
      weight: late ? 'urgent' : inHand ? 'plain' : duty.owes === 'answer' || duty.owes === 'stepIn' ? 'short' : 'plain',
      since: duty.since, deadline: duty.due,
      tag: { key: late ? 'request.owes.late' : inHand ? 'request.owes.inHand' : oweWords[duty.owes], params: { count: duty.count, name: (inHand && people.get(inHand.by)) || '' } },
      ...(duty.owes === 'receive' ? { act: { label: 'request.receive' as const, run: async () => stair.send((await import('../acknowledge.ts')).acknowledge, { room: request.room, request: request.id }) } } : {}),
    }];
  });
}
