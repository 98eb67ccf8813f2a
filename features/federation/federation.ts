/** 県どうしのトーク: two deployments share a room. See docs/federation.md. */
import { feature } from '@noroshi/foundations/sync';
import { federationFacts } from './facts.ts';
import { confirm, meet, revoke } from './meet.ts';
import { accept, decline, endShare, offer } from './offer.ts';
import { heldPartners, partners } from './questions.ts';
import { arrive, delay, forget, hold, live, pack, reach, resume } from './send.ts';
import { take, takeAsk } from './take.ts';

export { accept, arrive, confirm, decline, delay, endShare, federationFacts, forget, heldPartners, hold, meet, offer, pack, partners, resume, revoke, take, takeAsk };
export { readCard, writeCard, type Card } from './card.ts';
export { judge } from './parcel.ts';
export { sharing, theSharing, type Sharing } from './share.ts';

export const federation = feature('federation', {
  ...federationFacts,
  deeds: [meet, confirm, revoke, offer, accept, decline, endShare, takeAsk, take, pack, resume, reach, forget, hold, live, delay, arrive],
  questions: [partners, heldPartners],
});
