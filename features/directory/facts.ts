import { facts } from '@noroshi/foundations/sync';
import { organization, organizationAdded, organizationAmended } from './organization.ts';
import { awaySet, guestTimeSet, person, personAdded, personAmended, personDisabled, personEnabled, roleGiven, urgentGiven } from './person.ts';
import { handedOver, post, postAdded, postAmended, postSeated } from './post.ts';

/** What this room makes true: all that a device must know to hold it. Deeds come with the pages that do them. */
export const directoryFacts = facts('directory', {
  events: [organizationAdded, organizationAmended, personAdded, personAmended, personDisabled, personEnabled, roleGiven, urgentGiven, awaySet, postAdded, handedOver, postAmended, postSeated, guestTimeSet],
  nouns: [organization, person, post],
});
