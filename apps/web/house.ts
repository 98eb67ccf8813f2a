import { congestionFacts } from '@noroshi/features/congestion';
import { directoryFacts } from '@noroshi/features/directory';
import { incidentFacts } from '@noroshi/features/incident';
import { requestFacts } from '@noroshi/features/request';
import { talkFacts } from '@noroshi/features/talk';
import { filesFacts } from '@noroshi/foundations/files';
import { assembleForDevice, feature, type LateRoom } from '@noroshi/foundations/sync';

/** What no first screen needs to know comes behind it: the facts of a room by themselves. Its deeds stand in files with its screens, which would come with them. */
export const late: readonly LateRoom[] = [
  { name: 'damage', kinds: [210, 219], edition: '152oktk', load: async () => (await import('@noroshi/features/damage')).damageFacts },
  { name: 'board', kinds: [220, 239], edition: '1u701jg', load: async () => (await import('@noroshi/features/board/facts')).boardFacts },
  { name: 'chronology', kinds: [240, 259], edition: '1y18w0b', load: async () => (await import('@noroshi/features/chronology/facts')).chronologyFacts },
  { name: 'drill', kinds: [260, 279], edition: '1o3esyy', load: async () => (await import('@noroshi/features/drill/facts')).drillFacts },
  { name: 'record', kinds: [280, 299], edition: '1shyiq2', load: async () => (await import('@noroshi/features/record/facts')).recordFacts },
  { name: 'chase', kinds: [180, 199], edition: 'ct698r', load: async () => (await import('@noroshi/features/chase/facts')).chaseFacts },
  { name: 'calendar', kinds: [320, 339], edition: 'mnik7z', load: async () => (await import('@noroshi/features/calendar/facts')).calendarFacts },
  { name: 'past', kinds: [440, 449], edition: '4kr2vn', load: async () => (await import('@noroshi/features/past')).pastFacts },
  { name: 'rota', kinds: [380, 389], edition: '6z2yg4', load: async () => (await import('@noroshi/features/rota/facts')).rotaFacts },
  { name: 'contacts', kinds: [360, 379], edition: '1reheyf', load: async () => (await import('@noroshi/features/contacts/facts')).contactsFacts },
  { name: 'survey', kinds: [340, 359], edition: 'bylaax', load: async () => (await import('@noroshi/features/survey/facts')).surveyFacts },
  { name: 'federation', kinds: [390, 419], edition: '1fh4ves', load: async () => (await import('@noroshi/features/federation/facts')).federationFacts },
  { name: 'call', kinds: [420, 439], edition: '10ewlcm', load: async () => (await import('@noroshi/features/call/facts')).callFacts },
  { name: 'keeping', kinds: [300, 319], edition: '1j4uiyl', load: async () => (await import('../keeping.ts')).keeping, last: 1 },
];

/**
 * The house as a device holds it: what can become true. Deeds come with the pages that do them, so that the first
 * screen does not wait for all of them. A test compares it with the whole house.
 */
export const house = assembleForDevice([filesFacts, directoryFacts, talkFacts, incidentFacts, requestFacts, congestionFacts].map((room) => feature(room.name, room)), late);
