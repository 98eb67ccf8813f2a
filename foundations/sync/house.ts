import type { Deed, Door, Feature, Of, Question } from './command.ts';
import type { EventKind } from './event.ts';
import { joined, left, member, memberShut, passed } from './member.ts';
import type { Noun } from './noun.ts';

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
