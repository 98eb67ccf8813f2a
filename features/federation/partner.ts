import { idShape, type Id, type Moment } from '@noroshi/foundations/kernel';
import { eventKind, noun, ref, type Many, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { partnersStream } from './book.ts';
import { cardShape, type Card } from './card.ts';

/** With whom one spoke on the telephone. */
export const spokeShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** 名刺を読み込んだ: a card lies here. Nothing is accepted or sent yet. */
export const met = eventKind('federation.met', 401, z.object(cardShape.def.shape));
/** 電話で確かめた: both houses have read the same numbers to each other. */
export const confirmed = eventKind('federation.confirmed', 402, z.object({ partner: idShape, spokeTo: spokeShape }));
/** 取り消した: nothing of theirs is applied from here on, and nothing is sent. */
export const revoked = eventKind('federation.revoked', 403, z.object({ partner: idShape }));
/** 止めている: they have said two things under one number. */
export const held = eventKind('federation.held', 404, z.object({ partner: idShape, share: idShape, no: z.int() }));
/** A backup was brought back here: whoever counted in it may have been revoked since, and is held until that is known. */
export const doubted = eventKind('federation.doubted', 391, z.object({ partner: idShape }));

/** 相手の狼煙. */
export interface Partner extends Card {
  readonly id: Id;
  readonly at: Moment;
  readonly by: Id;
  readonly confirmed?: { readonly by: Id; readonly at: Moment; readonly spokeTo: string };
  readonly revoked?: { readonly by: Id; readonly at: Moment };
  /** `forked`: they have said two things under one number. `restored`: see `doubted`. */
  readonly held?: { readonly at: Moment; readonly why: 'forked' | 'restored' };
}

export const partner = noun<Partner>('partner')
  .begins(met, (e) => e.id, ({ id, at, by, body }) => ({ ...body, id, at, by }))
  .on(confirmed, (e) => e.body.partner, (now, { at, by, body }) => {
    if (!now) return undefined;
    const { held: _over, ...rest } = now;
    return { ...rest, confirmed: { by, at, spokeTo: body.spokeTo } };
  })
  .on(revoked, (e) => e.body.partner, (now, { at, by }) => now && { ...now, revoked: { by, at } })
  .on(held, (e) => e.body.partner, (now, { at }) => now && { ...now, held: { at, why: 'forked' } })
  .on(doubted, (e) => e.body.partner, (now, { at }) => now && { ...now, held: { at, why: 'restored' } });

export const thePartner = (id: Id): Ref<Partner> => ref(partner, id);
export const allPartners = { many: partner.noun, stream: partnersStream } as Many<Partner>;

/** Whether what this partner signs counts: it was read out on the telephone, and was not revoked. */
export const counts = (one: Partner | undefined): one is Partner => one?.confirmed !== undefined && one.revoked === undefined;
/** Whether anything goes to them or comes from them now. */
export const isOpen = (one: Partner | undefined): one is Partner => counts(one) && one.held === undefined;

export const partnerFacts = { events: [met, confirmed, revoked, held, doubted], nouns: [partner] };
