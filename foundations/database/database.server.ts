/** The database: a server of our own when none is named, a pool, and the steps that bring the tables up to date. */
export { isDatabaseAway, saysAway } from './away.server.ts';
export { CannotStart } from './cannot-start.server.ts';
export { connect, type Connection } from './connect.server.ts';
export { eraseEmbedded, holdsEmbedded, openEmbedded, reachEmbedded, type Embedded, type EmbeddedOptions } from './embedded.server.ts';
export { migrate, type Migration, type MigrationClient } from './migrate.server.ts';
export { together } from './together.server.ts';
