import { awayNow, organization, person as personNoun, type Organization, type Person } from '@noroshi/features/directory';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, isCounted, member as memberNoun, roomStream, type Doc, type Member, type MemberCard, type StreamKey } from '@noroshi/foundations/sync';
import { docsByRef, type Stair } from '@noroshi/foundations/sync/server';

/** What a node knows of the house where something is chased: its rooms, who is in them, and what is asked there. */
export class Known {
  readonly #stair: Stair;

  constructor(stair: Stair) {
    this.#stair = stair;
  }

  /** What is asked about, from the tables where it is not at hand. */
  async thing(noun: string, id: Id): Promise<Doc | undefined> {
    return this.#stair.memory.get(noun, id) ?? (await docsByRef(this.#stair.pool, [{ noun, id }]))[0];
  }

  room(stream: StreamKey): Room | undefined {
    return this.#get<Room>(roomNoun.noun, stream.slice(roomStream('').length));
  }

  /** Who is in a room now. */
  members(stream: StreamKey): Member[] {
    return (this.#stair.memory.of(stream, memberNoun.noun) as Doc<Member>[]).map(({ value }) => value).filter((who) => currentStay(who));
  }

  person(id: Id): Person | undefined {
    return this.#get<Person>(personNoun.noun, id);
  }

  organization(id: Id): Organization | undefined {
    return this.#get<Organization>(organization.noun, id);
  }

  incident(id: Id | undefined): Incident | undefined {
    return id ? this.#get<Incident>(incidentNoun.noun, id) : undefined;
  }

  /** Someone's card as the room has it. */
  card(stream: StreamKey, person: Id): MemberCard | undefined {
    return this.#stair.memory.member(stream, person)?.card;
  }

  /** Who is rung in someone's place while they are away. */
  standIn(id: Id): Id | undefined {
    const who = this.person(id);
    return who && awayNow(who, this.#stair.now())?.standIn;
  }

  /** A drill was announced and can wait until morning, unless it was opened to be heard at any hour. */
  isGentle({ drill, incident }: { readonly drill: boolean; readonly incident?: Id | undefined }): boolean {
    return drill && !this.incident(incident)?.outside;
  }

  #get<T>(noun: string, id: Id): T | undefined {
    return this.#stair.memory.get(noun, id)?.value as T | undefined;
  }
}

/** Whether a member is asked for an answer to what began here: it counts them, and they may see it now. Who was let in again without history could not even answer. */
export const isAsked = (who: Member, born: number): boolean => !who.shut && isCounted(who, born) && born >= (currentStay(who)?.visibleFrom ?? Infinity);
