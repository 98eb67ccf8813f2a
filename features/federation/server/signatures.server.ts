/** What partners have signed, for whoever takes the record out; read with the first that is. */
import type { Id } from '@noroshi/foundations/kernel';
import { orgOf, recordText, type PartnerCard, type SignaturesOf } from '@noroshi/foundations/parcel';
import type { Doc, StreamKey } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { parcelsStream, partnersStream } from '../book.ts';
import { partner as partnerNoun, type Partner } from '../partner.ts';
import { asked, share as shareNoun, taken, type Share } from '../share.ts';
import { federationOf } from './federation.server.ts';
import { acceptances, parcelsBehind, parcelsOf, type Kept } from './federation.store.ts';
import { readHead } from './letter.server.ts';
import { roomRef } from './seal.server.ts';

const namesOurs = (rest: string | undefined, ours: string): boolean => rest !== undefined && (JSON.parse(rest) as { readonly yours?: unknown }).yours === ours;
const parcelsBeside = (room: StreamKey): StreamKey => parcelsStream(room.slice(2));
const cardOf = ({ id, name, address, key }: Partner): PartnerCard => ({ id, org: orgOf(id), name, address, key });
/** So many parcels are read at once. */
const page = 500;

/** Beside each event that came with a parcel stands what was signed: they were one command. */
export const signatures = (stair: Stair): SignaturesOf => {
  const { memory, pool, house } = stair;
  const shareOf = (id: Id): Share | undefined => memory.get(shareNoun.noun, id)?.value as Share | undefined;
  const partnerOf = (id: Id): Doc<Partner> | undefined => memory.get(partnerNoun.noun, id) as Doc<Partner> | undefined;
  /** Parcels that came, as the events of a kind keep them. */
  const kept = async (kind: { readonly kind: string }, key: StreamKey, share: Id, no: number): Promise<Kept[]> => {
    const stream = memory.streams.get(key);
    return stream ? parcelsBehind(pool, stream.no, house.kinds.get(kind.kind)!.no, share, no, page) : [];
  };
  return {
    isShared: (room) => room.startsWith('r:') && memory.streams.has(parcelsBeside(room)),
    partners(room) {
      const all = new Set(memory.of(parcelsBeside(room), shareNoun.noun).map(({ value }) => (value as Share).partner));
      return [...all].flatMap((id) => partnerOf(id) ?? []).map(({ stream, born, value }) => ({ card: cardOf(value), met: { stream, seq: born } }));
    },
    async named(room, partner) {
      const stream = memory.streams.get(parcelsBeside(room));
      const all = memory.of(parcelsBeside(room), shareNoun.noun).map(({ value }) => value as Share).filter((one) => one.partner === partner);
      const told = stream ? await Promise.all(all.map(({ id }) => acceptances(pool, stream.no, house.kinds.get(taken.kind)!.no, id))) : [];
      // What a partner that was taken over says of a room of ours, and is not so, must not look as if we had put it elsewhere. (FD92)
      return told.flatMap((one, i) => one.find(({ head, rest }) => namesOurs(rest, roomRef(readHead(Buffer.from(head, 'base64url'))!.to, all[i]!.id, all[i]!.room))) ?? []).map(({ head, sig, salt, rest }) => ({ head, sig, salt, rest }));
    },
    async here(record) {
      const open = await federationOf(stair)?.open();
      const card = open?.card();
      return card && { ...card, sig: open!.seal.sign('record', Buffer.from(recordText(card, record))).toString('base64url') };
    },
    async of(room, events) {
      const stream = memory.streams.get(parcelsBeside(room));
      const all = stream ? await parcelsOf(pool, stream.no, house.kinds.get(taken.kind)!.no, events) : [];
      return new Map(all.flatMap(({ id, share, no, head, sig, salt, rest }) => {
        const of = shareOf(share)?.partner;
        const one = of === undefined ? undefined : partnerOf(of)?.value;
        return one ? [[id, { share, no, partner: cardOf(one), parcel: { head, sig, ...(salt === undefined ? {} : { salt }), ...(rest === undefined ? {} : { rest }) } }]] : [];
      }));
    },
    async* upTo(share, last) {
      const one = shareOf(share);
      if (!one) return;
      const org = orgOf(one.partner);
      let read = 0;
      // What was asked for first stands where it was asked, beside no room yet.
      for (const [kind, key] of [[asked, partnersStream], [taken, parcelsStream(one.room)]] as const) {
        for (let all = await kept(kind, key, share, read); all.length > 0 && read < last; all = await kept(kind, key, share, read)) {
          for (const { no, head, sig } of all) {
            if (no <= last) yield { share, no, org, head, sig };
            read = no;
          }
        }
      }
    },
  };
};
