import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptInvitation, beginHouse, invite } from '@noroshi/features/account';
import { addPerson } from '@noroshi/features/directory';
import { openRoom } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { build, come, fresh, password, post, type Does } from '../base-house.ts';

export const sides = ['ehime', 'hiroshima'] as const;
export type Side = (typeof sides)[number];

/** Someone of one of two houses, and what they are signed in with. */
export interface Neighbour { readonly name: string; readonly person: Id; readonly cookie: string }

/** One of two houses as a round finds it: they have not met. */
export interface SideBase {
  readonly org: string;
  /** Two administrators, then two who are none. */
  readonly people: readonly [Neighbour, Neighbour, Neighbour, Neighbour];
  /** The room that is to be on both. */
  readonly room: Id;
  /** One that never is: not a word of it may be found in the other house. */
  readonly own: Id;
}

const houses = {
  ehime: {
    organization: { code: '380008', name: '愛媛県', kana: 'えひめけん', romaji: 'Ehime', short: '県' }, room: '広島との応援調整',
    people: [['渡部 花子', 'わたなべ はなこ'], ['宮崎 誠', 'みやざき まこと'], ['兵頭 太郎', 'ひょうどう たろう'], ['三好 理恵', 'みよし りえ']],
  },
  hiroshima: {
    organization: { code: '340006', name: '広島県', kana: 'ひろしまけん', romaji: 'Hiroshima', short: '県' }, room: '愛媛支援室',
    people: [['佐々木 美香', 'ささき みか'], ['藤井 聡', 'ふじい さとし'], ['河野 翔', 'こうの しょう'], ['石田 葵', 'いしだ あおい']],
  },
} as const;

/**
 * Makes two houses as people do it, each by its own server on a database of its own.
 * @param folder comes to hold `data/ehime` and `data/hiroshima` (a NOROSHI_DATA each) and `people.json`; houses that are there are left as they are
 */
export async function pairBase(folder: string): Promise<Readonly<Record<Side, SideBase>>> {
  const list = join(folder, 'people.json');
  if (!existsSync(list)) {
    mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o711 });
    const built = await Promise.all(sides.map((side) => build(join(folder, 'data', side), join(folder, `${side}.log`), (address, token) => settle(side, address, token))));
    writeFileSync(list, JSON.stringify(Object.fromEntries(sides.map((side, i) => [side, built[i]]))));
  }
  return JSON.parse(readFileSync(list, 'utf8')) as Record<Side, SideBase>;
}

async function settle(side: Side, address: string, token: string): Promise<SideBase> {
  const { organization, room: name, people: [[first, kana], second, third, fourth] } = houses[side];
  const { me, cookie } = await come(address, beginHouse.door, { token, name: first, kana, login: 'first', password, organization });
  const does: Does = async (deed, input) => void (await post(address, deed.deed, { id: fresh(), input }, cookie));
  const comes = async ([theirs, asRead]: readonly [string, string], role: 'administrator' | 'member', rank: number): Promise<Neighbour> => {
    const person = fresh();
    await does(addPerson, { id: person, org: me.org, role, name: theirs, kana: asRead, phones: [], post: { id: fresh(), title: '防災局 係長', duty: 'disaster', rank } });
    const { body } = await post(address, invite.door, { person }, cookie);
    return { name: theirs, person, cookie: (await come(address, acceptInvitation.door, { token: (body as { url: string }).url.split('#')[1]! })).cookie };
  };
  const people = [{ name: first, person: me.person, cookie }, await comes(second, 'administrator', 40), await comes(third, 'member', 41), await comes(fourth, 'member', 42)] as const;
  const [room, own] = [fresh(), fresh()];
  for (const [id, called] of [[room, name], [own, '庁内だけ']] as const) await does(openRoom, { id, kind: 'purpose', name: called, short: '応', orgs: [], people: people.slice(1).map(({ person }) => person) });
  return { org: organization.name, people, room, own };
}
