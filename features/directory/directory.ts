/** The address book: organizations, people, the posts they hold, how to reach them. */
import { feature } from '@noroshi/foundations/sync';
import { directoryFacts } from './facts.ts';
import { addOrganization, amendOrganization } from './add-organization.ts';
import { addPerson, amendPerson, disablePerson, enablePerson, giveRole, setAway, tellRooms } from './add-person.ts';
import { amendPost } from './amend-post.ts';
import { guestOver, setGuestTime } from './guest-time.ts';
import { giveUrgent } from './give-urgent.ts';
import { addPost, handOver, sightFrom } from './hand-over.ts';
import { importPeople } from './import-people.ts';
import { checkImport, exportPeople, openedCard, toldLate } from './questions.ts';

export { directoryFacts };
export { guestOver, longestGuestTime, setGuestTime } from './guest-time.ts';
export { addOrganization, amendOrganization, addPerson, amendPerson, disablePerson, enablePerson, giveRole, setAway, tellRooms, giveUrgent, addPost, amendPost, handOver, importPeople, checkImport, exportPeople, openedCard, sightFrom, toldLate };
export { localGovernmentCode, nameIn, organization, organizationKinds, organizationShape, theOrganization, type Organization } from './organization.ts';
export { awayNow, cardOf, emailAddress, person, personDisabled, personRoles, phoneKinds, phoneNumber, thePerson, type Person, type Phone } from './person.ts';
export { duties, handedOver, post, postAdded, postSeated, thePost, type Post } from './post.ts';
export type { LateNote, LateNotes } from './questions.ts';
export type { CheckedRow, Remark } from './checked-row.ts';
export { mostImported, type Import } from './import-people.ts';
export { mayRule, mayTend } from './may-administer.ts';

export const directory = feature('directory', {
  ...directoryFacts,
  deeds: [addOrganization, amendOrganization, addPerson, amendPerson, disablePerson, enablePerson, giveRole, giveUrgent, setAway, addPost, amendPost, handOver, importPeople, tellRooms, setGuestTime, guestOver],
  questions: [checkImport, exportPeople],
  doors: [openedCard, toldLate],
});
