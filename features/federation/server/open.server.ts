/** All that speaks with partners; read when there is one, or when someone asks. */
import { organization, type Organization } from '@noroshi/features/directory';
import type { FileServer } from '@noroshi/foundations/files/server';
import { isPublicAddress, Poster } from '@noroshi/foundations/notify/server';
import { workspaceStream } from '@noroshi/foundations/sync';
import { BlockList, isIPv4 } from 'node:net';
import { cardName, type Card } from '../card.ts';
import { Courier, type Carry } from './courier.server.ts';
import { Fetcher } from './fetch.server.ts';
import { HandOut } from './hand-out.server.ts';
import type { FederationNeeds } from './needs.server.ts';
import { Reception } from './reception.server.ts';
import { Seal } from './seal.server.ts';

/** Where partners are heard. */
export const door = '/federation/parcels';
/** What is turned away is told to the log this often at most (milliseconds). */
const tellEvery = 60_000;

export interface Open { readonly seal: Seal; readonly courier: Courier; readonly fetcher: Fetcher; readonly reception: Reception; readonly carry: Carry; card(): Card | undefined; close(): void }

/** `files`: where they lie, once that is open; none where this house takes none. */
export type OpenNeeds = FederationNeeds & { readonly files?: () => FileServer | undefined };

/** Opens it: the key is made with the first. */
export async function openPost({ stair, key, address, inside, carry, report, refusals, files = () => undefined }: OpenNeeds): Promise<Open> {
  const seal = await Seal.open(key);
  const post = carry ? undefined : posterTo(inside ?? []);
  const carries = carry ?? post!.carry;
  const courier = new Courier({ stair, seal, carry: carries, report });
  const fetcher = new Fetcher({ stair, seal, carry: carries, files, report });
  const handOut = new HandOut({ stair, seal, files });
  let told = -Infinity;
  let untold = 0;
  const reception = new Reception({
    stair, seal, heard: (partner, receipt) => courier.heard(partner, receipt), handOut: (partner, fetch, of) => handOut.give(partner, fetch, of),
    refusedOne(why) {
      untold += 1;
      if (stair.now() - told < tellEvery) return;
      refusals(why, untold);
      told = stair.now();
      untold = 0;
    },
  });
  return {
    seal, courier, fetcher, reception, carry: carries,
    card() {
      const house = stair.memory.of(workspaceStream, organization.noun).map(({ value }) => value as Organization).find(({ kind }) => kind === 'prefecture');
      return address && house ? { name: cardName(house.name), address, key: seal.key } : undefined;
    },
    close() {
      courier.halt();
      fetcher.halt();
      post?.close();
    },
  };
}

/** Carries letters over the network: to public addresses, and to those inside that the configuration names; there also without TLS. Nothing it points to is followed. */
function posterTo(inside: readonly string[]): { carry: Carry; close(): void } {
  const named = new BlockList();
  for (const one of inside) {
    const [network = '', bits] = one.split('/');
    const family = isIPv4(network) ? 'ipv4' : 'ipv6';
    named.addSubnet(network, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  const isInside = (address: string): boolean => named.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  const secure = new Poster({ mayReach: (address) => isPublicAddress(address) || isInside(address) });
  const plain = new Poster({ mayReach: isInside });
  return {
    async carry(address, letter) {
      const url = new URL(door, address);
      return (url.protocol === 'https:' ? secure : plain).post(url, { 'content-type': 'application/octet-stream' }, letter);
    },
    close() {
      secure.close();
      plain.close();
    },
  };
}
