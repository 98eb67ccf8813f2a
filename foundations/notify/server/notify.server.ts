/** The drivers, and who sends each notice at most once. */
export { Notifier, type NotifierNeeds, type Whereabouts } from './notifier.server.ts';
export { isPushEndpoint, pushDriver, type PushNeeds } from './push.server.ts';
export { areSubscriptionKeys, pushKeys, type PushKeys } from './push-keys.server.ts';
export { OutOfReach, Poster, type Posted, type PosterNeeds } from './post.server.ts';
export { isPlain } from './is-plain.server.ts';
export { isPublicAddress } from './public-address.server.ts';
export { dictionaries, wordsIn } from './dictionaries.server.ts';
export type { Driver, Letter, Place, Sent } from '../letter.ts';
