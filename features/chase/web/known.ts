import type { Asked, Stands } from '@noroshi/foundations/asked';
import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { incident, type Incident } from '@noroshi/features/incident';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { currentStay, roomStream, type Doc, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import { isCalledOff } from '../called-off.ts';
import { phoneCard, type PhoneCard } from '../card.ts';
import { ringing, type Ringing } from '../ringing.ts';
import { run, type Run } from '../run.ts';
import { usualLadder } from '../usual-ladder.ts';
import { isWanted } from '../wanted.ts';
import { otherWhoRings } from '../who-rings.ts';

/** A card as this device shows it: with what waits in the outbox. */
export interface ShownCard {
  readonly card: PhoneCard;
  readonly room: Id;
  /** Something of it is on this device alone: 仮. */
  readonly waits: boolean;
}

const roomOf = (stream: string): Id => stream.slice(roomStream('').length);

/** All cards this device knows. */
export async function readCards(stair: LowerEnd, only: { id?: Id | undefined; room?: Id | undefined } = {}): Promise<ShownCard[]> {
  const docs = await stair.replica.all<PhoneCard>(phoneCard.noun, only.room && roomStream(only.room));
  const items = (await stair.replica.outbox.item.toArray()).filter((item) => item.name.startsWith('chase.') && item.state !== 'refused');
  const heard = new Map(docs.map((doc) => [doc.id, doc.value]));
  const all = items.length > 0 ? (await stair.overlay(docs as Doc[], items)).filter((doc): doc is Doc<PhoneCard> => doc.noun === phoneCard.noun) : docs;
  return all
    .filter((doc) => (only.id === undefined || doc.id === only.id) && (only.room === undefined || doc.stream === roomStream(only.room)))
    .map(({ id, stream, value }) => ({ card: value, room: roomOf(stream), waits: value !== heard.get(id) }));
}

/** Who else rings this person now, about whatever, in any room that this device sees. */
export const otherWhoRingsHere = async (stair: LowerEnd, whom: Id, drill: boolean): Promise<Id | undefined> => (await othersWhoRing(stair))(whom, drill);

/** The same for many people, read once. */
export async function othersWhoRing({ replica, actor }: LowerEnd): Promise<(whom: Id, drill: boolean) => Id | undefined> {
  const all = (await replica.all<Ringing>(ringing.noun)).map(({ value }) => value);
  return (whom, drill) => all.flatMap((one) => (one.whom === whom ? otherWhoRings(one, actor.person, drill) ?? [] : []))[0];
}

/** A thing that asks, as far as this device holds it. */
export interface Asking {
  readonly kind: Asked;
  readonly value: unknown;
  /** It told of an incident that is over. */
  readonly calledOff: boolean;
}

/** What asks, with what waits in the outbox: whoever has just answered owes nothing more. */
export async function readAsking(stair: LowerEnd, asked: readonly Asked[], noun: string, thing: Id): Promise<Asking | undefined> {
  const kind = asked.find((one) => one.noun === noun);
  const doc = kind && (await stair.replica.db.doc.get([noun, thing]));
  if (!kind || !doc) return undefined;
  const items = await stair.replica.outbox.item.where('stream').equals(doc.stream).filter((item) => item.state !== 'refused').sortBy('order');
  const now = items.length > 0 ? (await stair.overlay([doc as Doc], items)).find((one) => one.noun === noun && one.id === thing) : doc;
  const { value } = now ?? doc;
  const tells = kind.tells(value, roomOf(doc.stream));
  const of = tells.incident ? await stair.replica.get<Incident>(incident.noun, tells.incident) : undefined;
  return { kind, value, calledOff: isCalledOff(tells, of) };
}

/** How someone stands to what asks. What is not at hand asks nothing here: what still does comes onto the device by itself. */
export const standsTo = (asking: Asking | undefined, who: Member): Stands => (asking?.calledOff ? 'free' : asking?.kind.stands(asking.value, { person: who.person, org: who.card.org }) ?? 'free');

/**
 * Whether someone is to be reached now: they are silent, or the time that they asked for is over.
 * @param runs what was begun about it: they say how long that time is
 */
export function isMissing(asking: Asking | undefined, who: Member, runs: readonly Run[], now: Moment): boolean {
  const [last = usualLadder] = runs.filter(({ people }) => people.includes(who.no)).toSorted((a, b) => b.from - a.from);
  return isWanted(standsTo(asking, who), now, last.again);
}

/** A room and its people. */
export interface Place { readonly room: Room; readonly members: readonly Member[]; readonly byPerson: ReadonlyMap<Id, Member>; readonly byNo: ReadonlyMap<number, Member> }

export async function readPlace(stair: LowerEnd, id: Id): Promise<Place | undefined> {
  const room = await stair.replica.get<Room>(roomNoun.noun, id);
  if (!room) return undefined;
  const members = (await stair.replica.all<Member>('member', roomStream(id))).map((doc) => doc.value);
  return { room, members, byPerson: new Map(members.map((who) => [who.person, who])), byNo: new Map(members.map((who) => [who.no, who])) };
}

export const readRuns = async (stair: LowerEnd, room?: Id): Promise<readonly { readonly run: Run; readonly room: Id }[]> =>
  (await stair.replica.all<Run>(run.noun, room && roomStream(room))).map((doc) => ({ run: doc.value, room: roomOf(doc.stream) }));

/** Those of a room who still owe an answer to what asks: whom nobody has reached. */
export interface Missing {
  readonly room: Room;
  readonly noun: string;
  readonly thing: Id;
  readonly asking: Asking;
  readonly drill: boolean;
  readonly runs: readonly Run[];
  readonly people: readonly { readonly who: Member; readonly card?: ShownCard | undefined; /** Who rings them now, about this or anything else. */ readonly rings?: Id | undefined }[];
  readonly place: Place;
}

/**
 * What asks and is not answered by everyone, the oldest first. Headquarters sees all of it; others what they asked
 * themselves.
 */
export async function readMissing(stair: LowerEnd, asked: readonly Asked[], only?: Id): Promise<Missing[]> {
  const mine = (await stair.replica.get<Organization>(organization.noun, stair.actor.org))?.kind === 'prefecture';
  const [runs, cards, ringsThem] = await Promise.all([readRuns(stair, only), readCards(stair, { room: only }), othersWhoRing(stair)]);
  const things = Map.groupBy(runs, ({ run: one }) => one.thing);
  const found = await Promise.all([...things].map(async ([thing, all]): Promise<Missing | undefined> => {
    const { room: where, run: { noun } } = all[0]!;
    const [place, asking] = await Promise.all([readPlace(stair, where), readAsking(stair, asked, noun, thing)]);
    if (!place || !asking || place.room.closedAt !== undefined) return undefined;
    const tells = asking.kind.tells(asking.value, where);
    if (!mine && tells.by !== stair.actor.person) return undefined;
    const numbers = new Set(all.flatMap(({ run: one }) => one.people));
    const people = place.members
      .filter((who) => numbers.has(who.no) && currentStay(who) && !who.shut && isMissing(asking, who, all.map(({ run: one }) => one), stair.now()))
      .toSorted((a, b) => a.card.rank - b.card.rank || a.no - b.no)
      .map((who) => {
        const card = cards.find((one) => one.card.thing === thing && one.card.whom === who.person);
        return { who, card, rings: card?.card.taken?.by ?? ringsThem(who.person, tells.drill) };
      });
    return people.length === 0 ? undefined : { room: place.room, noun, thing, asking, drill: tells.drill, runs: all.map(({ run: one }) => one), people, place };
  }));
  const since = ({ asking, room: { id } }: Missing): number => asking.kind.tells(asking.value, id).at;
  return found.filter((one) => one !== undefined).toSorted((a, b) => since(a) - since(b));
}

/** Someone's telephones, in the order in which they are to be tried. A priority line is for calling out, and is rung last. */
export async function readPhones(stair: LowerEnd, id: Id): Promise<Person['phones']> {
  return lastPriority((await stair.replica.get<Person>(person.noun, id))?.phones ?? []);
}

/** The same numbers, those that are kept for calling out at the end. */
export function lastPriority(phones: Person['phones']): Person['phones'] {
  return [...phones.filter((phone) => !phone.priority), ...phones.filter((phone) => phone.priority)];
}
