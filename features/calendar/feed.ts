import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { door } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

const calendar = z.strictObject({ calendar: idShape });
/** How it stands with the address: none, or since when there is one, and when it was last fetched. It is never told again. */
export const feedShape = z.strictObject({ since: z.optional(momentShape), fetched: z.optional(momentShape) });
export type FeedNow = z.output<typeof feedShape>;

export const feedOf = door('calendar.feed', {
  about: 'Tells whether the asker has an address at which other programs subscribe to a calendar.',
  input: calendar, output: feedShape, signedIn: true,
});
/** 購読アドレスをつくる: a secret address, told this once. An older one of the same person and calendar is no more. */
export const openFeed = door('calendar.openFeed', {
  about: 'Makes an address at which other programs subscribe to a calendar as the asker sees it. It is told once, and takes the place of an earlier one.',
  input: calendar, output: z.strictObject({ address: z.string(), since: momentShape }), signedIn: true,
});
export const closeFeed = door('calendar.closeFeed', {
  about: 'Ends the address at which other programs subscribe to a calendar.',
  input: calendar, output: feedShape, signedIn: true,
});
