import { derivedId, idToBytes, newId, type Id, type Moment } from '@noroshi/foundations/kernel';

/** Ids in the demo are made of the day on which its story begins, so that they are the same in every demo. */
const storyDay: Moment = Date.UTC(2018, 6, 6, 20);
const seed: Id = '6e6f726f-7368-8000-8000-64656d6f0001';

/** An id of the demo by its label, of the form of those that devices make. */
export function thing(label: string): Id {
  return newId(storyDay, idToBytes(derivedId(seed, label)).slice(6));
}

/** Who carries the story. */
export const demoCast = { hanako: 'ehime/hanako', taro: 'seiyo/deputyHead', aoi: 'saijo/disaster', ken: 'iyo/personnel', mika: 'hiroshima/mika' } as const;

/** Who plays a part in the demo. */
export const demoPart = (part: keyof typeof demoCast): Id => thing(`person/${demoCast[part]}`);

/** The room that is opened last, for the guest: whoever finds it finds a demo that is whole. */
export const lastRoom = thing('room/hiroshima');
