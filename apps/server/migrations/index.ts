import type { Migration } from './migration.ts';

/** A step that is read when it is taken: a start on today's tables takes none, and has no use for their statements. */
const later = (name: string, load: () => Promise<Migration>): Migration => ({
  name,
  async up(client) {
    const step = await load();
    if (step.name !== name) throw new Error(`${name} says that it is ${step.name}`);
    return 'sql' in step ? client.query(step.sql) : step.up(client);
  },
});

/** Every step from an empty database to today's tables, in order. A step that was released never changes. */
export const migrations: readonly Migration[] = [
  later('0010-stair', async () => (await import('./0010-stair.ts')).stair),
  later('0020-account', async () => (await import('./0020-account.ts')).account),
  later('0040-search', async () => (await import('./0040-search.ts')).search),
  later('0050-about', async () => (await import('./0050-about.ts')).about),
  later('0070-tidy', async () => (await import('./0070-tidy.ts')).tidy),
  later('0080-waking', async () => (await import('./0080-waking.ts')).waking),
  later('0090-chase', async () => (await import('./0090-chase.ts')).chase),
  later('0100-taken-back', async () => (await import('./0100-taken-back.ts')).takenBack),
  later('0110-asking', async () => (await import('./0110-asking.ts')).asking),
  later('0120-chase-about', async () => (await import('./0120-chase-about.ts')).chaseAbout),
  later('0130-who-is-shut', async () => (await import('./0130-who-is-shut.ts')).whoIsShut),
  later('0140-record', async () => (await import('./0140-record.ts')).record),
  later('0160-keeping', async () => (await import('./0160-keeping.ts')).keeping),
  later('0170-found', async () => (await import('./0170-found.ts')).found),
  later('0180-audit', async () => (await import('./0180-audit.ts')).audit),
  later('0700-calendar-feed', async () => (await import('./0700-calendar-feed.ts')).calendarFeed),
  later('0720-survey-box', async () => (await import('./0720-survey-box.ts')).surveyBox),
  later('0740-comment-taken-back', async () => (await import('./0740-comment-taken-back.ts')).commentTakenBack),
  later('0760-past-key', async () => (await import('./0760-past-key.ts')).pastKey),
  later('0780-no-fingerprints', async () => (await import('./0780-no-fingerprints.ts')).noFingerprints),
  later('0782-federation-files', async () => (await import('./0782-federation-files.ts')).federationFiles),
];
