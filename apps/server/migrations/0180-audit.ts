import type { Migration } from './migration.ts';

/** The audit looks for a few kinds among all events of the house: those that say nothing to people are found without reading what they say. */
export const audit: Migration = {
  name: '0180-audit',
  sql: 'create index event_by_kind on event (workspace, kind, at) where message is null;',
};
