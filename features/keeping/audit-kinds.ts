import type { StreamKey } from '@noroshi/foundations/sync';
import type { Group, What } from './audit.ts';

/** Which kinds of events stand in the audit, by what an auditor looks for. What is said among people is none of it. */
export const kindsOf: Readonly<Record<Exclude<Group, 'all' | 'signIn' | 'view'>, readonly string[]>> = {
  export: ['record.exported'],
  people: ['directory.organizationAdded', 'directory.organizationAmended', 'directory.personAdded', 'directory.personAmended', 'directory.personDisabled', 'directory.personEnabled', 'directory.roleGiven', 'directory.urgentGiven', 'directory.awaySet', 'directory.postAdded', 'directory.handedOver', 'directory.postAmended', 'directory.guestTimeSet', 'contacts.put', 'contacts.amended', 'contacts.removed', 'contacts.confirmed', 'contacts.regionsSet'],
  rules: ['incident.planRevised', 'congestion.declared', 'chase.ladderSet', 'board.set', 'talk.roomOpened', 'talk.roomRenamed', 'talk.roomClosed', 'federation.met', 'federation.confirmed', 'federation.revoked', 'federation.held', 'federation.doubted'],
  keeping: ['keeping.proposed', 'keeping.approved', 'keeping.declined', 'keeping.held', 'keeping.releaseAsked', 'keeping.released', 'keeping.termSet', 'keeping.leastSet', 'keeping.disposalAsked', 'keeping.disposalAgreed', 'keeping.disposalDeclined', 'keeping.disposed', 'past.begun', 'past.stopped', 'past.takenBack'],
};
/** Streams in which nobody is and of which the audit tells: the partners of this house. */
export const told: readonly StreamKey[] = ['f'];
/** And what of the notes. */
export const notesOf: Readonly<Partial<Record<Group, readonly What[]>>> = {
  signIn: ['signedIn', 'signedInByLink', 'signedInByNumber', 'signInWrong', 'signInSlowed', 'signInDisabled', 'signedOut', 'deviceEnded', 'devicesEnded', 'passwordChanged'],
  view: ['cardOpened', 'auditRead'],
  export: ['peopleExported', 'documentFetched', 'auditExported', 'tableMade'],
  people: ['invited', 'reissued', 'invitationWithdrawn', 'personDevicesEnded'],
};
