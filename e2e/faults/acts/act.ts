import { randomBytes } from 'node:crypto';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { newId, type Id } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import type { Dice } from '@noroshi/foundations/testing';
import type { BaseHouse } from '../base-house.ts';
import type { Client } from '../client.ts';

/** What people may use while they act. */
export interface Stage {
  readonly dice: Dice;
  readonly house: BaseHouse;
  readonly clients: readonly Client[];
  /** Rooms that were opened since. */
  readonly rooms: Id[];
  /** How far each import was brought, as whoever brings it counts. */
  readonly pages: Map<Id, number>;
  /** Makes words that stand nowhere else. */
  readonly token: () => string;
}

/** Something that people do, and how often beside the others. */
export interface Act {
  readonly act: string;
  readonly weight: number;
  /** Whoever administers the house does it once before anything goes wrong: all else of its theme follows from it, and a round may be short. */
  readonly opens?: true;
  /** Done by whoever administers the house alone: for everyone else there is nothing but a refusal in it. */
  readonly administers?: true;
  readonly do: (stage: Stage, by: Client) => Promise<unknown>;
}

export const fresh = (): Id => newId(Date.now(), randomBytes(10));

/** Some thing of a kind that a device holds, if it holds any that fits. */
export async function some<T>({ dice }: Stage, { end }: Client, noun: string, fits: (value: T) => boolean = () => true): Promise<Doc<T> | undefined> {
  const all = (await end.replica.all<T>(noun)).filter(({ value }) => fits(value));
  return all.length > 0 ? dice.pick(all) : undefined;
}

/** A talk that a device holds: no board, calendar or place of a survey, in which nobody talks. */
export const someRoom = async (stage: Stage, by: Client): Promise<Id | undefined> => (await some<Room>(stage, by, roomNoun.noun, ({ kind }) => kind !== 'board'))?.value.id;

/** The room or place in which a thing lies. */
export const placeOf = ({ stream }: Pick<Doc, 'stream'>): Id => stream.slice(2);
