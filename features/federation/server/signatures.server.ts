/** What partners have signed, for whoever takes the record out; read with the first that is. */
import { orgOf, type SignaturesOf } from '@noroshi/foundations/parcel';
import type { StreamKey } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { parcelsStream } from '../book.ts';
import { partner as partnerNoun, type Partner } from '../partner.ts';
import { share as shareNoun, taken, type Share } from '../share.ts';
import { parcelsOf } from './federation.store.ts';

const parcelsBeside = (room: StreamKey): StreamKey => parcelsStream(room.slice(2));

/** Beside each event that came with a parcel stands what was signed: they were one command. */
export const signatures = ({ memory, pool, house }: Stair): SignaturesOf => ({
  isShared: (room) => room.startsWith('r:') && memory.streams.has(parcelsBeside(room)),
  async of(room, events) {
    const stream = memory.streams.get(parcelsBeside(room));
    const kept = stream ? await parcelsOf(pool, stream.no, house.kinds.get(taken.kind)!.no, events) : [];
    return new Map(kept.flatMap(({ id, share, head, sig, salt, rest }) => {
      const of = (memory.get(shareNoun.noun, share)?.value as Share | undefined)?.partner;
      const one = of === undefined ? undefined : memory.get(partnerNoun.noun, of)?.value as Partner | undefined;
      return one ? [[id, { partner: { id: one.id, org: orgOf(one.id), name: one.name, address: one.address, key: one.key }, parcel: { head, sig, ...(salt === undefined ? {} : { salt }), ...(rest === undefined ? {} : { rest }) } }]] : [];
    }));
  },
});
