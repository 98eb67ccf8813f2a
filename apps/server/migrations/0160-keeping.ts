import type { Migration } from './migration.ts';

/** Words may be taken out of the record: which fields of an event were is kept, since its commitments stand in the order of all its fields. */
export const keeping: Migration = {
  name: '0160-keeping',
  sql: 'alter table event_body add column emptied text[];',
};
