/** The address book: organizations, people, the posts they hold, how to reach them. */
import { feature } from '@noroshi/foundations/sync';
import { addOrganization, amendOrganization } from './add-organization.ts';
import { addPerson, amendPerson, disablePerson, enablePerson, giveRole } from './add-person.ts';
import { addPost, handOver } from './hand-over.ts';
import { organization, organizationAdded, organizationAmended } from './organization.ts';
import { person, personAdded, personAmended, personDisabled, personEnabled, roleGiven } from './person.ts';
import { handedOver, post, postAdded } from './post.ts';

export { addOrganization, amendOrganization, addPerson, amendPerson, disablePerson, enablePerson, giveRole, addPost, handOver };
export { localGovernmentCode, organization, organizationKinds, organizationShape, theOrganization, type Organization } from './organization.ts';
export { cardOf, person, personDisabled, personRoles, phoneKinds, thePerson, type Person, type Phone } from './person.ts';
export { duties, handedOver, post, postAdded, thePost, type Post } from './post.ts';
export { mayRule, mayTend } from './may-administer.ts';

export const directory = feature('directory', {
  events: [organizationAdded, organizationAmended, personAdded, personAmended, personDisabled, personEnabled, roleGiven, postAdded, handedOver],
  nouns: [organization, person, post],
  deeds: [addOrganization, amendOrganization, addPerson, amendPerson, disablePerson, enablePerson, giveRole, addPost, handOver],
});
