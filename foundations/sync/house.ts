import { feature, type Deed, type Door, type Feature, type Of, type Question, type RoomFacts } from './command.ts';
import type { EventKind } from './event.ts';
import { joined, left, member, memberShut, passed } from './member.ts';
import { foldEdition, type Noun } from './noun.ts';

/** All rooms of the house, put together: what kinds of events, things, deeds, questions and doors there are. */
export interface House {
  readonly kinds: ReadonlyMap<string, EventKind>;
  readonly kindByNo: ReadonlyMap<number, EventKind>;
  readonly nouns: readonly Noun[];
  readonly nounByName: ReadonlyMap<string, Noun>;
  /** The windowed nouns that are said to people: what counts as unread. */
  readonly messageNouns: readonly string[];
  readonly deeds: ReadonlyMap<string, Deed>;
  readonly questions: ReadonlyMap<string, Question>;
  readonly doors: ReadonlyMap<string, Door>;
  /** What things of a noun speak of; the server's alone, since there it is judged who may see. */
  readonly of?: ReadonlyMap<string, Of>;
  /** What a copy of this house can fold: another build whose word differs could not fold the same. */
  readonly knows: string;
  /** What comes late; a device's alone. */
  readonly late?: Late;
}

/**
 * A room that a device fetches when something of it first comes down, or when one of its pages is opened, and not before
 * the first screen. Nothing of it counts as unread. (S123)
 */
export interface LateRoom {
  readonly name: string;
  /** The first and the last number of its kinds of events. */
  readonly kinds: readonly [from: number, to: number];
  /** What it can fold, as `editionOf` says it: a test compares the two. */
  readonly edition: string;
  readonly load: () => Promise<RoomFacts>;
  /** It changes things of the others: all that come late are here before it. */
  readonly last?: 1;
}

/** The rooms of a device's house that come late. */
export interface Late {
  /** The late room that knows this kind of event, here or not. */
  roomOf(kindNo: number): string | undefined;
  isHere(name: string): boolean;
  /** Has this room here. Nothing to do for one that is, or that is none of the late. @throws when it cannot be fetched */
  meet(name: string): Promise<void>;
}

const knownBy = (nouns: Iterable<Noun>, kinds: Iterable<EventKind>): unknown[] =>
  [[...nouns].map((n) => [n.noun, [...n.folds.keys()]]), [...kinds].map((k) => [k.no, k.fields])];

/** What a room can fold, in a few letters that change with it. */
export function editionOf({ nouns, events }: RoomFacts): string {
  let sum = 0;
  for (const letter of JSON.stringify([foldEdition, ...knownBy(nouns, events)])) sum = (Math.imul(sum, 31) + letter.codePointAt(0)!) >>> 0;
  return sum.toString(36);
}

/** Puts the rooms together and refuses two that use the same name or number. */
export function assemble(features: readonly Feature[]): House {
  const kinds = unique([joined, left, passed, memberShut, ...features.flatMap((f) => f.events)], (k) => k.kind);
  const kindByNo = unique([...kinds.values()], (k) => k.no);
  const nounByName = unique([member, ...features.flatMap((f) => f.nouns)], (n) => n.noun);
  const deeds = unique(features.flatMap((f) => f.deeds), (d) => d.deed);
  const questions = unique(features.flatMap((f) => f.questions), (q) => q.question);
  const doors = unique(features.flatMap((f) => f.doors), (d) => d.door);
  // All three are asked for by name at one address.
  unique([...deeds.keys(), ...questions.keys(), ...doors.keys()], (name) => name);
  return {
    kinds,
    kindByNo,
    nouns: [...nounByName.values()],
    nounByName,
    messageNouns: [...nounByName.values()].filter((n) => n.windowed && [...n.folds.keys()].some((kind) => kinds.get(kind)?.message)).map((n) => n.noun),
    deeds,
    questions,
    doors,
    knows: JSON.stringify([foldEdition, ...knownBy(nounByName.values(), kinds.values())]),
  };
}

/** The same for a device: what `late` makes true comes into it when it is met. (S123) */
export function assembleForDevice(features: readonly Feature[], late: readonly LateRoom[]): House {
  let now = assemble(features);
  const knows = now.knows + late.map(({ edition }) => edition).join();
  const here = new Map<string, Promise<void>>();
  const met = new Set<string>();
  const all = [...features];
  return {
    get kinds() { return now.kinds; },
    get kindByNo() { return now.kindByNo; },
    get nouns() { return now.nouns; },
    get nounByName() { return now.nounByName; },
    messageNouns: now.messageNouns, deeds: now.deeds, questions: now.questions, doors: now.doors, knows,
    late: {
      roomOf: (no) => late.find(({ kinds: [from, to] }) => from <= no && no <= to)?.name,
      isHere: (name) => met.has(name),
      meet(name) {
        const room = late.find((one) => one.name === name);
        if (!room) return Promise.resolve();
        const coming = here.get(name) ?? Promise.all(late.map((one) => room.last && !one.last && this.meet(one.name))).then(room.load).then((facts) => {
          all.push(feature(name, facts));
          now = assemble(all);
          met.add(name);
        });
        here.set(name, coming);
        // What could not be fetched is asked for again the next time.
        return coming.catch((error: unknown) => {
          here.delete(name);
          throw error;
        });
      },
    },
  };
}

/** The same for the server, which says who may see what speaks of what. */
export const assembleForServer = (features: readonly Feature[]): House => ({ ...assemble(features), of: new Map(features.flatMap(({ of = {} }) => Object.entries(of))) });

function unique<T, K>(all: readonly T[], key: (one: T) => K): Map<K, T> {
  const map = new Map<K, T>();
  for (const one of all) {
    if (map.has(key(one))) throw new Error(`two rooms claim ${String(key(one))}`);
    map.set(key(one), one);
  }
  return map;
}
