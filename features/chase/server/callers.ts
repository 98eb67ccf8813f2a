import { awayNow } from '@noroshi/features/directory';
import type { Asked } from '@noroshi/foundations/asked';
import type { Duty } from '@noroshi/foundations/duty';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, hasRead, workspaceStream, type Doc, type StreamKey } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { isCalledOff } from '../called-off.ts';
import { cardState } from '../card-state.ts';
import { phoneCard, type PhoneCard } from '../card.ts';
import { chooseCaller, type Colleague } from '../choose-caller.ts';
import { isAsked, type Known } from './known.ts';

export interface CallersNeeds {
  readonly stair: Stair;
  readonly known: Known;
  /** What asks for an answer, by its noun. */
  readonly kinds: ReadonlyMap<string, Asked>;
  readonly duties?: readonly Duty[];
}

/** Who is to ring each of these, by their numbers in the room; for some there may be nobody. */
export async function callersFor(needs: CallersNeeds, stream: StreamKey, people: readonly number[], doc: Doc, drill: boolean): Promise<ReadonlyMap<number, Colleague | undefined>> {
  const { stair, known } = needs;
  const { no, byNo } = stair.memory.streams.get(stream)!;
  const marks = await stair.marks.of(no);
  const waiting = (stair.memory.of(stream, phoneCard.noun) as Doc<PhoneCard>[]).map(({ value }) => value).filter((card) => cardState(card) === 'open');
  const rings = await whoRings(needs, new Set(people.flatMap((one) => byNo.get(one)?.person ?? [])), drill);
  const duty = onDuty(needs);
  const colleagues: Colleague[] = known.members(stream).flatMap((who): Colleague[] => {
    const card = known.person(who.person);
    if (!card || card.disabled || card.role === 'guest' || who.card.guest || doc.born < currentStay(who)!.visibleFrom) return [];
    return [{
      person: who.person, org: who.card.org, headquarters: known.organization(who.card.org)?.kind === 'prefecture',
      read: hasRead(marks.get(who.no), doc.born) || (doc.value as { by?: Id }).by === who.person,
      priority: card.phones.some((phone) => phone.priority), online: !stair.hub.lines.ofPerson(who.person)[Symbol.iterator]().next().done,
      ...(rings.has(who.person) && { rings: rings.get(who.person)! }), busy: waiting.filter((card) => card.caller === who.person).length, rank: who.card.rank, duty: duty.get(who.person) ?? 0, away: awayNow(card, stair.now()) !== undefined,
    }];
  });
  const busy = new Map<Id, number>();
  const dealt = new Map<number, Colleague | undefined>();
  for (const one of people) {
    const whom = byNo.get(one);
    if (!whom || !isAsked(whom, doc.born)) continue;
    const caller = chooseCaller({ person: whom.person, org: whom.card.org, standIn: known.standIn(whom.person) }, colleagues.map((c) => ({ ...c, busy: c.busy + (busy.get(c.person) ?? 0) })));
    if (caller) busy.set(caller.person, (busy.get(caller.person) ?? 0) + 1);
    dealt.set(one, caller);
  }
  return dealt;
}

/** Who holds the line of their organization at this moment: 2, or stands in for who does: 1. */
function onDuty({ stair, duties = [] }: CallersNeeds): ReadonlyMap<Id, number> {
  const now = stair.now();
  const watches = duties.flatMap((duty) => stair.memory.of(workspaceStream, duty.noun).flatMap(({ value }) => duty.onDuty(value, now)));
  return new Map([...watches.flatMap(({ deputy }) => (deputy ? [[deputy, 1] as const] : [])), ...watches.map(({ person }) => [person, 2] as const)]);
}

/** Who rings these people or is to ring them, in any room, about what still asks them. */
async function whoRings(needs: CallersNeeds, whom: ReadonlySet<Id>, drill: boolean): Promise<Map<Id, Set<Id>>> {
  const { memory } = needs.stair;
  const found = new Map<Id, Set<Id>>();
  for (const key of memory.streams.keys()) {
    for (const { value: card } of memory.of(key, phoneCard.noun) as Doc<PhoneCard>[]) {
      const by = card.taken?.by ?? card.caller;
      if (!by || !whom.has(card.whom) || (card.drill ?? false) !== drill || !(card.taken || (await stillAsks(needs, key, card)))) continue;
      found.set(by, (found.get(by) ?? new Set()).add(card.whom));
    }
  }
  return found;
}

async function stillAsks({ stair, known, kinds }: CallersNeeds, stream: StreamKey, card: PhoneCard): Promise<boolean> {
  const room = known.room(stream);
  const kind = kinds.get(card.noun);
  const who = stair.memory.member(stream, card.whom);
  if (!room || room.closedAt !== undefined || !kind || !currentStay(who) || cardState(card) !== 'open') return false;
  const doc = await known.thing(card.noun, card.thing);
  const tells = doc && kind.tells(doc.value, room.id);
  return doc !== undefined && !isCalledOff(tells, known.incident(tells?.incident)) && kind.stands(doc.value, { person: who!.person, org: who!.card.org }) !== 'free';
}
