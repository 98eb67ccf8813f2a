import { breaks } from '../sabotage/breaks.ts';

// Where a house tries a partner again after minutes it does so after seconds: a round lasts no hour.
breaks('features/federation/server/courier.server.ts', [['export const tries = [5_000, 30_000, 2 * 60_000, 10 * 60_000];', 'export const tries = [250, 500, 1_000, 2_000];']]);
// Who was killed while it asked for a file is waited for as long as any other process.
breaks('features/federation/server/fetch.server.ts', [['const turn = 60_000;', 'const turn = 12_000;']]);
